"""Sorting and filtering lists of groups: nothing is lost, nothing jumps without need, and it takes no time."""

import os
import time
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.review.made_groups import CAMERAS, DAY_S, FOLDERS, made_groups
from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort
from twinlens.domain.group import Suggestion
from twinlens.domain.relation import PhotoClass
from twinlens.review.arrangement import arrange, natural_key, sort_keys
from twinlens.review.suggestions import undecided

NO_MARKS = np.zeros(0, np.int64)

sizes = st.lists(st.integers(2, 5), max_size=25)
lists = st.builds(
    made_groups, sizes, st.integers(0, 99), st.sampled_from([PhotoClass.SAME_SHOT, PhotoClass.EDITED, PhotoClass.BURST])
)
days = st.none() | st.dates(date(1969, 12, 30), date(1970, 1, 8))
filters = st.builds(
    GroupFilter,
    st.none() | st.sampled_from([*FOLDERS, "/photos", "/photos/1", "/elsewhere"]),
    st.none() | st.sampled_from([*CAMERAS, "Leica"]),
    days,
    days,
    st.sampled_from(["", "img", "ÉTÉ", "lake 1", "nowhere"]),
    st.booleans(),
)
arrangements = st.builds(Arrangement, st.sampled_from(Sort), st.booleans(), filters)


def numbers_in(whole, shown) -> list[int]:
    """Where each group that is shown is in the whole list."""
    return [whole.group_of(int(shown.photo_ids(at)[0])) for at in range(len(shown))]


@settings(deadline=None)
@given(lists, st.sampled_from(Sort), st.booleans())
def test_sorting_is_a_stable_permutation(groups, sort, descending):
    shown = arrange(groups, Arrangement(sort, descending), NO_MARKS)
    numbers = numbers_in(groups, shown)
    assert sorted(numbers) == list(range(len(groups)))
    keys = sort_keys(groups, sort)
    known = [number for number in numbers if not np.isnan(keys[number])]
    assert numbers[: len(known)] == known, "what has no time comes last in either direction"
    wanted = sorted(known, key=lambda number: (-keys[number] if descending else keys[number], number))
    assert known == wanted
    assert numbers[len(known) :] == sorted(numbers[len(known) :])


@settings(deadline=None)
@given(lists, arrangements, st.integers(0, 9))
def test_a_filter_shows_exactly_the_groups_that_meet_it(groups, arrangement, seed):
    ids = groups.data.photos.photo_id
    marked = np.random.default_rng(seed).permutation(ids)[: len(ids) // 2]
    shown = arrange(groups, arrangement, marked)
    wanted = [at for at in range(len(groups)) if meets(groups, at, arrangement.wanted, set(marked.tolist()))]
    assert sorted(numbers_in(groups, shown)) == wanted


def meets(groups, at, wanted, marked) -> bool:
    """The same question, asked of one group and photo after the other."""
    data, group = groups.data, groups[at]
    if wanted.undecided_only:
        asked = [member.photo_id for member in group.members if member.suggestion is not Suggestion.NONE]
        ids = {member.photo_id for member in group.members}
        if marked.issuperset(asked) if len(asked) > 1 else marked & ids:
            return False
    return any(photo_meets(data, int(row), wanted) for row in groups.rows_of(at))


def photo_meets(data, row, wanted) -> bool:
    path, taken = data.photos.paths[row], data.photos.taken_s[row]
    day = None if np.isnan(taken) else date.fromordinal(date(1970, 1, 1).toordinal() + int(taken // DAY_S))
    camera = data.photos.camera_key[row]
    return (
        (wanted.folder is None or path.startswith(wanted.folder + "/"))
        and (wanted.camera is None or (camera >= 0 and CAMERAS[camera] == wanted.camera))
        and (wanted.first_day is None or (day is not None and day >= wanted.first_day))
        and (wanted.last_day is None or (day is not None and day <= wanted.last_day))
        and all(word in path.casefold() for word in wanted.text.casefold().split())
    )


@settings(deadline=None, max_examples=40)
@given(lists, arrangements)
def test_a_shown_group_is_the_same_group_and_is_found_by_its_photos(groups, arrangement):
    shown = arrange(groups, arrangement, NO_MARKS)
    assert shown.photo_count == sum(len(group.members) for group in shown)
    assert shown.total_reclaimable_bytes == sum(group.reclaimable_bytes for group in shown)
    for at, number in enumerate(numbers_in(groups, shown)):
        assert shown[at] == groups[number]
        assert {shown.group_of(member.photo_id) for member in shown[at].members} == {at}
    hidden = set(groups.data.photos.photo_id.tolist()) - {m.photo_id for group in shown for m in group.members}
    assert all(shown.group_of(photo_id) is None for photo_id in hidden)


def test_a_shown_list_can_be_arranged_again():
    groups = made_groups([2, 3, 4, 2])
    shown = arrange(groups, Arrangement(Sort.PHOTOS), NO_MARKS)
    again = arrange(shown, Arrangement(Sort.PHOTOS, descending=False), NO_MARKS)
    assert [len(group.members) for group in again] == [2, 2, 3, 4]
    assert again[3] == shown[0] == groups[2]


def test_groups_are_decided_once_every_suggestion_is_answered():
    groups = made_groups([3, 2], known_times=1)
    everything = np.concatenate([groups.photo_ids(at) for at in range(2)])
    assert undecided(groups, NO_MARKS).tolist() == [True, True]
    assert undecided(groups, everything).tolist() == [False, False]
    assert undecided(groups, groups.photo_ids(1)[:1]).tolist()[0]
    strangers = np.array([1, 2, 10**9])
    assert undecided(groups, np.concatenate([strangers, groups.photo_ids(0)])).tolist() == [False, True]


def test_a_sort_begins_in_the_direction_that_one_mostly_wants():
    arrangement = Arrangement(wanted=GroupFilter(text="lake"))
    assert arrangement.sorted_by(Sort.BYTES).descending
    assert arrangement.sorted_by(Sort.SIMILARITY) == replace(arrangement, sort=Sort.SIMILARITY, descending=False)


def test_folders_sort_as_people_count():
    assert sorted(["/p/10", "/p/9", "/P/1", "/p"], key=natural_key) == ["/p", "/P/1", "/p/9", "/p/10"]


@pytest.mark.parametrize("sort", list(Sort))
def test_arranging_100_000_photos_takes_a_few_times_as_long_as_sorting_their_numbers(sort):
    groups = made_groups(np.random.default_rng(1).integers(2, 6, 28_000).tolist())
    numbers = np.random.default_rng(2).random(groups.photo_count)
    marked = groups.data.photos.photo_id[::2]
    wanted = Arrangement(sort, wanted=GroupFilter(camera=CAMERAS[0], undecided_only=True))
    paths = groups.data.photos.paths
    bare, cut, ours = (
        min(processor_s(work) for _ in range(3))
        for work in (
            lambda: np.argsort(numbers),
            lambda: [os.path.dirname(path) for path in paths],
            lambda: arrange(groups, wanted, marked),
        )
    )
    assert ours < 8 * bare + (3 * cut if sort is Sort.FOLDER else 0.0)  # made photos have their paths as plain strings


def processor_s(work) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began

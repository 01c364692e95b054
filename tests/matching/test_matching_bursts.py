"""Bursts: which frames are tied, what parts them, and what a series is."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.matching.test_matching_clustering import grouped, library, relations
from twinlens.domain.group import GroupQuery, SeriesKind
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.bursts import REACH_FRAMES, Frames, burst_relations
from twinlens.matching.changes import change_of
from twinlens.matching.pauses import parting_pauses
from twinlens.matching.rolls import number_in, place_of
from twinlens.matching.series import KINDS, kinds_of
from twinlens.matching.steps import Step

SURE = 0.75
LYING_OVER = {"strayed": 0.001, "likeness": 0.99, "refocused": 0.01, "error_levels": 1.0}


def frames(places: Sequence[float], vectors: np.ndarray, *, roll: int = 0, dated: bool = True) -> Frames:
    n = len(places)
    unknown = np.full(n, np.nan)
    return Frames(
        np.arange(1, n + 1), np.full(n, roll, np.int32), np.array(places, np.float64), np.full(n, dated),
        vectors.astype(np.float32), unknown, unknown,
    )  # fmt: skip


def alike(n: int) -> np.ndarray:
    return np.tile([[1.0, 0.0]], (n, 1))


def turning(n: int, cosine: float) -> np.ndarray:
    """Vectors that turn by the same angle from frame to frame."""
    angle = np.arccos(cosine) * np.arange(n)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def unseen(_first: int, _second: int, _by_features: bool) -> Step | None:
    return None


def matching(count: int, brighter: float = 0.0):
    """A look at pictures that lie over each other, with so many features that agree."""
    return lambda *_pair: Step(0.001, brighter, 0.99, 0.01, 1.0, count, 0.9)


def sure(found: Sequence[Relation]) -> set[tuple[int, int]]:
    return {(int(one.first), int(one.second)) for one in found if one.score >= SURE}


def test_frames_of_one_scene_seconds_apart_are_tied_and_those_of_another_scene_are_not():
    vectors = np.eye(3)[[0, 0, 1]]
    found = burst_relations(frames([0.0, 1.0, 2.0], vectors), unseen)
    assert [(one.first, one.second, one.gap_s) for one in found] == [(1, 2, 1.0)]
    assert burst_relations(frames([0.0, 100.0], alike(2)), unseen) == []
    assert burst_relations(frames([0.0, 1.0], alike(2), roll=-1), unseen) == []


def test_who_walks_round_a_thing_stays_with_it():
    """The first and the last frame show nothing in common, but no step between them is weak."""
    found = burst_relations(frames([3.0 * k for k in range(8)], turning(8, 0.8)), unseen)
    assert (1, 8) in sure(found)
    weak = turning(8, 0.8)
    weak[4:] = -weak[4:]  # turned round in the middle
    assert (4, 5) not in sure(burst_relations(frames([3.0 * k for k in range(8)], weak), unseen))


def test_no_frame_is_tied_beyond_the_reach_however_long_the_series():
    found = burst_relations(frames([float(k) for k in range(200)], alike(200)), unseen)
    assert max(one.second - one.first for one in found) == REACH_FRAMES


def test_a_pause_far_longer_than_those_around_it_ends_a_burst():
    times = [0.0, 0.2, 0.4, 0.6, 6.0, 6.2, 6.4]
    tied = sure(burst_relations(frames(times, alike(7)), unseen))
    assert (1, 4) in tied
    assert (5, 7) in tied
    assert not any(first <= 4 < second for first, second in tied)
    slow = [0.0, 5.0, 9.0, 17.0, 21.0]
    assert (1, 5) in sure(burst_relations(frames(slow, alike(5)), unseen))


def test_copies_of_an_exposure_make_no_pause():
    times = np.array([0.0, 0.0, 0.0, 5.0, 5.0, 10.0])
    assert not parting_pauses(np.zeros(6, np.int32), times, np.ones(6, np.bool_)).any()


def test_copies_of_one_moment_are_no_burst_and_part_none():
    found = burst_relations(frames([0.25, 0.25, 0.25, 1.25], alike(4)), unseen)
    assert sure(found) == {(1, 4), (2, 4), (3, 4)}
    whole_seconds = burst_relations(frames([1.0, 1.0, 1.0], alike(3)), unseen)  # a camera that tells no more
    assert sure(whole_seconds) == {(1, 2), (1, 3), (2, 3)}


def test_without_times_numbers_in_names_count_only_where_the_pictures_prove_the_scene():
    numbered = frames([1, 2, 3, 9], alike(4), dated=False)
    assert burst_relations(numbered, unseen) == []
    assert sure(burst_relations(numbered, matching(40))) == {(1, 2), (1, 3), (2, 3)}
    assert burst_relations(numbered, matching(9)) == []
    assert all(one.gap_s is None for one in burst_relations(numbered, matching(40)))


@pytest.mark.parametrize(
    ("exposure_ev", "bias_ev", "brighter", "expected"),
    [
        (-2.0, 2.0, 50.0, Transform.EXPOSED),
        (-1.0, np.nan, 30.0, Transform.EXPOSED),
        (-1.0, 0.0, 1.0, Transform.NONE),  # the light went, the camera followed
        (-1.0, 0.0, -30.0, Transform.NONE),  # brighter by the camera, darker in the picture: something else came
        (0.0, 0.0, 30.0, Transform.NONE),  # a cloud went
        (np.nan, np.nan, 30.0, Transform.EXPOSED),  # no metadata: the view stands still and only its tone changes
        (np.nan, np.nan, 3.0, Transform.NONE),
    ],
)
def test_an_exposure_is_another_one_where_metadata_and_picture_agree(exposure_ev, bias_ev, brighter, expected):
    seen = [Step(brighter_levels=brighter, **LYING_OVER)]
    assert change_of(seen, exposure_ev, bias_ev).transform is expected


def test_another_focus_is_a_still_view_whose_fine_structure_changes():
    refocused = LYING_OVER | {"refocused": 0.3}
    assert change_of([Step(brighter_levels=0.5, **refocused)], 0.0, 0.0).transform is Transform.FOCUSED
    assert change_of([Step(brighter_levels=0.5, **LYING_OVER)], 0.0, 0.0).transform is Transform.NONE
    shaken = refocused | {"strayed": 0.012}
    assert change_of([Step(brighter_levels=0.5, **shaken)], 0.0, 0.0).transform is Transform.NONE


def test_a_bracket_says_so_of_all_its_pairs():
    found = burst_relations(frames([1, 2, 3], alike(3), dated=False), matching(40, brighter=40.0))
    assert {one.transform for one in found} == {Transform.EXPOSED}


def test_names_tell_the_roll_the_time_and_the_number():
    counted = place_of(b"2020/IMG_0017.JPG", 4000, None, None)
    following = place_of(b"2020/IMG_0018.JPG", 4000, None, None)
    assert counted is not None
    assert following is not None
    assert (counted.roll, counted.is_dated, counted.place) == (following.roll, False, 17.0)
    other_size = place_of(b"2020/IMG_0018.JPG", 1280, None, None)
    assert other_size is not None
    assert other_size.roll != counted.roll
    first = place_of(b"a/PXL_20210304_101112345.jpg", 1, None, None)
    second = place_of(b"a/2021-03-04 10.11.14.jpg", 1, None, None)
    assert first is not None
    assert second is not None
    assert first.is_dated
    assert second.is_dated
    assert second.place - first.place == pytest.approx(1.655)
    edited = place_of(b"2020/IMG_0018_bw.JPG", 4000, None, None)
    assert edited is not None
    assert edited.roll != counted.roll
    camera = place_of(b"a/x1.jpg", 1, 5.0, "A")
    assert camera is not None
    assert (camera.is_dated, camera.place, camera.number) == (True, 5.0, 1)
    assert place_of(b"a/holiday.jpg", 1, None, None) is None
    assert number_in(b"a.7/house-3 (copy).jpg") == 3


def series_of(kind: str, times: Sequence[float], *, steady: bool = True) -> SeriesKind:
    """What a group of frames at these times is called, all tied to the first by relations of one transform."""
    n = len(times)
    photos = library(list(range(n)))
    photos.taken_s[:] = times
    ties = relations([(0, other, 0.9, PhotoClass.BURST) for other in range(1, n)])
    ties.transform_code[:] = Transform(kind).code
    ties.aligned_error[:] = 1.0 if steady else np.nan
    groups = grouped(photos, ties, GroupQuery(PhotoClass.BURST, time_gap_s=60.0), np.arange(n))
    assert len(groups) == 1
    return KINDS[int(kinds_of(photos, ties, groups)[0])]


def test_a_still_view_at_regular_intervals_is_a_time_lapse():
    every_five = [5.0 * k for k in range(8)]
    assert series_of("none", every_five) is SeriesKind.TIME_LAPSE
    assert series_of("none", every_five, steady=False) is SeriesKind.BURST
    assert series_of("none", [0.1 * k for k in range(8)]) is SeriesKind.BURST
    assert series_of("none", [0.0, 5.0, 7.0, 19.0, 20.0, 31.0, 33.0, 50.0]) is SeriesKind.BURST
    assert series_of("none", every_five[:4]) is SeriesKind.BURST
    assert series_of("other-exposure", every_five) is SeriesKind.EXPOSURE_BRACKET
    assert series_of("other-focus", every_five) is SeriesKind.FOCUS_STACK
    assert series_of("other-focus", every_five[:2]) is SeriesKind.BURST

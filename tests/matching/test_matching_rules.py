"""Ordered criteria: what must hold for any groups, any criteria and any photos."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.matching.test_matching_clustering import library, relations
from twinlens.domain.folders import FolderPlace
from twinlens.domain.photo import VolumeId
from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.criteria import BEST_SHOT, CRITERIA
from twinlens.matching.rules.facts import Facts
from twinlens.matching.rules.ranking import Ranking, ranked, ranked_by_rule
from twinlens.matching.rules.rule import PRESELECTED, Rule, Step

GROUPS = st.lists(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=1, max_size=6),
    max_size=6,
)


def rank(groups: list[list[tuple[int, int, int, bool]]]) -> tuple[Ranking, np.ndarray]:
    flat = [member for group in groups for member in group]
    starts = np.cumsum([0, *map(len, groups)])
    keys = [np.array([member[at] for member in flat], np.float64) for at in range(3)]
    return ranked(keys, starts, np.array([member[3] for member in flat], np.bool_)), starts


@given(GROUPS)
def test_the_first_criterion_that_tells_them_apart_decides(groups) -> None:
    ranking, starts = rank(groups)
    for number, group in enumerate(groups):
        standing = [member[:3] for member in group if member[3]]
        front = [at for at, member in enumerate(group) if member[3] and member[:3] == min(standing)]
        tied = np.flatnonzero(ranking.tied[starts[number] : starts[number + 1]]).tolist()
        if len(front) == 1:
            assert ranking.winner[number] == starts[number] + front[0]
            assert tied == []
            continue
        assert ranking.winner[number] == -1
        assert tied == front  # nobody stands, or all that are equal are told


@given(GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_the_members_changes_nothing(groups, random) -> None:
    before, starts = rank(groups)
    orders = [random.sample(range(len(group)), len(group)) for group in groups]
    after, _ = rank([[group[at] for at in order] for group, order in zip(groups, orders, strict=True)])
    for number, order in enumerate(orders):
        begin = starts[number]
        places = [begin + at for at in order]
        assert after.tied[begin : begin + len(order)].tolist() == before.tied[places].tolist()
        winner = after.winner[number]
        assert before.winner[number] == (-1 if winner < 0 else places[winner - begin])


def two_photos() -> Facts:
    photos = library([1, 2])
    photos.width_px[1] = 4032
    photos.mtime_s[:] = (1000, 2000)
    return Facts(photos, relations([]), np.array([1, 0]))


def kept(facts: Facts, *steps: Step, folders: tuple[FolderPlace, ...] = ()) -> int:
    rows, starts = np.arange(2), np.array([0, 2])
    rule = Rule("test", "", steps, folders)
    return int(ranked_by_rule(facts, rule, rule.active, rows, starts, np.ones(2, np.bool_)).winner[0])


def test_directions_switches_and_the_order_of_criteria_count() -> None:
    facts = two_photos()
    assert kept(facts, Step("pixels"), Step("file-date")) == 1
    assert kept(facts, Step("file-date"), Step("pixels")) == 0
    assert kept(facts, Step("file-date", turned=True)) == 1
    assert kept(facts, Step("file-date", on=False), Step("pixels")) == 1
    assert kept(facts, Step("rating"), Step("name"), Step("metadata")) == -1
    assert kept(facts, Step("rating"), Step("suggestion")) == 1


def test_what_is_unknown_comes_last_either_way() -> None:
    facts = two_photos()
    facts.photos.taken_s[:] = (np.nan, 5)
    assert kept(facts, Step("capture")) == kept(facts, Step("capture", turned=True)) == 1
    facts.photos.taken_s[:] = np.nan
    assert kept(facts, Step("capture")) == -1  # two unknown times are no equal times, and no difference either


def test_of_two_preferred_folders_the_deeper_one_counts() -> None:
    photos = replace(library([1, 2]), paths=["/photos/best/0.jpg", "/photos/1.jpg"])
    facts = Facts(photos, relations([]), np.arange(2))
    nowhere = VolumeId("")
    all_, best = FolderPlace(nowhere, "/photos"), FolderPlace(nowhere, "/photos/best")
    assert kept(facts, Step("folders"), folders=(all_, best)) == 1
    assert kept(facts, Step("folders"), folders=(best, all_)) == 0
    assert kept(facts, Step("folders"), folders=(best,)) == 0
    assert kept(facts, Step("folders"), folders=(all_,)) == -1


def test_a_folder_holds_what_is_in_it_by_the_rules_of_its_volume() -> None:
    volume = VolumeId("uuid:1")
    plain, folding = FolderPlace(volume, "Fotos/Müller"), FolderPlace(volume, "Fotos/Müller", folds_case=True)
    assert plain.holds(volume, "Fotos/Müller/2004/a.jpg")
    assert plain.holds(volume, "Fotos/Mu\u0308ller/a.jpg")  # the same name, decomposed
    assert not plain.holds(volume, "fotos/müller/a.jpg")
    assert folding.holds(volume, "FOTOS/MÜLLER")
    assert not plain.holds(volume, "Fotos/Müllers/a.jpg")
    assert not plain.holds(VolumeId("uuid:2"), "Fotos/Müller/a.jpg")
    assert FolderPlace(volume, "").holds(volume, "anything")


def test_every_criterion_says_what_it_asks_and_gives_a_number() -> None:
    facts = two_photos()
    for criterion in CRITERIA.values():
        assert criterion.title
        assert criterion.words
        assert bool(criterion.opposite_title) is bool(criterion.opposite_words)
        for turned in (False, True):
            assert not np.isnan(criterion.numbers(facts, np.arange(2), (), turned=turned)).any()


def test_the_built_in_rules_keep_their_names_and_touch_only_what_may_be_preselected() -> None:
    names = ["suggested", "keep-largest", "keep-oldest", "keep-newest", "keep-shortest-name", "keep-raw"]
    assert list(RULES)[: len(names)] == names
    assert all(rule.acts_on <= PRESELECTED for name, rule in RULES.items() if name != BEST_SHOT)
    assert RULES[BEST_SHOT].acts_on == {PhotoClass.BURST}


def test_28000_groups_are_ranked_at_once() -> None:
    rng = np.random.default_rng(3)
    keys = [rng.integers(0, 3, 100_000).astype(np.float64) for _ in range(12)]
    starts = np.concatenate((np.arange(0, 98_000, 3.5).astype(np.int64), [100_000]))
    began = time.process_time()
    ranking = ranked(keys, starts, np.ones(100_000, np.bool_))
    assert time.process_time() - began < 0.5
    assert (ranking.winner >= 0).mean() > 0.9

"""What a rule decides of a library: safe whatever the criteria, ties told, the effect by folder true."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.matching.test_matching_clustering import library as columns
from tests.matching.test_matching_clustering import relations
from twinlens.domain.folders import folders_of
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.matching.keeper import keeper_order
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.criteria import CRITERIA
from twinlens.matching.rules.facts import Facts
from twinlens.matching.rules.rule import PRESELECTED, Rule, Step
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import GroupList
from twinlens.review.library_totals import all_groups
from twinlens.review.rules.effect import decided_by, effect_by_folder
from twinlens.review.rules.outcome import Outcome, decide, tied_groups
from twinlens.review.rules.planning import planned_removals
from twinlens.review.rules.scope import both, holding, reviewed, whole

CLASSES = (PhotoClass.SAME_SHOT, PhotoClass.SAME_SHOT, PhotoClass.EDITED, PhotoClass.BURST)
PAIRS = st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from(CLASSES)).filter(
    lambda pair: pair[0] < pair[1]
)
STEPS = st.lists(
    st.builds(Step, st.sampled_from(sorted(CRITERIA)), st.booleans(), st.booleans()),
    max_size=5,
    unique_by=lambda s: s.criterion,
)


@st.composite
def data(draw: st.DrawFn) -> ReviewData:
    """Twelve photos in three folders, some of the same bytes, tied at random; some away, some that may not go."""
    photos = columns(draw(st.lists(st.integers(0, 7), min_size=12, max_size=12)))
    for column in (photos.width_px, photos.rating, photos.mtime_s, photos.size_bytes):
        column[:] = draw(st.lists(st.integers(1, 3), min_size=12, max_size=12))
    photos.is_raw[:] = draw(st.lists(st.integers(0, 5).map(lambda n: n == 0), min_size=12, max_size=12))
    for switch in (photos.online, photos.managed, photos.protected):
        switch[:] = draw(st.lists(st.integers(0, 5).map(lambda n: n == 0), min_size=12, max_size=12))
    photos.online[:] = ~photos.online
    folders = draw(st.lists(st.integers(0, 2), min_size=12, max_size=12))
    photos = replace(photos, paths=[f"/photos/{folder}/{row}.jpg" for row, folder in enumerate(folders)])
    pairs = draw(st.lists(PAIRS, max_size=20, unique_by=lambda pair: pair[:2]))
    found = relations([(first, second, 0.9, kind) for first, second, kind in pairs])
    return ReviewData(photos, found, np.zeros((0, 2), np.int64), keeper_order(photos, found))


def lists_of(found: ReviewData) -> list[GroupList]:
    return list(all_groups(found, GroupQuery(PhotoClass.IDENTICAL_FILE)).values())


def outcome_of(found: ReviewData, rule: Rule) -> Outcome:
    return decide(
        Facts(found.photos, found.relations, found.order), rule, [whole(groups) for groups in lists_of(found)]
    )


def rule_of(steps: list[Step], classes: frozenset[PhotoClass] = PRESELECTED, *, keep_all_raw: bool = False) -> Rule:
    return Rule("test", "", tuple(steps), classes=classes, keep_all_raw=keep_all_raw)


@given(data(), STEPS, st.sets(st.sampled_from(list(PhotoClass))), st.booleans())
def test_no_rule_takes_the_last_or_what_may_not_go(found, steps, classes, keep_all_raw) -> None:
    rule = rule_of(steps, frozenset(classes), keep_all_raw=keep_all_raw)
    outcome, photos = outcome_of(found, rule), found.photos
    assert not (outcome.goes & (photos.managed | photos.protected | ~photos.online | outcome.stays)).any()
    assert not (outcome.goes & photos.is_raw & keep_all_raw).any()
    plans = list(planned_removals(outcome))
    going = [member.photo_id for plan in plans for member in plan.going]
    assert sorted(going) == photos.photo_id[outcome.goes].tolist()  # each once, and all of them
    for plan in plans:
        assert plan.photo_class in rule.acts_on - {PhotoClass.LOOKALIKE, PhotoClass.BURST}
        assert plan.staying
        assert not {member.photo_id for member in plan.staying} & set(going)
        assert all(member.reason for member in plan.going)


@given(data(), STEPS)
def test_a_group_is_decided_or_a_tie_or_left_alone(found, steps) -> None:
    outcome = outcome_of(found, rule_of(steps))
    facts = Facts(found.photos, found.relations, found.order)
    for one in outcome.classes:
        for place in range(len(one.numbers)):
            span = slice(one.starts[place], one.starts[place + 1])
            assert not (one.goes[span].any() and one.tied[span].any())
            if one.goes[span].any():
                assert not outcome.goes[one.winner[place]]
    for groups, number, rows in tied_groups(outcome):
        assert set(rows.tolist()) <= set(groups.rows_of(number).tolist())
        for step in rule_of(steps).active:
            assert len(set(step.asked.numbers(facts, rows, (), turned=step.turned).tolist())) == 1


@given(data(), STEPS)
def test_the_suggestion_breaks_every_tie(found, steps) -> None:
    others = [step for step in steps if step.criterion != "suggestion"]
    assert outcome_of(found, rule_of([*others, Step("suggestion")])).tie_count == 0


@given(data(), STEPS)
def test_the_effect_by_folder_adds_up(found, steps) -> None:
    outcome = outcome_of(found, rule_of(steps))
    effects = effect_by_folder(outcome, folders_of(found.photos.paths))
    assert sum(effect.going_count for effect in effects) == outcome.goes.sum()
    assert sum(effect.going_bytes for effect in effects) == outcome.goes_bytes
    assert sum(decided_by(outcome).values()) == outcome.goes.sum()
    for effect in effects:
        rows = [row for row, path in enumerate(found.photos.paths) if path.startswith(effect.path + "/")]
        assert outcome.goes[rows].sum() == effect.going_count
        assert effect.staying_count <= len(rows) - effect.going_count


def copies(count: int) -> ReviewData:
    photos = columns([1] * count)
    return ReviewData(photos, relations([]), np.zeros((0, 2), np.int64), np.arange(count))


def test_equal_photos_are_a_tie_and_stay() -> None:
    found = copies(2)
    outcome = outcome_of(found, rule_of([Step("pixels")]))
    assert (outcome.tie_count, outcome.decided_count, outcome.goes.sum()) == (1, 0, 0)
    ((groups, number, rows),) = tied_groups(outcome)
    assert (len(groups), number, rows.tolist()) == (1, 0, [0, 1])


def test_equal_photos_that_may_not_go_are_no_tie_for_the_third() -> None:
    found = copies(3)
    found.photos.managed[:2] = True
    found.photos.width_px[2] = 10
    outcome = outcome_of(found, rule_of([Step("pixels")]))
    assert (outcome.tie_count, np.flatnonzero(outcome.goes).tolist()) == (0, [2])


def test_of_a_family_with_copies_one_stays_though_a_weaker_class_decides() -> None:
    """Rows 0 and 1 are one file; 2 is the same shot, and newer."""
    photos = columns([1, 1, 2])
    photos.mtime_s[:] = (10, 20, 90)
    found = ReviewData(
        photos,
        relations([(0, 2, 0.9, PhotoClass.SAME_SHOT), (1, 2, 0.9, PhotoClass.SAME_SHOT)]),
        np.zeros((0, 2), np.int64),
        np.arange(3),
    )
    assert np.flatnonzero(outcome_of(found, RULES["keep-newest"]).goes).tolist() == [0, 1]
    assert np.flatnonzero(outcome_of(found, RULES["keep-oldest"]).goes).tolist() == [1, 2]
    classes = [plan.photo_class for plan in planned_removals(outcome_of(found, RULES["keep-oldest"]))]
    assert classes == [PhotoClass.IDENTICAL_FILE, PhotoClass.SAME_SHOT]


def test_an_edit_goes_only_where_the_rule_says_so_and_only_beside_its_own_original() -> None:
    """Rows 1 and 2 are edits of 0, and of each other nothing is known."""
    photos = columns([1, 2, 3])
    photos.width_px[:] = (100, 300, 200)
    ties = relations([(0, 1, 0.9, PhotoClass.EDITED), (0, 2, 0.9, PhotoClass.EDITED)])
    found = ReviewData(photos, ties, np.zeros((0, 2), np.int64), np.arange(3))
    assert not outcome_of(found, rule_of([Step("pixels")])).goes.any()
    allowed = rule_of([Step("pixels")], PRESELECTED | {PhotoClass.EDITED})
    assert np.flatnonzero(outcome_of(found, allowed).goes).tolist() == [0]


def test_scopes_are_groups_by_photo_and_by_mark() -> None:
    photos = columns([1, 1, 2, 2])
    found = ReviewData(photos, relations([]), np.zeros((0, 2), np.int64), np.arange(4))
    lists = lists_of(found)[:1]
    assert holding(lists, [3])[0].numbers.tolist() == [1]
    assert reviewed(lists, [1])[0].numbers.tolist() == [0]
    assert reviewed(lists, [1], is_reviewed=False)[0].numbers.tolist() == [1]
    assert both(holding(lists, [1, 3]), reviewed(lists, [1]))[0].numbers.tolist() == [0]
    facts = Facts(found.photos, found.relations, found.order)
    assert np.flatnonzero(decide(facts, RULES["suggested"], holding(lists, [3])).goes).tolist() == [3]

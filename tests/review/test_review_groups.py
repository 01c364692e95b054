"""Groups, suggestions and the plans made of them."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.review.made_library import catalogue, picture
from twinlens.domain.errors import PlanInvalid
from twinlens.domain.group import GroupQuery, Mark, Suggestion
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import GroupList, find_groups
from twinlens.review.library_totals import all_groups, totals
from twinlens.review.plan import plan_by_rule, plan_from_marks
from twinlens.review.validate import validate

IDENTICAL = GroupQuery(PhotoClass.IDENTICAL_FILE)


@pytest.fixture
def ids(library: Library, photos: Path) -> list[PhotoId]:
    """a and b are one file; c is the same shot as a, turned; d was edited from it; e stands alone."""
    numbers = {"a/a.png": 1, "b/b.png": 1, "b/c.png": 2, "b/d.png": 3, "b/e.png": 4}
    made = catalogue(library, [picture(photos / name, number) for name, number in numbers.items()])
    library.catalog().relations.save(
        [
            Relation(made[0], made[2], PhotoClass.SAME_SHOT, 0.9, Transform.ROTATED_90),
            Relation(made[1], made[2], PhotoClass.SAME_SHOT, 0.9, Transform.ROTATED_90),
            *(Relation(made[at], made[3], PhotoClass.EDITED, 0.8, Transform.CROPPED) for at in range(3)),
        ]
    )
    return made


def _lists(library: Library) -> list[GroupList]:
    return list(all_groups(load_review_data(library.catalog()), IDENTICAL).values())


def test_groups_say_what_goes_and_why(library: Library, ids: list[PhotoId]) -> None:
    data = load_review_data(library.catalog())
    same = find_groups(data, GroupQuery(PhotoClass.SAME_SHOT))
    (group,) = same
    keeper, *others = group.members
    assert keeper.suggestion is Suggestion.KEEP
    assert {member.photo_id for member in group.members} == set(ids[:3])
    assert all(member.suggestion is Suggestion.REJECT and member.reason for member in others)
    sizes = {photo.id: photo.stamp.size_bytes for photo in library.catalog().photos.get_many(ids)}
    assert group.reclaimable_bytes == sum(sizes[member.photo_id] for member in others) == same.total_reclaimable_bytes
    assert all(member.relation is not None and member.relation.first == keeper.photo_id for member in others)
    assert same.group_of(ids[2]) == 0
    assert same.group_of(ids[4]) is None
    assert same.groups_of(np.array([ids[4], ids[2], 10**6, 0])).tolist() == [-1, 0, -1, -1]
    assert find_groups(data, GroupQuery(PhotoClass.BURST)).groups_of(np.array([ids[2]])).tolist() == [-1]
    (edited,) = find_groups(data, GroupQuery(PhotoClass.EDITED))
    assert {member.suggestion for member in edited.members} == {Suggestion.KEEP, Suggestion.NONE}
    counted = totals({found.query.photo_class: found for found in _lists(library)})
    assert [counted[photo_class].groups for photo_class in counted] == [1, 0, 1, 1, 0]


def test_a_copy_of_a_copy_is_shown_with_the_keeper_and_not_suggested_to_go(library: Library, photos: Path) -> None:
    """The second photo is tied to both others; the third was compared with the first, the keeper, and refused."""
    made = catalogue(library, [picture(photos / f"{number}.png", number) for number in range(3)])
    library.catalog().relations.save(
        [
            Relation(made[0], made[1], PhotoClass.SAME_SHOT, 0.9, Transform.ROTATED_90),
            Relation(made[1], made[2], PhotoClass.SAME_SHOT, 0.95, Transform.ROTATED_90),
        ]
    )
    data = load_review_data(library.catalog())
    order = np.array([made.index(PhotoId(int(id_))) for id_ in data.photos.photo_id])
    same = find_groups(replace(data, order=order), GroupQuery(PhotoClass.SAME_SHOT))
    (group,) = same
    suggestions = [Suggestion.KEEP, Suggestion.REJECT, Suggestion.NONE]
    assert [(member.photo_id, member.suggestion) for member in group.members] == list(
        zip(made, suggestions, strict=True)
    )
    last = group.members[2]
    assert last.relation is not None
    assert (last.relation.first, last.relation.transform) == (made[1], Transform.ROTATED_90)
    assert last.reason == "not proven to be a copy of the keeper, only of 1.png: same exposure, turned by 90 degrees"
    assert group.reclaimable_bytes == os.path.getsize(photos / "1.png")
    for rule in ("suggested", "keep-newest"):
        plan = plan_by_rule(library.catalog(), [same], rule)
        assert plan.removal_count == 1
        assert str(photos / "2.png") not in {step.path for planned in plan.groups for step in planned.remove}


def test_a_relation_that_joins_no_groups_is_told_from_both_sides(library: Library, photos: Path) -> None:
    made = catalogue(library, [picture(photos / f"{number}.png", number) for number in range(6)])
    pairs = [(0, 1, 0.95), (0, 2, 0.95), (3, 4, 0.95), (3, 5, 0.95), (2, 5, 0.8)]
    library.catalog().relations.save(
        [Relation(made[one], made[two], PhotoClass.SAME_SHOT, score, Transform.ROTATED_90) for one, two, score in pairs]
    )
    first, second = find_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.SAME_SHOT))
    for group, other, own, path in ((first, second, made[2], "5.png"), (second, first, made[5], "2.png")):
        (bridge,) = group.bridges
        assert (bridge.relation.first, bridge.path, bridge.group_id) == (own, str(photos / path), other.id)
        assert bridge.relation.score == pytest.approx(0.8)


def test_only_photos_under_the_folders(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    data = load_review_data(library.catalog())
    assert len(find_groups(data, IDENTICAL, under=[str(photos / "a")])) == 0
    assert len(find_groups(data, IDENTICAL, under=[str(photos / "a"), str(photos / "b")])) == 1
    assert len(find_groups(data, IDENTICAL, under=[str(photos)[:-1]])) == 0  # a prefix of a name is no folder
    edited = find_groups(data, GroupQuery(PhotoClass.EDITED), under=[str(photos / "b")])
    assert {member.photo_id for member in edited[0].members} == set(ids[1:4])


@pytest.mark.parametrize("rule", ["suggested", "keep-largest", "keep-oldest", "keep-newest", "keep-shortest-name"])
def test_every_rule_makes_a_valid_plan(library: Library, ids: list[PhotoId], rule: str) -> None:
    plan = plan_by_rule(library.catalog(), _lists(library), rule)
    validate(plan, library)
    assert plan.removal_count == 2  # of a, b and c one stays; edits are nobody's to take
    gone = [os.path.basename(step.path) for group in plan.groups for step in group.remove]
    assert len(set(gone) & {"a.png", "b.png", "c.png"}) == 2


def test_unknown_rules_are_named(library: Library, ids: list[PhotoId]) -> None:
    with pytest.raises(PlanInvalid, match=r"no rule named melt; the rules are: suggested"):
        plan_by_rule(library.catalog(), _lists(library), "melt")


def test_marks_become_a_plan(library: Library, ids: list[PhotoId]) -> None:
    catalog = library.catalog()
    catalog.marks.set([ids[0], ids[3]], Mark.REJECT)
    plan = plan_from_marks(library)
    validate(plan, library)
    classes = {os.path.basename(step.path): step.photo_class for group in plan.groups for step in group.remove}
    assert classes == {"a.png": PhotoClass.IDENTICAL_FILE, "d.png": PhotoClass.EDITED}


def test_marks_without_a_stay_are_named(library: Library, ids: list[PhotoId]) -> None:
    catalog = library.catalog()
    catalog.marks.set([ids[0], ids[1], ids[2], ids[3]], Mark.REJECT)
    with pytest.raises(PlanInvalid, match=r"a\.png.*b\.png.*c\.png and 1 more"):
        plan_from_marks(library)
    plan = plan_from_marks(library, allow_without_copy=True)
    assert plan.removal_count == 4
    with pytest.raises(PlanInvalid, match="keeps nothing"):
        validate(plan, library)
    validate(plan, library, allow_without_copy=True)

"""A photo that is kept by hand takes the place of the suggested keeper, and nothing is lost by it."""

from twinlens.domain.group import Group, Mark, Member, SeriesKind, Suggestion
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.review.overriding import exchanged, overridden

K, R, N = Suggestion.KEEP, Suggestion.REJECT, Suggestion.NONE


def group(*suggestions: Suggestion, kind: SeriesKind | None = None, may_go: bool = True) -> Group:
    members = tuple(Member(PhotoId(at), one, "because", None, may_go=may_go) for at, one in enumerate(suggestions))
    return Group("same-shot-0", PhotoClass.SAME_SHOT, members, 0, kind=kind)


def suggested(found: Group) -> list[Suggestion]:
    return [member.suggestion for member in found.members]


def test_the_former_keeper_goes_where_what_is_kept_was_proven_to_be_its_copy():
    assert suggested(overridden(group(K, R, R), {1: Mark.KEEP})) == [R, K, R]
    assert suggested(overridden(group(K, N, R), {1: Mark.KEEP})) == [N, K, R]
    assert suggested(overridden(group(K, R, R, may_go=False), {1: Mark.KEEP})) == [N, K, R]


def test_nothing_changes_without_another_keep():
    whole = group(K, K, K, kind=SeriesKind.FOCUS_STACK)
    for found, marks in (
        (group(K, R), {}),
        (group(K, R), {1: Mark.REJECT}),
        (group(K, R), {0: Mark.KEEP, 1: Mark.KEEP}),
        (whole, {1: Mark.KEEP}),
    ):
        assert overridden(found, marks) is found


def test_only_what_a_suggestion_kept_gives_way_and_the_weakest_first():
    marks = {0: Mark.KEEP, 1: Mark.KEEP, 2: Mark.REJECT}
    assert exchanged(2, [0, 1, 2], marks, {0, 1}, lambda _: True) == {2: Mark.KEEP, 1: Mark.REJECT}
    assert exchanged(2, [0, 1, 2], marks, {0}, lambda _: True) == {2: Mark.KEEP, 0: Mark.REJECT}
    assert exchanged(2, [0, 1, 2], marks, set(), lambda _: True) == {2: Mark.KEEP}
    assert exchanged(2, [0, 1, 2], marks, {0, 1}, lambda _: False) == {2: Mark.KEEP, 1: None}
    assert exchanged(3, [0, 1, 2, 3], marks, {0, 1}, lambda _: True) == {3: Mark.KEEP}

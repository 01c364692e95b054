"""The user's own keep goes before the suggestion: a photo that is kept by hand takes the keeper's place."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from twinlens.domain.group import Group, Mark, Suggestion

MayGo = Callable[[int], bool]


def overridden(group: Group, marks: Mapping[int, Mark]) -> Group:
    """The group as it is suggested now that the user has kept another photo of it than the keeper.

    What was kept is suggested to be kept. The former keeper goes where what was kept had been suggested to go, which is
    where the one is proven to be a copy of the other; in a burst nothing is suggested of it any more. Members keep their order.
    """
    keeper = group.members[0]
    is_whole = group.kind is not None and group.kind.belongs_together
    if is_whole or keeper.photo_id in marks or keeper.suggestion is not Suggestion.KEEP:
        return group
    kept = [member for member in group.members[1:] if marks.get(member.photo_id) is Mark.KEEP]
    if not kept:
        return group
    goes = keeper.may_go and any(member.suggestion is Suggestion.REJECT for member in kept)
    demoted = replace(
        keeper, suggestion=Suggestion.REJECT if goes else Suggestion.NONE, reason="you keep another one of this group"
    )
    others = (
        replace(member, suggestion=Suggestion.KEEP, reason="kept because you said so") if member in kept else member
        for member in group.members[1:]
    )
    return replace(group, members=(demoted, *others))


def accepted(groups: Iterable[Group], marks: Mapping[int, Mark]) -> dict[int, Mark | None]:
    """The marks that the suggestions of these groups ask for, now that photos are marked like this."""
    return {
        member.photo_id: Mark.KEEP if member.suggestion is Suggestion.KEEP else Mark.REJECT
        for group in groups
        for member in overridden(group, marks).members
        if member.suggestion is not Suggestion.NONE
    }


def exchanged(
    photo_id: int,
    members: Sequence[int],
    marks: Mapping[int, Mark],
    by_suggestion: Collection[int],
    may_go: MayGo,
) -> dict[int, Mark | None]:
    """The marks when a photo is kept by hand: it takes the place of the last one that only a suggestion or a rule has kept.

    ``members``: the photos of its group, the best first. What the user kept by hand stays kept, and where nothing was marked,
    nothing but the photo itself is.
    """
    wanted: dict[int, Mark | None] = {photo_id: Mark.KEEP}
    before = marks.get(photo_id)
    placeholders = [id_ for id_ in members if id_ in by_suggestion and marks.get(id_) is Mark.KEEP and id_ != photo_id]
    if before is Mark.REJECT and placeholders:
        last = placeholders[-1]
        wanted[last] = Mark.REJECT if may_go(last) else None
    return wanted

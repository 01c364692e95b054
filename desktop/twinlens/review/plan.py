"""Make a plan: from a rule, or from what the user marked."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.errors import PlanInvalid
from twinlens.domain.group import Group, GroupQuery, Mark, Member, Suggestion
from twinlens.domain.photo import Photo, PhotoId
from twinlens.domain.plan import Plan, PlannedGroup, PlannedRemoval, TiedGroup
from twinlens.domain.relation import PhotoClass, Transform
from twinlens.domain.settings import SIMILARITY, TIME_GAP
from twinlens.library.open import Library
from twinlens.matching.rules.rule import Rule
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import GroupList
from twinlens.review.library_totals import all_groups
from twinlens.review.protection import rejected_and_protected

if TYPE_CHECKING:
    from twinlens.domain.fingerprint import Int64Array
    from twinlens.review.rules.outcome import Outcome

SUGGESTED = "suggested"
MARKS = "marks"
WITHOUT_COPY = "Removed by hand; no copy of it is kept."


def plan_by_rule(catalog: Catalog, groups: Iterable[GroupList], rule: str | Rule = SUGGESTED) -> Plan:
    """What a rule, or the one of this name, would remove from these groups, stronger classes first.

    A photo that one group keeps is removed by none, and one that a group removes is kept by none. A member without a
    relation to the keeper of its group stays. Photos that cannot be
    reached now are left alone, and so are files with several names: removing one name frees nothing.

    Raises:
        PlanInvalid: There is no rule of this name.
    """
    from twinlens.review.rules.finding import rule_named
    from twinlens.review.rules.outcome import tied_groups
    from twinlens.review.rules.planning import decided_wholly, planned_removals

    chosen = rule_named(catalog, rule) if isinstance(rule, str) else rule
    outcome = decided_wholly(list(groups), chosen)
    planned = [
        _planned(catalog, one.group_id, one.photo_class, one.staying, one.going, has_reasons=True)
        for one in (planned_removals(outcome) if outcome is not None else ())
    ]
    ties = () if outcome is None else tuple(_tie(outcome, *tie) for tie in tied_groups(outcome))
    return Plan(chosen.name, tuple(group for group in planned if group.remove), ties)


def _tie(outcome: "Outcome", found: GroupList, _number: int, rows: "Int64Array") -> TiedGroup:
    return TiedGroup(found.query.photo_class, tuple(outcome.photos.paths[row] for row in rows.tolist()))


def plan_from_marks(
    library: Library,
    *,
    groups: Sequence[GroupList] | None = None,
    chosen: Collection[PhotoId] | None = None,
    allow_without_copy: bool = False,
) -> Plan:
    """A plan of the photos marked as rejected, or of those ``chosen``, each under the strongest class in which one stays for it.

    ``groups`` are those that the user looked at (lookalikes too); without them, all stored classes at the settings'
    similarity and time gap. Photos that cannot be reached now keep their marks and are left alone; those in protected
    folders stay, whatever their marks say.

    Raises:
        PlanInvalid: A rejected photo shares no group with a photo that stays, and that was not explicitly allowed.
    """
    catalog = library.catalog()
    rejected = _rejected(catalog) if chosen is None else _not_protected(catalog, chosen)
    away = rejected & catalog.marks.on_volumes(Mark.REJECT, online=False).keys()  # they wait, marked, until it is back
    found = groups if groups is not None else _groups_of_settings(library)
    lists = sorted(found, key=lambda groups: groups.query.photo_class.rank)
    by_group: dict[str, tuple[Group, list[Member]]] = {}
    alone: list[PhotoId] = []
    for photo_id in sorted(rejected - away):
        home = _group_with_a_stay(lists, photo_id, rejected)
        if home is None:
            alone.append(photo_id)
            continue
        member = next(member for member in home.members if member.photo_id == photo_id)
        by_group.setdefault(home.id, (home, []))[1].append(member)
    if alone and not allow_without_copy:
        raise PlanInvalid(_without_copy(catalog, alone))
    planned = [
        _planned(catalog, home.id, home.photo_class, _stay(home, rejected), out) for home, out in by_group.values()
    ]
    if alone:
        going = [Member(photo_id, Suggestion.NONE, WITHOUT_COPY, None) for photo_id in alone]
        planned.append(_planned(catalog, "without-copy", PhotoClass.LOOKALIKE, [], going))
    return Plan(MARKS, tuple(group for group in planned if group.remove), waiting=len(away))


def _rejected(catalog: Catalog) -> set[PhotoId]:
    rejected = {photo_id for photo_id, mark in catalog.marks.all().items() if mark is Mark.REJECT}
    return rejected - set(rejected_and_protected(catalog))


def _not_protected(catalog: Catalog, chosen: Collection[PhotoId]) -> set[PhotoId]:
    return {photo.id for photo in catalog.photos.get_many(list(chosen)) if not photo.protected}


def _groups_of_settings(library: Library) -> list[GroupList]:
    similarity = library.preferences.number(SIMILARITY)
    query = GroupQuery(PhotoClass.IDENTICAL_FILE, similarity, library.preferences.number(TIME_GAP))
    return list(all_groups(load_review_data(library.catalog()), query).values())


def _group_with_a_stay(lists: Sequence[GroupList], photo_id: PhotoId, rejected: set[PhotoId]) -> Group | None:
    """The strongest group of this photo in which one stays."""
    for found in lists:
        at = found.group_of(photo_id)
        if at is not None and not set(found.photo_ids(at).tolist()) <= rejected:
            return found[at]
    return None


def _stay(group: Group, rejected: set[PhotoId]) -> list[Member]:
    return [member for member in group.members if member.photo_id not in rejected]


def _planned(
    catalog: Catalog,
    id_: str,
    photo_class: PhotoClass,
    staying: Sequence[Member],
    going: Sequence[Member],
    *,
    has_reasons: bool = False,
) -> PlannedGroup:
    photos = {photo.id: photo for photo in catalog.photos.get_many([member.photo_id for member in (*staying, *going)])}
    stay = [photos[member.photo_id] for member in staying if member.photo_id in photos]
    # The path of a photo that is away may be that of another one by now, on a drive mounted at the same place.
    keep = tuple(photo.path for photo in stay if photo.online) or tuple(photo.path for photo in stay)
    keeper = photos.get(staying[0].photo_id) if staying else None
    if keeper is not None and not has_reasons:  # of the suggested keeper, the reason says why it is better
        preferred = f"the user prefers {shown(keeper.path)}"
        going = [member if member.relation is not None else replace(member, reason=preferred) for member in going]
    removals = _removals(photos, keeper, photo_class, going)
    return PlannedGroup(id_, photo_class, keep, tuple(removals))


def _removals(
    photos: dict[PhotoId, Photo], keeper: Photo | None, photo_class: PhotoClass, going: Sequence[Member]
) -> Iterable[PlannedRemoval]:
    for member in going:
        photo = photos.get(member.photo_id)
        if photo is None or not photo.online:
            continue  # it left the catalog since the groups were made, or its drive is not connected
        known = member.relation
        is_tied = known is not None and keeper is not None and known.first == keeper.id
        own_class = known.photo_class if known is not None and is_tied else photo_class
        if keeper is not None and keeper.content == photo.content:
            own_class = PhotoClass.IDENTICAL_FILE
        score = 0.0 if known is None else known.score
        transform = Transform.NONE if known is None else known.transform
        size_bytes, content_hex = photo.stamp.size_bytes, photo.content.hex()
        yield PlannedRemoval(photo.path, size_bytes, content_hex, member.reason, own_class, score, transform)


def _without_copy(catalog: Catalog, alone: Sequence[PhotoId]) -> str:
    names = [shown(photo.path) for photo in catalog.photos.get_many(alone[:3])]
    more = f" and {len(alone) - 3} more" if len(alone) > 3 else ""
    return f"No copy would be kept of {', '.join(names)}{more}: nothing was removed."

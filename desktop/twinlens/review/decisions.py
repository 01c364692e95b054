"""Decisions: made, taken back and done again, deed by deed. What moves files is in ``deed_files``."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from twinlens.catalog.database import Catalog
from twinlens.domain.deed import Deed, DeedKind, MarkSet, Origin
from twinlens.domain.errors import NothingToUndo
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import DisposalKind
from twinlens.library.open import Library
from twinlens.review.deed_words import deed_words


class Horizon(Struct, frozen=True):
    """What one undo takes back and what one redo does again; None where there is nothing."""

    undo: Deed | None
    redo: Deed | None


class Turned(Struct, frozen=True):
    """A deed was taken back (``is_undo``) or done again. ``deed``: None where there was nothing.

    ``moves_files``: nothing has happened yet; it is for ``deed_files.turn_files`` to do. ``marks``: of photos of the
    deed, as they are now. ``missing``: photos of it that are not in the library any more, or have other content.
    """

    deed: Deed | None
    is_undo: bool
    horizon: Horizon
    moves_files: bool = False
    marks: tuple[MarkSet, ...] = ()
    missing: int = 0


def mark(
    library: Library, wanted: Mapping[PhotoId, Mark | None], origin: str = Origin.HAND, detail: str = ""
) -> int | None:
    """Mark photos, each in its own way: one deed. Returns its number, None where nothing changes.

    Photos in protected folders are never marked to go: those are passed over.
    """
    catalog = library.catalog()
    locked = catalog.protection.among([photo_id for photo_id, each in wanted.items() if each is Mark.REJECT])
    allowed = {photo_id: each for photo_id, each in wanted.items() if photo_id not in locked} if locked else wanted
    return catalog.deeds.mark(allowed, origin, detail)


def part(library: Library, families: Sequence[Sequence[PhotoId]]) -> int | None:
    """Remember that the photos of each of these are no duplicates of each other, by content: one deed."""
    catalog = library.catalog()
    photos = {photo.id: photo for photo in catalog.photos.get_many([id_ for family in families for id_ in family])}
    pairs: list[tuple[bytes, bytes]] = []
    for family in families:
        pairs += combinations(sorted({photos[id_].content for id_ in family if id_ in photos}), 2)
    sizes = {photo.content: photo.stamp.size_bytes for photo in photos.values()}
    return catalog.deeds.part(pairs, len(sizes), sum(sizes.values()))


def horizon(catalog: Catalog) -> Horizon:
    """What undo and redo would do now."""
    return Horizon(catalog.deeds.next(undo=True), catalog.deeds.next(undo=False))


def turn(library: Library, deed_id: int | None = None, *, undo: bool) -> Turned:
    """Take the newest deed back, or do again what was taken back last; or take back the deed that is named.

    All of it or nothing, at once on the disk. A deed that moves files is only named in the answer.

    Raises:
        NothingToUndo: the deed that is named cannot be taken back; the sentence says why.
    """
    catalog = library.catalog()
    with catalog.transaction():
        deed = catalog.deeds.next(undo=undo) if deed_id is None else catalog.deeds.get(deed_id)
        if deed is not None and deed_id is not None:
            obstacle = why_not(catalog, deed) if undo else _why_not_again(deed)
            if obstacle:
                raise NothingToUndo(obstacle)
        if deed is None or deed.moves_files:
            return Turned(deed, undo, horizon(catalog), moves_files=deed is not None)
        marks: list[MarkSet] = []
        if deed.kind is DeedKind.MARKS:
            marks = _without_locked(catalog, catalog.deeds.turn_marks(deed.id, undo=undo))
        else:
            catalog.deeds.turn_verdicts(deed.id, undo=undo)
        missing = deed.kept_rows - len(marks) if deed.kind is DeedKind.MARKS else 0
        return Turned(deed, undo, horizon(catalog), marks=tuple(marks), missing=missing)


def _without_locked(catalog: Catalog, marks: list[MarkSet]) -> list[MarkSet]:
    """What was to go before its folder was protected does not get that mark back."""
    locked = catalog.protection.among([each.photo_id for each in marks if each.mark is Mark.REJECT])
    if not locked:
        return marks
    catalog.marks.set(sorted(locked), None)
    return [replace(each, mark=None) if each.photo_id in locked else each for each in marks]


def why_not(catalog: Catalog, deed: Deed) -> str:
    """Why this deed cannot be taken back now, in one sentence; "" where it can."""
    if deed.undone_at is not None:
        return "It is taken back already."
    if deed.kind is DeedKind.REMOVAL:
        reason = _why_files_stay(deed)
    elif deed.kept_rows == 0:
        reason = "It was too long ago: what these photos were before is no longer known."
    else:
        reason = ""
    if reason:
        return reason
    later = catalog.deed_list.contradiction(deed)
    if later is not None:
        return (
            f"A later decision is about the same photos: {deed_words(catalog.deeds.get(later))}. Take that back first."
        )
    gone = catalog.deed_list.gone_since(deed.id) if deed.kind is DeedKind.MARKS else 0
    if gone:
        return f"{_photos(gone)} of it left for the quarantine since. Put that back first."
    return ""


def _why_files_stay(deed: Deed) -> str:
    if deed.disposal is DisposalKind.TRASH:
        return "These photos went to the system's trash, which puts them back."
    if not deed.waiting:
        if deed.purged:
            return "Its photos were removed for good."
        return "None of its photos waits to be put back."
    return ""


def _why_not_again(deed: Deed) -> str:
    return "" if deed.redoable else "Something else was decided since it was taken back."


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"

"""Deeds read from the catalog: one row each, with the counts of the files that a removal moved."""

from twinlens.catalog.connection import Row
from twinlens.catalog.journal_rows import utc
from twinlens.domain.deed import Deed, DeedKind
from twinlens.domain.plan import DisposalKind

# Of a removal the photos that wait now, whichever session moved them there last.
_FILES = (
    "SELECT k.deed AS deed, count(*) AS moved, sum(k.size_bytes) AS size_bytes, count(now.id) AS waiting,"
    " count(*) FILTER (WHERE k.state = 'purged') AS purged"
    " FROM (SELECT e.id AS deed, w.path, w.content, w.size_bytes, w.state FROM deeds e JOIN steps w ON w.session = e.session"
    " WHERE w.state NOT IN ('refused', 'intended'){which}) k"
    " LEFT JOIN steps now ON now.content = k.content AND now.path = k.path AND now.state IN ('done', 'undoing', 'purging')"
    " GROUP BY k.deed"
)
_QUERY = (
    "SELECT d.id, d.kind, d.origin, d.detail, d.at_us, d.undone_us, d.redoable, d.keeps, d.rejects, d.clears,"
    " coalesce(t.size_bytes, d.size_bytes), d.kept_rows, coalesce(t.moved, d.keeps + d.rejects + d.clears),"
    " coalesce(t.waiting, 0), coalesce(t.purged, 0),"
    " (SELECT count(*) FROM steps r WHERE r.session = d.session AND r.state = 'refused'), d.session, s.kind"
    " FROM deeds d LEFT JOIN sessions s ON s.id = d.session LEFT JOIN ({files}) t ON t.deed = d.id"
)
ALL_DEEDS = _QUERY.format(files=_FILES.format(which=""))
ONE_DEED = _QUERY.format(files=_FILES.format(which=" AND e.id = ?1")) + " WHERE d.id = ?1"
_WAITS = (
    "EXISTS (SELECT 1 FROM steps w JOIN steps now ON now.content = w.content AND now.path = w.path AND now.state = 'done'"
    " WHERE w.session = d.session AND w.state NOT IN ('refused', 'intended'))"
)
# Only deeds of which something can be taken back, or done again.
NEXT_DEED = (
    "SELECT d.id FROM deeds d LEFT JOIN sessions s ON s.id = d.session WHERE {which}"
    " AND CASE d.kind WHEN 'removal' THEN s.kind != 'trash' AND (d.undone_us IS NOT NULL OR {waits})"
    " ELSE d.kept_rows > 0 END ORDER BY d.turn DESC LIMIT 1"
)
NEXT_UNDO = NEXT_DEED.format(which="d.undone_us IS NULL", waits=_WAITS)
NEXT_REDO = NEXT_DEED.format(which="d.undone_us IS NOT NULL AND d.redoable = 1", waits=_WAITS)
# A photo by its number; in a folder that was taken out and added again by its place; else by content where that says which.
_PHOTO = (
    "coalesce((SELECT p.id FROM photos p WHERE p.id = m.photo_id AND p.content = m.content AND p.away = 0),"
    " (SELECT p.id FROM photos p WHERE p.volume = m.volume AND p.relative_path = m.relative_path"
    " AND p.content = m.content AND p.away = 0),"
    " (SELECT min(p.id) FROM photos p WHERE p.content = m.content AND p.away = 0 HAVING count(*) = 1))"
)
MARKS_OF_DEED = (
    f"SELECT id, mark, size_bytes FROM (SELECT {_PHOTO} AS id, m.{{mark}} AS mark, m.size_bytes FROM deed_marks m"  # noqa: S608 - fixed text
    " WHERE m.deed = ?) WHERE id IS NOT NULL GROUP BY id"
)


def deed_from(row: Row) -> Deed:
    """The deed of a row of ``ALL_DEEDS`` or ``ONE_DEED``."""
    id_, kind, origin, detail, at_us, undone_us, redoable = row[:7]
    keeps, rejects, clears, size, kept_rows, photos, waiting, purged, refused, session, disposal = row[7:]
    return Deed(
        id=id_,
        kind=DeedKind(kind),
        origin=origin,
        detail=detail,
        at=utc(at_us),
        undone_at=utc(undone_us),
        redoable=bool(redoable),
        keeps=keeps,
        rejects=rejects,
        clears=clears,
        size_bytes=size,
        kept_rows=kept_rows,
        photo_count=photos,
        waiting=waiting,
        purged=purged,
        refused=refused,
        session_id=session,
        disposal=None if disposal is None else DisposalKind(disposal),
    )

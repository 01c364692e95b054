"""The journal of decisions as it is read: all deeds, those about a photo of some name, and what one did."""

import os
from collections.abc import Sequence

from twinlens.catalog.connection import Connection
from twinlens.catalog.deed_rows import ALL_DEEDS, deed_from
from twinlens.catalog.journal_rows import RECEIPT_COLUMNS, receipt_from, utc
from twinlens.catalog.paths import absolute, name_key
from twinlens.domain.deed import Deed, DeedKind, DeedPhoto, DeedTurn
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import Receipt, StepState

_PHOTOS = (
    "SELECT p.id, v.mount_point, coalesce(p.relative_path, m.relative_path), m.size_bytes, m.before, m.after"
    " FROM deed_marks m LEFT JOIN photos p ON p.id = m.photo_id LEFT JOIN volumes v ON v.id = coalesce(p.volume, m.volume)"
    " WHERE m.deed = ? ORDER BY 3 LIMIT ?"
)
_PARTED = (
    "SELECT min(p.id), v.mount_point, p.relative_path, p.size_bytes FROM photos p JOIN volumes v ON v.id = p.volume"
    " WHERE p.content IN (SELECT first FROM deed_pairs WHERE deed = ?1 UNION SELECT second FROM deed_pairs WHERE deed = ?1)"
    " GROUP BY p.content ORDER BY 3 LIMIT ?2"
)
# The steps of a removal, or those that a deed put back, each as it stands now: done again or taken back by other sessions.
_STEPS = (
    f"SELECT {RECEIPT_COLUMNS} FROM steps WHERE id IN (SELECT max(now.id) FROM steps w JOIN steps now"  # noqa: S608 - fixed text
    " ON now.content = w.content AND now.path = w.path AND now.state != 'refused' WHERE w.state NOT IN ('refused', 'intended')"
    " AND (w.session = (SELECT session FROM deeds WHERE id = ?1) OR w.id IN (SELECT step FROM deed_steps WHERE deed = ?1))"
    " GROUP BY w.content, w.path) ORDER BY id LIMIT ?2"
)
_NAMED = (
    "SELECT deed FROM deed_marks WHERE instr(name_key, ?1)"
    " UNION SELECT d.id FROM deeds d JOIN steps s ON s.session = d.session WHERE instr(s.name_key, ?1)"
    " UNION SELECT g.deed FROM deed_steps g JOIN steps s ON s.id = g.step WHERE instr(s.name_key, ?1)"
    " UNION SELECT q.deed FROM deed_pairs q JOIN photos p ON p.content = q.first OR p.content = q.second"
    " WHERE instr(p.name_key, ?1)"
)
_LATER_MARKS = (
    "SELECT max(b.deed) FROM deed_marks a JOIN deed_marks b ON b.photo_id = a.photo_id JOIN deeds d ON d.id = b.deed"
    " WHERE a.deed = ?1 AND b.deed != ?1 AND d.undone_us IS NULL AND d.turn > (SELECT turn FROM deeds WHERE id = ?1)"
)
_SAME_PLACE = (
    "SELECT max(b.deed) FROM deed_marks a JOIN deed_marks b ON b.content = a.content AND b.volume = a.volume"
    " AND b.relative_path = a.relative_path JOIN deeds d ON d.id = b.deed"
    " WHERE a.deed = ?1 AND b.deed != ?1 AND d.undone_us IS NULL AND d.turn > (SELECT turn FROM deeds WHERE id = ?1)"
)
_KEYS = (
    "SELECT w.content, w.path FROM steps w WHERE w.session = (SELECT session FROM deeds WHERE id = ?1)"
    " AND w.state NOT IN ('refused', 'intended') UNION SELECT w.content, w.path FROM deed_steps g"
    " JOIN steps w ON w.id = g.step WHERE g.deed = ?1"
)
_LATER_FILES = (
    f"SELECT max(d.id) FROM ({_KEYS}) k JOIN steps w ON w.content = k.content AND w.path = k.path"  # noqa: S608 - fixed text
    " AND w.state NOT IN ('refused', 'intended') JOIN deeds d ON d.session = w.session"
    " OR d.id IN (SELECT g.deed FROM deed_steps g WHERE g.step = w.id)"
    " WHERE d.id != ?1 AND d.undone_us IS NULL AND d.turn > (SELECT turn FROM deeds WHERE id = ?1)"
)
_GONE = "SELECT count(*) FROM deed_marks m JOIN photos p ON p.id = m.photo_id WHERE m.deed = ? AND p.away = 1"


class DeedList:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self, limit: int = -1) -> list[Deed]:
        """All deeds, newest first."""
        return [
            deed_from(row) for row in self._db.rows(f"{ALL_DEEDS} ORDER BY d.at_us DESC, d.id DESC LIMIT ?", (limit,))
        ]

    def about(self, name: str) -> frozenset[int]:
        """The deeds with a photo whose name is or contains ``name``, without regard to case."""
        return frozenset(id_ for (id_,) in self._db.rows(_NAMED, (name_key(name),)))

    def photos(self, deed: Deed, limit: int = -1) -> list[DeedPhoto]:
        """The photos of a deed of marks or verdicts."""
        if deed.kind is DeedKind.MARKS:
            rows = self._db.rows(_PHOTOS, (deed.id, limit))
        else:
            rows = [(*row, None, None) for row in self._db.rows(_PARTED, (deed.id, limit))]
        return [
            DeedPhoto(
                photo_id=None if id_ is None else PhotoId(id_),
                path=os.fsdecode(path) if mount is None else absolute(os.fsdecode(mount), os.fsdecode(path)),
                size_bytes=size,
                before=Mark(before) if before else None,
                after=Mark(after) if after else None,
            )
            for id_, mount, path, size, before, after in rows
        ]

    def receipts(self, deed_id: int, limit: int = -1, states: Sequence[StepState] = ()) -> list[Receipt]:
        """The photos of a removal or restoring, each with where it is now."""
        found = [receipt_from(row) for row in self._db.rows(_STEPS, (deed_id, limit))]
        return [receipt for receipt in found if not states or receipt.state in states]

    def turns(self, deed_id: int) -> list[DeedTurn]:
        """When a deed was taken back and done again, in that order."""
        rows = self._db.rows("SELECT what, at_us FROM deed_turns WHERE deed = ? ORDER BY id", (deed_id,))
        return [DeedTurn(what == "undone", utc(at_us)) for what, at_us in rows]

    def contradiction(self, deed: Deed) -> int | None:
        """A later deed that holds and is about the same photos; None where there is none."""
        if deed.kind is DeedKind.VERDICTS:
            return None
        queries = (_LATER_FILES,) if deed.moves_files else (_LATER_MARKS, _SAME_PLACE)
        found = [self._db.number(query, (deed.id,)) for query in queries]
        return max(found) or None

    def gone_since(self, deed_id: int) -> int:
        """How many photos of a deed of marks have left their place."""
        return self._db.number(_GONE, (deed_id,))

    def deed_of_session(self, session_id: int) -> int | None:
        """The deed that a session belongs to: the one that it is, or the one that it does again."""
        query = (
            "SELECT coalesce((SELECT again_of FROM sessions WHERE id = ?1), (SELECT id FROM deeds WHERE session = ?1))"
        )
        return self._db.number(query, (session_id,)) or None

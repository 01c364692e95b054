"""The journal of decisions: each written together with what it decides, taken back and done again as a whole."""

import json
import time
from collections.abc import Mapping, Sequence

from twinlens.catalog.connection import Connection
from twinlens.catalog.deed_rows import MARKS_OF_DEED, NEXT_REDO, NEXT_UNDO, ONE_DEED, deed_from
from twinlens.domain.deed import Deed, DeedKind, MarkSet, Origin
from twinlens.domain.errors import NothingToUndo
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import Verdict

MOST_ROWS = 500_000  # photos and pairs of which the state before is kept, about 150 bytes each
MOST_DEEDS = 20_000
LOOKED_EVERY = 32  # deeds

_CHANGING = (
    " FROM json_each(?1) w JOIN photos p ON p.id = json_extract(w.value, '$[0]') AND p.away = 0"
    " LEFT JOIN marks m ON m.photo_id = p.id WHERE m.mark IS NOT json_extract(w.value, '$[1]')"
)
_ANY_CHANGE = f"SELECT EXISTS (SELECT 1 {_CHANGING})"
_NOTE_CHANGES = (
    "INSERT INTO deed_marks SELECT ?2, p.id, p.content, p.volume, p.relative_path, p.name_key, p.size_bytes,"
    f" m.mark, json_extract(w.value, '$[1]') {_CHANGING} GROUP BY p.id"
)
_SUM_UP = (
    "UPDATE deeds SET (keeps, rejects, clears, size_bytes, kept_rows) ="
    " (SELECT count(*) FILTER (WHERE after = 'keep'), count(*) FILTER (WHERE after = 'reject'),"
    " count(*) FILTER (WHERE after IS NULL), sum(size_bytes), count(*) FROM deed_marks WHERE deed = ?1) WHERE id = ?1"
)
_PUT_MARKS = (
    "INSERT INTO marks (photo_id, mark) SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
    " WHERE json_extract(value, '$[1]') IS NOT NULL ON CONFLICT (photo_id) DO UPDATE SET mark = excluded.mark"
)
_DROP_MARKS = (
    "DELETE FROM marks WHERE photo_id IN (SELECT json_extract(value, '$[0]') FROM json_each(?)"
    " WHERE json_extract(value, '$[1]') IS NULL)"
)
_LAST_MARKS = (
    "SELECT m.photo_id, m.after FROM deed_marks m JOIN deeds d ON d.id = m.deed JOIN photos p ON p.id = m.photo_id"
    " AND p.content = m.content AND p.away = 0 WHERE d.undone_us IS NULL"
    " AND m.photo_id IN (SELECT value FROM json_each(?)) ORDER BY d.turn"
)
# What is put back by hand comes without a mark, whatever it was when it went.
_COME_UNMARKED = (
    "INSERT INTO deed_marks SELECT g.deed, p.id, p.content, p.volume, p.relative_path, p.name_key, p.size_bytes, NULL, NULL"
    " FROM deed_steps g JOIN steps s ON s.id = g.step JOIN photos p ON p.content = s.content AND p.name_key = s.name_key"
    " AND p.away = 1 WHERE g.deed = ? GROUP BY p.id"
)
_FLIP = (
    "UPDATE deeds SET undone_us = ?2, redoable = ?2 IS NOT NULL,"
    " turn = (SELECT coalesce(max(turn), 0) + 1 FROM deeds) WHERE id = ?1"
)


class DeedTable:
    """Deeds of every kind. Marks and verdicts are written here; a removal becomes a deed by a trigger."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def mark(self, wanted: Mapping[PhotoId, Mark | None], origin: str = Origin.HAND, detail: str = "") -> int | None:
        """Mark photos, each in its own way, and note what they had; returns the deed, None where nothing changes.

        Photos that are not in the library are passed over.
        """
        pairs = json.dumps([[int(id_), None if mark is None else mark.value] for id_, mark in wanted.items()])
        with self._db.transaction():
            if not self._db.number(_ANY_CHANGE, (pairs,)):
                return None
            deed = self._begin(DeedKind.MARKS, origin, detail)
            self._db.run(_NOTE_CHANGES, (pairs, deed))
            known = "SELECT json_group_array(json_array(photo_id, after)) FROM deed_marks WHERE deed = ?"
            self._write_marks(str((self._db.row(known, (deed,)) or ("[]",))[0]))
            self._db.run(_SUM_UP, (deed,))
            self._stay_bounded()
        return deed

    def part(self, pairs: Sequence[tuple[bytes, bytes]], photo_count: int, size_bytes: int = 0) -> int | None:
        """Call pairs of contents no duplicates, of so many photos; returns the deed, None if all were called so before."""
        verdict = int(Verdict.NOT_DUPLICATES)
        query = "SELECT 1 FROM verdicts WHERE first = ? AND second = ? AND verdict = ?"
        ordered = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
        with self._db.transaction():
            fresh = [pair for pair in ordered if self._db.row(query, (*pair, verdict)) is None]
            if not fresh:
                return None
            deed = self._begin(DeedKind.VERDICTS, Origin.HAND, "")
            self._db.run_many("INSERT INTO deed_pairs VALUES (?, ?, ?)", [(deed, *pair) for pair in fresh])
            self._judge(deed, given=True)
            self._db.run(
                "UPDATE deeds SET clears = ?, size_bytes = ?, kept_rows = ? WHERE id = ?",
                (photo_count, size_bytes, len(fresh), deed),
            )
            self._stay_bounded()
        return deed

    def put_back(self, step_ids: Sequence[int]) -> int:
        """Single photos are about to be put back, by hand."""
        steps = json.dumps([int(step) for step in step_ids])
        with self._db.transaction():
            deed = self._begin(DeedKind.RESTORING, Origin.HAND, "")
            self._db.run("INSERT INTO deed_steps SELECT ?, value FROM json_each(?)", (deed, steps))
            self._db.run(
                "UPDATE deeds SET (clears, size_bytes, kept_rows) = (SELECT count(*), sum(size_bytes), count(*) FROM steps"
                " WHERE id IN (SELECT step FROM deed_steps WHERE deed = ?1)) WHERE id = ?1",
                (deed,),
            )
            self._db.run(_COME_UNMARKED, (deed,))
        return deed

    def get(self, deed_id: int) -> Deed:
        """One deed; raises NothingToUndo for a number that there is not."""
        row = self._db.row(ONE_DEED, (deed_id,))
        if row is None:
            raise NothingToUndo(f"There is no deed {deed_id}.")
        return deed_from(row)

    def next(self, *, undo: bool) -> Deed | None:
        """What one undo takes back now, or what one redo does again; None where there is nothing."""
        row = self._db.row(NEXT_UNDO if undo else NEXT_REDO)
        return None if row is None else self.get(row[0])

    def turn_marks(self, deed_id: int, *, undo: bool) -> list[MarkSet]:
        """Give the photos of a deed the marks they had before, or again those that it gave; returns what they have now."""
        column = "before" if undo else "after"
        with self._db.transaction():
            rows = self._db.rows(MARKS_OF_DEED.format(mark=column), (deed_id,))
            self._write_marks(json.dumps([[id_, mark] for id_, mark, _ in rows]))
            self._flip(deed_id, undo=undo)
        return [MarkSet(PhotoId(id_), Mark(mark) if mark else None, size) for id_, mark, size in rows]

    def turn_verdicts(self, deed_id: int, *, undo: bool) -> None:
        """Forget the verdicts that a deed gave, or give them again."""
        with self._db.transaction():
            self._judge(deed_id, given=not undo)
            self._flip(deed_id, undo=undo)

    def turn_files(self, deed_id: int, *, undo: bool) -> None:
        """Note that the photos of a removal have come back, or that those put back were put back again."""
        with self._db.transaction():
            if (self.get(deed_id).undone_at is None) == undo:
                self._flip(deed_id, undo=undo)

    def drop(self, deed_id: int) -> None:
        """Nothing came of it."""
        with self._db.transaction():
            self._db.run("DELETE FROM deeds WHERE id = ?", (deed_id,))

    def mark_again(self, photo_ids: Sequence[PhotoId]) -> None:
        """Photos that left and came back by an undo: give them the marks that the newest deed gave them."""
        with self._db.transaction():
            last: dict[int, str | None] = dict(
                self._db.rows(_LAST_MARKS, (json.dumps([int(id_) for id_ in photo_ids]),))
            )
            self._write_marks(json.dumps([[id_, mark] for id_, mark in last.items() if mark is not None]))

    def _begin(self, kind: DeedKind, origin: str, detail: str) -> int:
        return self._db.run(
            "INSERT INTO deeds (kind, origin, detail, at_us, turn)"
            " VALUES (?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM deeds))",
            (kind.value, str(origin), detail, _now_us()),
        )

    def _write_marks(self, pairs: str) -> None:
        self._db.run(_PUT_MARKS, (pairs,))
        self._db.run(_DROP_MARKS, (pairs,))

    def _judge(self, deed_id: int, *, given: bool) -> None:
        verdict = int(Verdict.NOT_DUPLICATES)
        if given:
            self._db.run(
                "INSERT INTO verdicts (first, second, verdict, at_us) SELECT first, second, ?, ? FROM deed_pairs"
                " WHERE deed = ? ON CONFLICT DO NOTHING",
                (verdict, _now_us(), deed_id),
            )
        else:
            self._db.run(
                "DELETE FROM verdicts WHERE verdict = ? AND (first, second) IN"
                " (SELECT first, second FROM deed_pairs WHERE deed = ?)",
                (verdict, deed_id),
            )

    def _flip(self, deed_id: int, *, undo: bool) -> None:
        now_us = _now_us()
        self._db.run(_FLIP, (deed_id, now_us if undo else None))
        self._db.run(
            "INSERT INTO deed_turns (deed, what, at_us) VALUES (?, ?, ?)",
            (deed_id, "undone" if undo else "redone", now_us),
        )

    def _stay_bounded(self) -> None:
        """Of the oldest deeds only the line stays, then not even that; the newest is always whole."""
        newest = self._db.number("SELECT max(id) FROM deeds")
        rows = self._db.number("SELECT kept_rows FROM deeds WHERE id = ?", (newest,))
        if newest % LOOKED_EVERY and rows < MOST_ROWS // 100:
            return  # nothing grows much by one deed
        surplus = self._db.number("SELECT sum(kept_rows) FROM deeds") - MOST_ROWS
        while surplus > 0:
            oldest = self._db.row(
                "SELECT id, kept_rows FROM deeds WHERE kept_rows > 0 AND id < ? ORDER BY id", (newest,)
            )
            if oldest is None:
                break
            self._db.run("DELETE FROM deed_marks WHERE deed = ?", (oldest[0],))
            self._db.run("DELETE FROM deed_pairs WHERE deed = ?", (oldest[0],))
            self._db.run("UPDATE deeds SET kept_rows = 0, redoable = 0 WHERE id = ?", (oldest[0],))
            surplus -= oldest[1]
        self._db.run(
            "DELETE FROM deeds WHERE kind IN ('marks', 'verdicts') AND id IN"
            " (SELECT id FROM deeds ORDER BY id DESC LIMIT -1 OFFSET ?)",
            (MOST_DEEDS,),
        )


def _now_us() -> int:
    return time.time_ns() // 1000

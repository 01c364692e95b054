"""The journal: what was removed, from where to where and why, written before a file is touched."""

import json
import os
import time
from collections.abc import Collection, Sequence

from msgspec import Struct

from twinlens.catalog.connection import Connection, Value
from twinlens.catalog.journal_places import volume_at
from twinlens.catalog.journal_rows import RECEIPT_COLUMNS, receipt_from, utc
from twinlens.catalog.paths import name_key
from twinlens.domain.plan import DisposalKind, Receipt, SessionSummary, StepState
from twinlens.domain.relation import PhotoClass, Transform

# Where a step may come from. UNDOING may return to DONE: the place was taken, and nothing was moved. So may PURGING.
LEGAL_ORIGINS: dict[StepState, frozenset[StepState]] = {
    StepState.INTENDED: frozenset(),
    StepState.DONE: frozenset({StepState.INTENDED, StepState.UNDOING, StepState.PURGING}),
    StepState.REFUSED: frozenset({StepState.INTENDED}),
    StepState.UNDOING: frozenset({StepState.DONE}),
    StepState.UNDONE: frozenset({StepState.UNDOING}),
    StepState.PURGING: frozenset({StepState.DONE}),
    StepState.PURGED: frozenset({StepState.PURGING}),
}


_INTENTS = (StepState.INTENDED, StepState.UNDOING, StepState.PURGING)


class NewStep(Struct, frozen=True):
    """A removal that is about to happen, or that its check has refused: ``refusal`` says why then.

    ``content`` and ``keeper_content`` are 16-byte content hashes.
    """

    kind: DisposalKind
    path: str
    resting_path: str | None
    size_bytes: int
    mtime_ns: int
    content: bytes
    keeper_path: str
    keeper_content: bytes
    photo_class: PhotoClass
    score: float
    transform: Transform
    reason: str
    refusal: str = ""


class JournalTable:
    """Sessions and their steps. A step only ever changes its state along ``LEGAL_ORIGINS``."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begin_session(self, kind: DisposalKind, rule: str, again_of: int | None = None) -> int:
        """Open a session, which is a deed from now on, or does the deed ``again_of`` again; returns its number."""
        with self._db.transaction():
            return self._db.run(
                "INSERT INTO sessions (kind, rule, started_us, again_of) VALUES (?, ?, ?, ?)",
                (kind.value, rule, _now_us(), again_of),
            )

    def intend(self, session_id: int, steps: Sequence[NewStep]) -> list[int]:
        """Write down what is about to happen, and what will not; it is on the disk when this returns. Returns the steps' numbers.

        Raises:
            RuntimeError: inside another transaction.
        """
        with self._db.synced_transaction():
            return [
                self._db.run(
                    "INSERT INTO steps (session, state, at_us, kind, path, name_key, resting_path, size_bytes, mtime_ns,"
                    " content, keeper_path, keeper_content, class_rank, score, transform, reason, volume, keeper_volume, error)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(session_id, _first_state(step).value, _now_us(), *_values(step)),
                        *(volume_at(self._db, step.path), volume_at(self._db, step.keeper_path)),
                        step.refusal or None,
                    ),
                )
                for step in steps
            ]

    def mark_steps(
        self,
        step_ids: Sequence[int],
        state: StepState,
        *,
        resting_path: str | None = None,
        error: str | None = None,
    ) -> None:
        """Bring steps into a new state, all of them or none.

        A ``resting_path`` that is given replaces the intended one; ``error`` is stored as it is, so that success
        clears an earlier one. ``UNDOING`` and ``PURGING`` are intents too, and are on the disk when this returns.

        Raises:
            ValueError: a step does not exist, or may not come into this state from the one it is in.
            RuntimeError: an intent inside another transaction.
        """
        wanted = json.dumps([int(step) for step in step_ids])
        intent = state in _INTENTS
        with self._db.synced_transaction() if intent else self._db.transaction():
            found = self._db.rows("SELECT id, state FROM steps WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
            for id_, before in found:
                if StepState(before) not in LEGAL_ORIGINS[state]:
                    raise ValueError(f"step {id_} is {before} and cannot become {state.value}")
            missing = set(map(int, step_ids)) - {id_ for id_, _ in found}
            if missing:
                raise ValueError(f"the journal has no step {min(missing)}")
            self._db.run(
                "UPDATE steps SET state = ?, resting_path = coalesce(?, resting_path), error = ?, at_us = ?"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (state.value, None if resting_path is None else os.fsencode(resting_path), error, _now_us(), wanted),
            )

    def finish_session(self, session_id: int) -> None:
        """Note that all steps of the session were carried out or refused."""
        with self._db.transaction():
            self._db.run("UPDATE sessions SET finished_us = ? WHERE id = ?", (_now_us(), session_id))

    def mark_session_undone(self, session_id: int) -> None:
        """Note that all steps that can be were taken back."""
        with self._db.transaction():
            self._db.run("UPDATE sessions SET undone_us = ? WHERE id = ?", (_now_us(), session_id))

    def sessions(self) -> list[SessionSummary]:
        """All sessions, newest first. ``size_bytes`` is the size of what was removed, taken back since or not."""
        rows = self._db.rows(
            "SELECT s.id, s.kind, s.rule, s.started_us, s.finished_us, s.undone_us,"
            " count(t.id) FILTER (WHERE t.state IN ('done', 'undoing', 'purging')),"
            " count(t.id) FILTER (WHERE t.state = 'refused'),"
            " count(t.id) FILTER (WHERE t.state = 'undone'), count(t.id) FILTER (WHERE t.state = 'purged'),"
            " coalesce(sum(t.size_bytes) FILTER (WHERE t.state NOT IN ('intended', 'refused')), 0)"
            " FROM sessions s LEFT JOIN steps t ON t.session = s.id GROUP BY s.id ORDER BY s.id DESC"
        )
        return [
            SessionSummary(id_, DisposalKind(kind), rule, utc(started), utc(finished), utc(undone), *counts)
            for id_, kind, rule, started, finished, undone, *counts in rows
        ]

    def removed_bytes(self) -> tuple[int, int]:
        """The bytes of all photos that were removed and not put back, and of those among them that wait in the quarantine."""
        (row,) = self._db.rows(
            "SELECT coalesce(sum(size_bytes), 0), coalesce(sum(size_bytes) FILTER (WHERE state <> ? AND kind = ?), 0)"
            " FROM steps WHERE state IN ('done', 'undoing', 'purging', 'purged') AND kind NOT IN ('move', 'copy')",
            (StepState.PURGED.value, DisposalKind.QUARANTINE.value),
        )
        return row

    def removed_scores(self) -> list[tuple[PhotoClass, float, int]]:
        """How sure the matches were by which photos were removed and not put back: class, score in 1/10,000, how many."""
        rows = self._db.rows(
            "SELECT class_rank, round(score, 4) AS about, count(*) FROM steps"
            " WHERE state IN ('done', 'undoing', 'purging', 'purged') AND kind <> 'copy' GROUP BY class_rank, about"
        )
        kinds = {kind.rank: kind for kind in PhotoClass}
        return [(kinds[rank], score, count) for rank, score, count in rows]

    def receipts(self, session_id: int | None = None, states: Collection[StepState] = ()) -> list[Receipt]:
        """Steps in the order they were intended: of one session or all, in these states or any."""
        return self._receipts(
            "WHERE (?1 IS NULL OR session = ?1)"
            " AND (json_array_length(?2) = 0 OR state IN (SELECT value FROM json_each(?2)))",
            (session_id, json.dumps(sorted(state.value for state in states))),
        )

    def unsettled(self) -> list[Receipt]:
        """Steps that were announced and not concluded: an apply, an undo or an emptying was interrupted."""
        return self.receipts(states=_INTENTS)

    def led_to(self) -> frozenset[str]:
        """The photos that symbolic links made here lead to: without them these would lead nowhere."""
        rows = self._db.rows(
            "SELECT DISTINCT keeper_path FROM steps WHERE kind = ? AND state IN ('intended', 'done', 'undoing')",
            (DisposalKind.SYMLINK.value,),
        )
        return frozenset(os.fsdecode(path) for (path,) in rows)

    def own_time_ns(self, path: str, content: bytes) -> int | None:
        """The modification time that a photo had before it became a hard link; None where it is none of ours."""
        found = self._db.row(
            "SELECT mtime_ns FROM steps WHERE content = ? AND path = ? AND kind = ? AND state IN ('done', 'undoing')"
            " ORDER BY id LIMIT 1",
            (content, os.fsencode(path), DisposalKind.HARDLINK.value),
        )
        return None if found is None else int(found[0])

    def offline(self, step_ids: Sequence[int]) -> set[int]:
        """Which of these steps are about a photo on a volume that is not here."""
        rows = self._db.rows(
            "SELECT s.id FROM steps s JOIN volumes v ON v.id = s.volume AND v.online = 0"
            " WHERE s.id IN (SELECT value FROM json_each(?))",
            (json.dumps([int(step) for step in step_ids]),),
        )
        return {id_ for (id_,) in rows}

    def search(self, name: str) -> list[Receipt]:
        """Steps whose file's name is or contains ``name``, without regard to case."""
        return self._receipts("WHERE instr(name_key, ?)", (name_key(name),))

    def _receipts(self, where: str, values: Sequence[Value]) -> list[Receipt]:
        return [
            receipt_from(row)
            for row in self._db.rows(f"SELECT {RECEIPT_COLUMNS} FROM steps {where} ORDER BY id", values)  # noqa: S608
        ]


def _first_state(step: NewStep) -> StepState:
    """What failed its check is never an intent: after a crash nobody may take it for something that was done."""
    return StepState.REFUSED if step.refusal else StepState.INTENDED


def _values(step: NewStep) -> tuple[Value, ...]:
    return (
        step.kind.value,
        os.fsencode(step.path),
        name_key(step.path),
        None if step.resting_path is None else os.fsencode(step.resting_path),
        step.size_bytes,
        step.mtime_ns,
        step.content,
        os.fsencode(step.keeper_path),
        step.keeper_content,
        step.photo_class.rank,
        float(step.score),
        step.transform.code,
        step.reason,
    )


def _now_us() -> int:
    return time.time_ns() // 1000

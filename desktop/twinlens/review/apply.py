"""Carry a plan out: verify, write the intent down, act, write down what became of it; batch by batch."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.catalog.journal import NewStep
from twinlens.disposal.manifest import Move
from twinlens.disposal.registry import BatchedDisposal, disposal_for
from twinlens.disposal.wording import shown
from twinlens.domain.errors import StepRefused
from twinlens.domain.events import StepsDone
from twinlens.domain.plan import DisposalKind, Plan, PlannedGroup, PlannedRemoval, Receipt, StepState
from twinlens.domain.ports import Emit, GoOn, JobControl, no_events
from twinlens.library.open import Library
from twinlens.review.managed import refuse_managed
from twinlens.review.presence import LEAVES_ITS_PLACE, SHARES_ITS_BYTES, done_with, hide
from twinlens.review.protection import ProtectionGuard
from twinlens.review.settle import settle_interrupted
from twinlens.review.validate import validate
from twinlens.review.verification import Cleared, Verification

BATCH = 100  # one sync of the journal and one of the disks for so many photos
FREES_NOTHING = (DisposalKind.MOVE, DisposalKind.COPY)
STOPPED = "Stopped before its turn; the photo was not touched."

Work = tuple[PlannedGroup, PlannedRemoval]


class ApplyReport(Struct, frozen=True):
    """What an apply did. ``done``: receipts, or the planned removals that would pass in a dry run (``session_id`` None).

    ``refused``: path and reason. ``waiting``: those whose volume is not here.
    ``freed_bytes`` is what a later emptying of the quarantine can free.
    """

    session_id: int | None
    done: tuple[Receipt | PlannedRemoval, ...]
    refused: tuple[tuple[str, str], ...]
    stopped: bool
    waiting: int = 0

    @property
    def freed_bytes(self) -> int:
        """The size of all photos that went, into a quarantine or trash, or whose bytes are stored once now."""
        return sum(
            step.size_bytes for step in self.done if not isinstance(step, Receipt) or step.kind not in FREES_NOTHING
        )


def apply_plan(
    library: Library,
    plan: Plan,
    kind: DisposalKind = DisposalKind.QUARANTINE,
    *,
    quarantine_folder: str | None = None,
    folder: str | None = None,
    dry_run: bool = False,
    allow_without_copy: bool = False,
    disposal: BatchedDisposal | None = None,
    control: JobControl | None = None,
    emit: Emit = no_events,
    again_of: int | None = None,
) -> ApplyReport:
    """Carry out what the plan removes. A step that fails its check drops out with its reason; the others go on.

    An interrupted session is settled first. ``disposal`` replaces the one of ``kind``. Stopping keeps what is done.
    ``folder``: where photos are moved or copied to. ``again_of``: the deed that is done again by this, which is no new one then.

    Raises:
        PlanInvalid: The plan as a whole may not be carried out; nothing was touched.
    """
    if not dry_run:
        settle_interrupted(library)
    validate(plan, library, allow_without_copy=allow_without_copy)
    work = list(plan.steps)
    removed_paths = frozenset(step.path for _, step in work)
    chosen = disposal or disposal_for(kind, quarantine_folder, folder)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="verify") as executor:
        verification = Verification(library.catalog(), removed_paths, executor)
        guard = ProtectionGuard(library.catalog())
        led_to = library.catalog().journal.led_to()
        run = _Run(library, verification, guard, chosen, kind, control or GoOn(), emit, len(work), led_to)
        try:
            return run.rehearse(work) if dry_run else run.perform(work, shown(plan.rule), again_of)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)  # stopped: nobody asks for the rest


class _Checked(Struct, frozen=True):
    """A step after its verification: cleared, or the reason why not."""

    step: PlannedRemoval
    keeper_path: str
    cleared: Cleared | None
    reason: str


@dataclass(slots=True)
class _Run:
    """One apply in the making."""

    library: Library
    verification: Verification
    guard: ProtectionGuard
    disposal: BatchedDisposal
    kind: DisposalKind
    control: JobControl
    emit: Emit
    total: int
    led_to: frozenset[str]
    refused: list[tuple[str, str]] = field(default_factory=list)
    done: int = 0
    stopped: bool = False

    def rehearse(self, work: Sequence[Work]) -> ApplyReport:
        would_go: list[PlannedRemoval] = []
        for batch in _batches(work):
            for checked in self._verify(batch):
                if checked.cleared is None:
                    self.refused.append((checked.step.path, checked.reason))
                else:
                    would_go.append(checked.step)
            self.done = len(would_go)
            self._tell()
        return ApplyReport(None, tuple(would_go), tuple(self.refused), self.stopped)

    def perform(self, work: Sequence[Work], rule: str, again_of: int | None) -> ApplyReport:
        journal = self.library.catalog().journal
        session_id = journal.begin_session(self.kind, rule, again_of)
        batches = list(_batches(work))
        for number, batch in enumerate(batches, 1):
            if self.stopped or not self.control.proceed():
                self.stopped = True
                break
            verified = self._verify(batch)
            # Keepers of the next batch are read while this one is written; that they stay as read is seen at each act.
            self.verification.begin_proofs(group for after in batches[number : number + 1] for group, _ in after)
            self._perform_batch(session_id, verified)
            self._tell()
        journal.finish_session(session_id)
        done = tuple(journal.receipts(session_id, (StepState.DONE,)))
        return ApplyReport(session_id, done, tuple(self.refused), self.stopped)

    def _verify(self, batch: Sequence[Work]) -> list[_Checked]:
        self.verification.begin_proofs(group for group, _ in batch)
        return [self._verify_one(group, step) for group, step in batch]

    def _verify_one(self, group: PlannedGroup, step: PlannedRemoval) -> _Checked:
        keeper_path = group.keep[0] if group.keep else ""
        if self.stopped or not self.control.proceed():
            self.stopped = True
            return _Checked(step, keeper_path, None, STOPPED)
        try:
            refuse_managed(step.path)
            self._refuse_led_to(step.path)
            self.guard.refuse_protected(step.path)
            self.disposal.check(step.path)
            cleared = self.verification.clear(group, step)
        except StepRefused as refused:
            return _Checked(step, keeper_path, None, str(refused))
        return _Checked(step, cleared.keeper.path if cleared.keeper else "", cleared, "")

    def _perform_batch(self, session_id: int, batch: Sequence[_Checked]) -> None:
        catalog = self.library.catalog()
        destinations = [
            self.disposal.destination(checked.step.path, session_id) if checked.cleared else None for checked in batch
        ]
        new_steps = [self._new_step(*pair) for pair in zip(batch, destinations, strict=True)]
        step_ids = catalog.journal.intend(session_id, new_steps)
        reasons = self._announced(batch, destinations)
        done: list[int] = []
        try:
            for at, checked in enumerate(batch):
                reasons[at] = reasons[at] or checked.reason or self._act(checked, destinations[at])
                if not reasons[at]:
                    done.append(at)
        finally:
            # In a crash of this program too: what happened to the photos handled so far is known and written down.
            self.disposal.sync()
            self._conclude(catalog, batch, step_ids, done, reasons)

    def _announced(self, batch: Sequence[_Checked], destinations: Sequence[str | None]) -> dict[int, str]:
        """Write the batch into the manifests; when that fails, the reason for all that would have moved."""
        moves = [
            Move(checked.step.path, destination, checked.keeper_path)
            for checked, destination in zip(batch, destinations, strict=True)
            if destination is not None
        ]
        try:
            self.disposal.announce(moves)
        except StepRefused as refused:
            return {at: batch[at].reason or str(refused) for at in range(len(batch))}
        return dict.fromkeys(range(len(batch)), "")

    def _act(self, checked: _Checked, destination: str | None) -> str:
        """Remove one photo; the reason when it could not be."""
        if checked.cleared is None or not self.control.proceed():
            self.stopped = True
            return STOPPED
        try:
            self.guard.refuse_protected(checked.step.path)
            self.verification.still_stands(checked.cleared)
            self.disposal.dispose(checked.step.path, destination, checked.keeper_path)
        except StepRefused as refused:
            return str(refused)
        return ""

    def _conclude(
        self,
        catalog: Catalog,
        batch: Sequence[_Checked],
        step_ids: Sequence[int],
        done: Sequence[int],
        reasons: dict[int, str],
    ) -> None:
        with catalog.transaction():
            catalog.journal.mark_steps([step_ids[at] for at in done], StepState.DONE)
            for at, reason in reasons.items():
                if not reason:
                    continue
                self.refused.append((batch[at].step.path, reason))
                if not batch[at].reason:  # or it was written as refused already
                    catalog.journal.mark_steps([step_ids[at]], StepState.REFUSED, error=reason)
            if self.kind in LEAVES_ITS_PLACE:
                hide(self.library, [batch[at].step.path for at in done])
            elif self.kind in SHARES_ITS_BYTES:
                done_with(self.library, [batch[at].step.path for at in done])
        self.done += len(done)

    def _new_step(self, checked: _Checked, destination: str | None) -> NewStep:
        step, cleared = checked.step, checked.cleared
        keeper = cleared.keeper if cleared else None
        return NewStep(
            kind=self.kind,
            path=step.path,
            resting_path=destination,
            size_bytes=step.size_bytes,
            mtime_ns=self._own_time_ns(cleared) if cleared else 0,
            content=bytes.fromhex(step.content_hex),
            keeper_path=checked.keeper_path,
            keeper_content=keeper.content if keeper else b"",
            photo_class=step.photo_class,
            score=step.score,
            transform=step.transform,
            reason=shown(step.reason),
            refusal=checked.reason,
        )

    def _refuse_led_to(self, path: str) -> None:
        if path in self.led_to and self.kind in LEAVES_ITS_PLACE:
            raise StepRefused(f"Symbolic links made earlier lead to {shown(path)}: take those back first.")

    def _own_time_ns(self, cleared: Cleared) -> int:
        """The time to give back. A hard link that is linked once more shows the time of the other name by now."""
        known = None
        if self.kind is DisposalKind.HARDLINK:
            content = bytes.fromhex(cleared.step.content_hex)
            known = self.library.catalog().journal.own_time_ns(cleared.step.path, content)
        return cleared.identity.mtime_ns if known is None else known

    def _tell(self) -> None:
        self.emit(StepsDone(self.done, self.total, len(self.refused)))


def _batches(work: Sequence[Work]) -> Iterator[Sequence[Work]]:
    for start in range(0, len(work), BATCH):
        yield work[start : start + BATCH]

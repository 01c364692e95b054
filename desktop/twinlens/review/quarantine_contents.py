"""What waits in quarantine, and its removal for good."""

import os
from collections.abc import Sequence

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.disposal.quarantine import remove_for_good
from twinlens.disposal.regular_file import FileIdentity, identity_at, open_regular
from twinlens.disposal.wording import shown
from twinlens.domain.errors import StepRefused
from twinlens.domain.events import StepsDone
from twinlens.domain.plan import DisposalKind, Receipt, StepState
from twinlens.domain.ports import Emit, GoOn, JobControl, no_events
from twinlens.library.open import Library
from twinlens.review.presence import forget
from twinlens.review.settle import settle_interrupted
from twinlens.review.verification import hash_of_open_file

BATCH = 50


class PurgeReport(Struct, frozen=True):
    """What was removed for good. ``freed_bytes`` counts only bytes that no other hard link holds."""

    purged: tuple[Receipt, ...]
    refused: tuple[tuple[str, str], ...]
    freed_bytes: int
    stopped: bool = False


def waiting(catalog: Catalog) -> list[Receipt]:
    """All photos in quarantine, in the order in which they went."""
    return [
        receipt
        for receipt in catalog.journal.receipts(states=(StepState.DONE,))
        if receipt.kind is DisposalKind.QUARANTINE
    ]


def purge(
    library: Library,
    step_ids: Sequence[int],
    *,
    allow_without_copy: bool = False,
    control: JobControl | None = None,
    emit: Emit = no_events,
) -> PurgeReport:
    """Delete these photos from the quarantine. Each is checked: it is the photo that went, and its keeper still lives.

    ``allow_without_copy`` deletes also those whose keeper is gone or changed: an explicit choice, never a default.
    """
    settle_interrupted(library)
    wanted = set(step_ids)
    receipts = [receipt for receipt in waiting(library.catalog()) if receipt.step_id in wanted]
    run = _Purge(library, allow_without_copy)
    for start in range(0, len(receipts), BATCH):
        if control is not None and not control.proceed():
            return run.report(stopped=True)
        run.purge(receipts[start : start + BATCH], control or GoOn())
        emit(StepsDone(len(run.purged), len(receipts), len(run.refused)))
    return run.report(stopped=False)


class _Purge:
    """One emptying in the making; a keeper of many is hashed once."""

    def __init__(self, library: Library, allow_without_copy: bool) -> None:
        self._library = library
        self._allow_without_copy = allow_without_copy
        self._alive: dict[tuple[str, str], bool] = {}
        self._freed_bytes = 0
        self.purged: list[Receipt] = []
        self.refused: list[tuple[str, str]] = []

    def purge(self, batch: Sequence[Receipt], control: JobControl) -> None:
        cleared = self._cleared(batch, control)
        journal = self._library.catalog().journal
        journal.mark_steps([receipt.step_id for receipt, _ in cleared], StepState.PURGING)
        gone: list[Receipt] = []
        stayed: list[tuple[Receipt, str]] = []
        for receipt, identity in cleared:
            try:
                self._freed_bytes += _remove(receipt, identity)
                gone.append(receipt)
            except StepRefused as refused:
                stayed.append((receipt, str(refused)))
        with self._library.catalog().transaction():
            journal.mark_steps([receipt.step_id for receipt in gone], StepState.PURGED)
            for receipt, reason in stayed:
                journal.mark_steps([receipt.step_id], StepState.DONE, error=reason)
            forget(self._library, [receipt.path for receipt in gone])
        self.purged += gone
        self.refused += [(receipt.path, reason) for receipt, reason in stayed]

    def _cleared(self, batch: Sequence[Receipt], control: JobControl) -> list[tuple[Receipt, FileIdentity]]:
        """Those that may go for good, each with the file that was looked at."""
        absent = self._library.catalog().journal.offline([receipt.step_id for receipt in batch])
        cleared: list[tuple[Receipt, FileIdentity]] = []
        for receipt in batch:
            if not control.proceed():
                break
            if receipt.step_id in absent:
                self.refused.append((receipt.path, f"{shown(receipt.path)} waits on a volume that is not here."))
                continue
            try:
                cleared.append((receipt, self._check(receipt)))
            except StepRefused as refused:
                self.refused.append((receipt.path, str(refused)))
        return cleared

    def report(self, *, stopped: bool) -> PurgeReport:
        return PurgeReport(tuple(self.purged), tuple(self.refused), self._freed_bytes, stopped)

    def _check(self, receipt: Receipt) -> FileIdentity:
        resting = receipt.resting_path
        if resting is None:
            raise StepRefused(f"It is not known where {shown(receipt.path)} rests.")
        if identity_at(resting) is None:
            raise StepRefused(f"{shown(resting)} is not there; nothing was removed.")
        if not self._allow_without_copy and not self._keeper_lives(receipt):
            raise StepRefused(f"{shown(receipt.path)} stays in quarantine: no copy of it could be verified.")
        with open_regular(resting) as descriptor:
            if hash_of_open_file(descriptor).hex() != receipt.content_hex:
                raise StepRefused(f"{shown(resting)} is not the photo that went there; look at it first.")
            return FileIdentity.of(os.fstat(descriptor))

    def _keeper_lives(self, receipt: Receipt) -> bool:
        """Whether the content that was kept still exists: at its place, or wherever the catalog knows it now."""
        content_hex = receipt.keeper_content_hex
        if not content_hex:
            return False
        others = self._library.catalog().photos.with_content(bytes.fromhex(content_hex))
        paths = dict.fromkeys([receipt.keeper_path, *(photo.path for photo in others if photo.online)])
        return any(self._holds(path, content_hex) for path in paths if path != receipt.resting_path)

    def _holds(self, path: str, content_hex: str) -> bool:
        key = (path, content_hex)
        if key not in self._alive:
            try:
                with open_regular(path) as descriptor:
                    self._alive[key] = hash_of_open_file(descriptor).hex() == content_hex
            except StepRefused:
                self._alive[key] = False
        return self._alive[key]


def _remove(receipt: Receipt, checked: FileIdentity) -> int:
    resting = receipt.resting_path or ""
    if identity_at(resting) != checked:
        raise StepRefused(f"{shown(resting)} changed at the last moment; it stays.")
    return remove_for_good(resting)

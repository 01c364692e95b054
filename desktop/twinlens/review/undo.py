"""Take a removal back: a session, or single steps of it."""

import os
from collections.abc import Sequence

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.disposal.registry import BatchedDisposal, disposal_for
from twinlens.disposal.regular_file import refuse_detour
from twinlens.disposal.wording import shown, why
from twinlens.domain.deed import DeedKind
from twinlens.domain.errors import NothingToUndo, StepRefused
from twinlens.domain.events import StepsDone
from twinlens.domain.plan import DisposalKind, Receipt, StepState
from twinlens.domain.ports import Emit, GoOn, JobControl, no_events
from twinlens.library.open import Library
from twinlens.review.given_back import give_its_time, holds_its_content
from twinlens.review.presence import LEAVES_ITS_PLACE, SHARES_ITS_BYTES, show
from twinlens.review.settle import settle_interrupted

BATCH = 100
_SHARING = (DisposalKind.HARDLINK, DisposalKind.REFLINK, DisposalKind.SYMLINK)


class UndoReport(Struct, frozen=True):
    """What was put back. ``refused``: path and reason; those photos rest where they were. ``session_id``: None for steps."""

    session_id: int | None
    restored: tuple[Receipt, ...]
    refused: tuple[tuple[str, str], ...]
    stopped: bool = False


def undo_session(
    library: Library,
    session_id: int | None = None,
    control: JobControl | None = None,
    emit: Emit = no_events,
    *,
    disposal: BatchedDisposal | None = None,
) -> UndoReport:
    """Put back what a session removed, the newest one that is not yet undone unless one is named.

    Raises:
        NothingToUndo: No session is left, or the one named removed nothing that still waits.
    """
    settle_interrupted(library)
    journal = library.catalog().journal
    chosen = _newest(library) if session_id is None else session_id
    receipts = [] if chosen is None else journal.receipts(chosen, (StepState.DONE,))
    if chosen is None:
        raise NothingToUndo("There is nothing to take back.")
    if not receipts:
        raise NothingToUndo(f"Session {chosen} has nothing that could be taken back.")
    report = bring_back(library, receipts[::-1], control or GoOn(), emit, disposal, marks_again=True)
    if report.restored and not report.stopped:
        _note_undone(library.catalog(), chosen)
    return UndoReport(chosen, report.restored, report.refused, report.stopped)


def restore_steps(
    library: Library,
    step_ids: Sequence[int],
    control: JobControl | None = None,
    emit: Emit = no_events,
    *,
    disposal: BatchedDisposal | None = None,
) -> UndoReport:
    """Put single photos back, a deed of its own; raises NothingToUndo when none of these steps waits."""
    settle_interrupted(library)
    journal = library.catalog().journal
    wanted = set(step_ids)
    receipts = [receipt for receipt in journal.receipts(states=(StepState.DONE,)) if receipt.step_id in wanted]
    if not receipts:
        raise NothingToUndo("None of these photos waits to be put back.")
    deed = library.catalog().deeds.put_back([receipt.step_id for receipt in receipts])
    report = bring_back(library, receipts[::-1], control or GoOn(), emit, disposal, marks_again=False)
    if not report.restored:
        library.catalog().deeds.drop(deed)
    for session in {receipt.session_id for receipt in report.restored}:
        if not journal.receipts(session, (StepState.DONE,)):
            journal.mark_session_undone(session)
    return report


def _newest(library: Library) -> int | None:
    for session in library.catalog().journal.sessions():
        if session.undone_at is None and session.done and session.kind is not DisposalKind.TRASH:
            return session.id
    return None


def _note_undone(catalog: Catalog, session_id: int) -> None:
    """The session is taken back, and with it the deed that it is, or did again."""
    with catalog.transaction():
        catalog.journal.mark_session_undone(session_id)
        deed_id = catalog.deed_list.deed_of_session(session_id)
        if deed_id is not None:
            catalog.deeds.turn_files(deed_id, undo=catalog.deeds.get(deed_id).kind is DeedKind.REMOVAL)


def bring_back(
    library: Library,
    receipts: Sequence[Receipt],
    control: JobControl,
    emit: Emit,
    disposal: BatchedDisposal | None = None,
    *,
    marks_again: bool,
) -> UndoReport:
    """Put these photos back, in this order; ``marks_again``: with the marks that they had when they went."""
    restored: list[Receipt] = []
    refused: list[tuple[str, str]] = []
    for start in range(0, len(receipts), BATCH):
        if not control.proceed():
            return UndoReport(None, tuple(restored), tuple(refused), stopped=True)
        batch, absent = _with_volume(library, receipts[start : start + BATCH])
        refused += [(receipt.path, f"{shown(receipt.path)} waits on a volume that is not here.") for receipt in absent]
        for kind in dict.fromkeys(receipt.kind for receipt in batch):
            same_kind = [receipt for receipt in batch if receipt.kind is kind]
            back, failed = _restore_batch(library, same_kind, disposal or disposal_for(kind), marks_again)
            restored += back
            refused += failed
        emit(StepsDone(len(restored), len(receipts), len(refused)))
    return UndoReport(None, tuple(restored), tuple(refused))


def _with_volume(library: Library, batch: Sequence[Receipt]) -> tuple[list[Receipt], list[Receipt]]:
    """Those whose volume is here, and those for which another may lie at their paths."""
    absent = library.catalog().journal.offline([receipt.step_id for receipt in batch])
    here = [receipt for receipt in batch if receipt.step_id not in absent]
    return here, [receipt for receipt in batch if receipt.step_id in absent]


def _restore_batch(
    library: Library, batch: Sequence[Receipt], disposal: BatchedDisposal, marks_again: bool
) -> tuple[list[Receipt], list[tuple[str, str]]]:
    catalog = library.catalog()
    catalog.journal.mark_steps([receipt.step_id for receipt in batch], StepState.UNDOING)
    restored: list[Receipt] = []
    failed: list[tuple[Receipt, str]] = []
    try:
        for receipt in batch:
            try:
                put_back(disposal, receipt)
                restored.append(receipt)
            except StepRefused as refused:
                failed.append((receipt, str(refused)))
    finally:
        disposal.sync()
        with catalog.transaction():
            catalog.journal.mark_steps([receipt.step_id for receipt in restored], StepState.UNDONE)
            for receipt, reason in failed:
                catalog.journal.mark_steps([receipt.step_id], StepState.DONE, error=reason)
            ids = show(library, [receipt.path for receipt in restored if receipt.kind in LEAVES_ITS_PLACE])
            if marks_again:
                shared = [receipt.path for receipt in restored if receipt.kind in SHARES_ITS_BYTES]
                catalog.deeds.mark_again([*ids, *(photo.id for photo in catalog.photos.by_paths(shared).values())])
    return restored, [(receipt.path, reason) for receipt, reason in failed]


def put_back(disposal: BatchedDisposal, receipt: Receipt) -> None:
    """Restore one photo with its times; raises StepRefused with all as it was."""
    refuse_detour(receipt.path)
    if receipt.kind in _SHARING:
        leads_to = os.path.realpath(receipt.path) if receipt.kind is DisposalKind.SYMLINK else receipt.path
        if not holds_its_content(leads_to, receipt):
            raise StepRefused(f"{shown(receipt.path)} was changed since it was linked; it stays as it is.")
    disposal.restore(receipt.path, receipt.resting_path)
    if receipt.kind in (DisposalKind.HARDLINK, DisposalKind.SYMLINK):
        set_times(receipt)


def set_times(receipt: Receipt) -> None:
    """Give a photo that was a hard link its own times again."""
    try:
        give_its_time(receipt)
    except OSError as error:
        raise StepRefused(f"{shown(receipt.path)} is back, but not its times: {why(error)}.") from error

"""Deeds that move files, taken back and done again: each file checked as if for the first time."""

from collections.abc import Sequence

from twinlens.catalog.database import Catalog
from twinlens.disposal.elsewhere import folder_behind
from twinlens.disposal.wording import shown
from twinlens.domain.deed import Deed, DeedKind
from twinlens.domain.errors import NothingToUndo
from twinlens.domain.plan import DisposalKind, Plan, PlannedGroup, PlannedRemoval, Receipt, StepState
from twinlens.domain.ports import Emit, GoOn, JobControl, no_events
from twinlens.library.open import Library
from twinlens.review.apply import ApplyReport, apply_plan
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import UndoReport, bring_back


def turn_files(
    library: Library,
    deed_id: int,
    *,
    undo: bool,
    control: JobControl | None = None,
    emit: Emit = no_events,
    quarantine_folder: str | None = None,
) -> ApplyReport | UndoReport:
    """Take a removal or a restoring back, or do it again: photos return, or leave once more.

    Raises:
        NothingToUndo: none of its photos is where it would have to be.
        PlanInvalid: they may not leave again; nothing was touched.
    """
    settle_interrupted(library)
    catalog = library.catalog()
    deed = catalog.deeds.get(deed_id)
    if (deed.kind is DeedKind.REMOVAL) == undo:
        return _bring_back(library, deed, control or GoOn(), emit)
    plan = plan_again(catalog, deed)
    return apply_plan(
        library,
        plan,
        deed.disposal or DisposalKind.QUARANTINE,
        quarantine_folder=quarantine_folder,
        folder=_folder_named(catalog, deed),
        allow_without_copy=any(not group.keep for group in plan.groups),  # asked for when it was done first
        control=control,
        emit=emit,
        again_of=deed_id,
    )


def _bring_back(library: Library, deed: Deed, control: JobControl, emit: Emit) -> UndoReport:
    catalog = library.catalog()
    receipts = catalog.deed_list.receipts(deed.id, states=(StepState.DONE,))
    if not receipts:
        raise NothingToUndo("None of these photos waits to be put back.")
    is_removal = deed.kind is DeedKind.REMOVAL
    report = bring_back(library, receipts[::-1], control, emit, marks_again=is_removal)
    if report.restored and not report.stopped:
        with catalog.transaction():
            for session in {receipt.session_id for receipt in receipts}:
                if not catalog.journal.receipts(session, (StepState.DONE,)):
                    catalog.journal.mark_session_undone(session)
            catalog.deeds.turn_files(deed.id, undo=is_removal)
    return report


def plan_again(catalog: Catalog, deed: Deed) -> Plan:
    """The plan by which the photos of a deed leave once more: those that are at their place with the same content.

    Raises:
        NothingToUndo: there is none.
    """
    receipts = catalog.deed_list.receipts(deed.id, states=(StepState.UNDONE,))
    groups: dict[tuple[str, str], list[Receipt]] = {}
    for receipt in receipts:
        if _is_there(catalog, receipt.path, receipt.content_hex) and (
            not receipt.keeper_path or catalog.photos.by_path(receipt.keeper_path) is not None
        ):
            groups.setdefault((receipt.keeper_path, receipt.photo_class.value), []).append(receipt)
    if not groups:
        names = ", ".join(shown(receipt.path) for receipt in receipts[:3])
        raise NothingToUndo(f"This cannot be done again: the photos or what was kept of them changed. {names}".strip())
    planned = [
        PlannedGroup(f"again-{at}", group[0].photo_class, (keeper,) if keeper else (), tuple(_removals(group)))
        for at, ((keeper, _), group) in enumerate(groups.items())
    ]
    return Plan(deed.detail, tuple(planned))


def _folder_named(catalog: Catalog, deed: Deed) -> str | None:
    """The folder to which the photos of a deed were moved or copied."""
    if deed.disposal not in (DisposalKind.MOVE, DisposalKind.COPY):
        return None
    receipts = catalog.deed_list.receipts(deed.id, states=(StepState.UNDONE,))
    folders = (folder_behind(receipt.path, receipt.resting_path) for receipt in receipts if receipt.resting_path)
    return next((folder for folder in folders if folder), None)


def _is_there(catalog: Catalog, path: str, content_hex: str) -> bool:
    photo = catalog.photos.by_path(path)
    return photo is not None and photo.content.hex() == content_hex and photo.online


def _removals(receipts: Sequence[Receipt]) -> list[PlannedRemoval]:
    return [
        PlannedRemoval(
            receipt.path,
            receipt.size_bytes,
            receipt.content_hex,
            receipt.reason,
            receipt.photo_class,
            receipt.score,
            receipt.transform,
        )
        for receipt in receipts
    ]

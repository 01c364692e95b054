"""After a crash: look at the disk for every step that was announced and not concluded, and finish it or roll it back."""

import os

from msgspec import Struct

from twinlens.disposal.links import forget_beside
from twinlens.disposal.manifest import tidy
from twinlens.disposal.placement import QUARANTINE_NAME
from twinlens.disposal.regular_file import identity_at
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused
from twinlens.domain.plan import DisposalKind, Receipt, StepState
from twinlens.library.open import Library
from twinlens.review.given_back import give_its_time, holds_its_content
from twinlens.review.presence import LEAVES_ITS_PLACE, forget, hide, show


class _Outcome(Struct, frozen=True):
    """What the disk shows. ``state``: None leaves the step for later."""

    state: StepState | None
    sentence: str


def settle_interrupted(library: Library) -> list[str]:
    """Settle what an interrupted apply, undo or emptying left open; one sentence for each photo. No photo is deleted.

    Called by whatever opens the library for writing, before it does anything else. Steps on a volume that is not here
    wait until it is.
    """
    catalog = library.catalog()
    library.refresh_volumes()  # paths of a drive that left unnoticed would be looked for on another, or nowhere
    unsettled = catalog.journal.unsettled()
    sentences: list[str] = []
    absent = catalog.journal.offline([receipt.step_id for receipt in unsettled])
    for receipt in unsettled:
        outcome = _waiting(receipt) if receipt.step_id in absent else _looked_up(receipt)
        sentences.append(outcome.sentence)
        if outcome.state is not None:
            _conclude(library, receipt, outcome.state, outcome.sentence)
    waiting = {receipt.session_id for receipt in catalog.journal.unsettled()}
    for session in catalog.journal.sessions():
        if session.finished_at is None and session.id not in waiting:
            catalog.journal.finish_session(session.id)
    return sentences


def _conclude(library: Library, receipt: Receipt, state: StepState, sentence: str) -> None:
    catalog = library.catalog()
    with catalog.transaction():
        error = sentence if state is StepState.REFUSED else None
        catalog.journal.mark_steps([receipt.step_id], state, error=error)
        if receipt.kind in LEAVES_ITS_PLACE:
            shows = {StepState.DONE: hide, StepState.PURGED: forget}.get(state, show)
            shows(library, [receipt.path])


def _waiting(receipt: Receipt) -> _Outcome:
    return _Outcome(None, f"{shown(receipt.path)} is on a volume that is not here; it is settled when that is back.")


def _looked_up(receipt: Receipt) -> _Outcome:
    try:
        return _look(receipt)
    except OSError as error:
        return _Outcome(None, f"{shown(receipt.path)} cannot be settled now: {why(error)}.")
    except StepRefused as refused:
        return _Outcome(None, str(refused))


def _look(receipt: Receipt) -> _Outcome:
    if receipt.kind in (DisposalKind.QUARANTINE, DisposalKind.MOVE):
        return _look_at_move(receipt)
    if receipt.kind is DisposalKind.COPY:
        forget_beside(receipt.resting_path or receipt.path, receipt.path)
        return _outcome(receipt, removed=receipt.resting_path is not None and os.path.lexists(receipt.resting_path))
    if receipt.kind is DisposalKind.TRASH:
        return _outcome(receipt, removed=not os.path.lexists(receipt.path))
    forget_beside(receipt.path)
    name = shown(receipt.path)
    is_undo = receipt.state is StepState.UNDOING
    if receipt.kind is DisposalKind.SYMLINK:
        if not os.path.lexists(receipt.path):
            return _without_one_side(receipt)
        if is_undo and not os.path.islink(receipt.path):
            _give_time_if_unchanged(receipt)
        return _outcome(receipt, removed=os.path.islink(receipt.path))
    if receipt.kind is DisposalKind.HARDLINK:
        return _look_at_hard_link(receipt)
    # A clone and a copy look the same from outside, and both hold the photo: the careful answer is that nothing is shared.
    state = StepState.DONE if is_undo else StepState.REFUSED
    return _Outcome(
        state, f"{name} is complete at its place; whether it shares its blocks with the copy kept is not known."
    )


def _look_at_hard_link(receipt: Receipt) -> _Outcome:
    """The keeper may have been moved, or exchanged for another file, since the link was made."""
    here, keeper = identity_at(receipt.path), identity_at(receipt.keeper_path)
    if here is None or os.path.islink(receipt.path):  # a later step may have put a symbolic link there
        return _without_one_side(receipt)
    is_keeper = keeper is not None and here.is_same_file(keeper)
    if receipt.state is StepState.INTENDED:
        # A link shows the keeper's time; with the photo's own time nothing needs to be taken back.
        has_other_time = here.mtime_ns != receipt.mtime_ns and holds_its_content(receipt.path, receipt)
        return _outcome(receipt, removed=is_keeper or has_other_time)
    is_shared = is_keeper or os.lstat(receipt.path).st_nlink > 1  # some other name has its time from this file
    if not is_shared:
        _give_time_if_unchanged(receipt)
    return _outcome(receipt, removed=is_shared)


def _give_time_if_unchanged(receipt: Receipt) -> None:
    """To a photo that has a file of its own again, unless somebody has changed that since: then its time is newer."""
    if holds_its_content(receipt.path, receipt):
        give_its_time(receipt)


def _without_one_side(receipt: Receipt) -> _Outcome:
    """The photo or its keeper was moved away meanwhile, so nobody can say whether they are one file: the careful answer."""
    state = StepState.REFUSED if receipt.state is StepState.INTENDED else StepState.DONE
    return _Outcome(state, f"{shown(receipt.path)} or the copy it was linked to is elsewhere now; it stays as it is.")


def _look_at_move(receipt: Receipt) -> _Outcome:
    resting = receipt.resting_path
    if resting is None:
        return _outcome(receipt, removed=False)  # refused before a place was chosen
    at_place, at_rest = identity_at(receipt.path), identity_at(resting)
    if receipt.state is StepState.PURGING:
        return _look_at_emptying(receipt, is_there=at_rest is not None)
    if at_place is not None and at_rest is not None:
        if at_place.is_same_file(at_rest) or at_rest.size_bytes == 0 < receipt.size_bytes:
            os.unlink(resting)  # the second name, or the placeholder, of a rename in two steps
            at_rest = None
        elif at_place.size_bytes == 0 < receipt.size_bytes and receipt.state is StepState.UNDOING:
            os.unlink(receipt.path)
            at_place = None
    if at_rest is not None:
        return _outcome(receipt, removed=True)
    _tidy(resting)
    if at_place is not None:
        return _outcome(receipt, removed=False)
    state = StepState.REFUSED if receipt.state is StepState.INTENDED else StepState.DONE
    return _Outcome(
        state,
        f"{shown(receipt.path)} is neither at its place nor at {shown(resting)}: something else moved it meanwhile.",
    )


def _look_at_emptying(receipt: Receipt, *, is_there: bool) -> _Outcome:
    name = shown(receipt.path)
    if is_there:
        return _Outcome(
            StepState.DONE, f"{name} had not been removed for good when the work was interrupted; it waits."
        )
    _tidy(receipt.resting_path or "")
    return _Outcome(StepState.PURGED, f"{name} had been removed for good when the work was interrupted.")


def _tidy(resting: str) -> None:
    folder = os.path.dirname(resting)
    quarantine = os.path.dirname(os.path.dirname(folder))
    if os.path.basename(quarantine) == QUARANTINE_NAME:
        tidy(quarantine, folder)


def _outcome(receipt: Receipt, *, removed: bool) -> _Outcome:
    name = shown(receipt.path)
    if receipt.state is StepState.INTENDED:
        if removed:
            return _Outcome(
                StepState.DONE, f"{name} had been removed when the work was interrupted; it can be taken back."
            )
        return _Outcome(StepState.REFUSED, f"{name} had not been touched when the work was interrupted.")
    if removed:
        return _Outcome(StepState.DONE, f"{name} had not been put back when the work was interrupted; it still waits.")
    return _Outcome(StepState.UNDONE, f"{name} had been put back when the work was interrupted.")

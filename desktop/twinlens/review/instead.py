"""Instead of removing: what linking, moving or copying can do with the photos of a plan, told before anything is touched."""

import os

from msgspec import Struct

from twinlens.disposal.mounts import mount_of
from twinlens.disposal.registry import BatchedDisposal, disposal_for
from twinlens.domain.errors import StepRefused
from twinlens.domain.plan import DisposalKind, Plan, PlannedGroup, PlannedRemoval
from twinlens.domain.relation import PhotoClass

LINKS = (DisposalKind.HARDLINK, DisposalKind.REFLINK, DisposalKind.SYMLINK)
INTO_A_FOLDER = (DisposalKind.MOVE, DisposalKind.COPY)


class Outlook(Struct, frozen=True):
    """What can be expected of a plan. No file was read: each photo is checked again, and verified, when it is its turn."""

    kind: DisposalKind
    count: int  # photos that it can be tried for
    size_bytes: int  # of these
    frees_bytes: int  # on their volumes; for a copy nothing, and ``size_bytes`` are needed besides
    left: int  # photos that stay as they are
    reason: str  # why the first of these does; empty where none is left


def outlook(plan: Plan, kind: DisposalKind, folder: str | None = None) -> Outlook:
    """What this way would do with the photos of a plan, as far as names, classes and file systems tell."""
    disposal = disposal_for(kind, folder=folder)
    refusals: dict[str, str] = {}
    count = size_bytes = frees_bytes = 0
    reasons: list[str] = []
    for group, step in plan.steps:
        reason = _against_linking(group, step) if kind in LINKS else ""
        reason = reason or _against_folder(disposal, os.path.dirname(step.path), refusals)
        if reason:
            reasons.append(reason)
            continue
        count += 1
        size_bytes += step.size_bytes
        frees_bytes += _freed_bytes(step) if kind in LINKS else 0
    return Outlook(kind, count, size_bytes, frees_bytes, len(reasons), reasons[0] if reasons else "")


def _against_linking(group: PlannedGroup, step: PlannedRemoval) -> str:
    if step.photo_class is not PhotoClass.IDENTICAL_FILE or not group.keep:
        return "Only files that are the same byte for byte can be linked."
    if mount_of(os.path.dirname(step.path)).point not in {mount_of(os.path.dirname(path)).point for path in group.keep}:
        return "The copy that is kept is on another volume, and a link cannot share bytes across volumes."
    return ""


def _against_folder(disposal: BatchedDisposal, folder: str, known: dict[str, str]) -> str:
    """Why it cannot work for photos in this folder; asked once for each."""
    if folder not in known:
        try:
            disposal.check(folder)
            known[folder] = ""
        except StepRefused as refused:
            known[folder] = str(refused)
    return known[folder]


def _freed_bytes(step: PlannedRemoval) -> int:
    """Bytes that another name of the same file still holds do not become free."""
    try:
        return step.size_bytes if os.lstat(step.path).st_nlink == 1 else 0
    except OSError:
        return 0  # it left; its check will say so

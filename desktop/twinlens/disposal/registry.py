"""All ways of removal by name, and the batched form in which an apply uses them."""

from collections.abc import Sequence
from typing import Protocol

from twinlens.disposal.elsewhere import CopiedElsewhere, MovedElsewhere
from twinlens.disposal.links import HardLink, Reflink
from twinlens.disposal.manifest import Move
from twinlens.disposal.quarantine import Quarantine
from twinlens.disposal.symlinks import SymbolicLink
from twinlens.disposal.system_trash import SystemTrash
from twinlens.domain.plan import DisposalKind
from twinlens.domain.ports import Disposal


class BatchedDisposal(Disposal, Protocol):
    """A ``Disposal`` that does its syncs once for many photos."""

    def announce(self, moves: Sequence[Move]) -> None:
        """Called once for a batch before its first ``dispose``: write down what is about to happen."""
        ...

    def sync(self) -> None:
        """Called after a batch: what was done must survive a power cut from here on."""
        ...


def disposal_for(
    kind: DisposalKind, quarantine_folder: str | None = None, folder: str | None = None
) -> BatchedDisposal:
    """The implementation of ``kind``; ``quarantine_folder`` is the user's own folder for the quarantine, if any.

    ``folder``: where photos are moved or copied to.
    """
    if kind is DisposalKind.QUARANTINE:
        return Quarantine(quarantine_folder)
    if kind is DisposalKind.TRASH:
        return SystemTrash()
    if kind is DisposalKind.MOVE:
        return MovedElsewhere(folder)
    if kind is DisposalKind.COPY:
        return CopiedElsewhere(folder)
    return _LINKS[kind]()


_LINKS = {DisposalKind.HARDLINK: HardLink, DisposalKind.REFLINK: Reflink, DisposalKind.SYMLINK: SymbolicLink}

"""What became of a photo."""

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.photo import Photo
from twinlens.domain.plan import DisposalKind, Receipt, SessionSummary, StepState

_GONE_TO = {
    DisposalKind.QUARANTINE: "in quarantine",
    DisposalKind.TRASH: "in the system's trash",
    DisposalKind.HARDLINK: "a hard link to the photo kept",
    DisposalKind.REFLINK: "sharing its blocks with the photo kept",
    DisposalKind.SYMLINK: "a symbolic link to the photo kept",
    DisposalKind.MOVE: "moved",
    DisposalKind.COPY: "copied",
}
_FATES = {
    StepState.PURGING: "about to be removed for good; interrupted",
    StepState.INTENDED: "about to be removed; interrupted",
    StepState.REFUSED: "was not removed",
    StepState.UNDOING: "about to be put back; interrupted",
    StepState.UNDONE: "was removed and put back",
    StepState.PURGED: "was removed for good",
}


class Whereabouts(Struct, frozen=True):
    """One answer to "where is it": a photo in the library, or a removal with its receipt."""

    path: str
    answer: str
    photo: Photo | None
    receipt: Receipt | None


def where(catalog: Catalog, name: str) -> list[Whereabouts]:
    """Everything known of photos whose name is or contains ``name``: those in the library first, then the newest receipts."""
    label_of = {volume.id: volume.label for volume, _ in catalog.volumes.all()}
    here = [
        Whereabouts(photo.path, "in the library" if photo.online else _away(label_of[photo.volume]), photo, None)
        for photo in catalog.photos.named(name)
    ]
    return here + [
        Whereabouts(found.path, fate(found), None, found) for found in reversed(catalog.journal.search(name))
    ]


def _away(label: str) -> str:
    return f"on the drive “{shown(label)}”, which is not connected"


def fate(receipt: Receipt) -> str:
    """What became of one photo, as a clause: "in quarantine since 2024-05-01; /a/b.jpg was kept"."""
    day = receipt.at.date().isoformat()
    if receipt.state is StepState.DONE:
        kept = f"; {shown(receipt.keeper_path)} was kept" if receipt.keeper_path else "; no copy was kept"
        place = _GONE_TO[receipt.kind]
        if receipt.kind in (DisposalKind.MOVE, DisposalKind.COPY):
            place = f"{place} to {shown(receipt.resting_path or '')}"
        return f"{place} since {day}{kept}"
    detail = f": {receipt.error}" if receipt.error else ""
    return f"{_FATES[receipt.state]} on {day}{detail}"


def sessions(catalog: Catalog) -> list[SessionSummary]:
    """All sessions, newest first."""
    return catalog.journal.sessions()

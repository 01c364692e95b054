"""Where a photo is now: one sentence for each photo of a name, and what would bring it back."""

import os

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.group import Mark
from twinlens.domain.photo import Photo
from twinlens.domain.plan import DisposalKind, Receipt, StepState

MOST = 50
_MARKED = {Mark.KEEP: "; it is marked to be kept", Mark.REJECT: "; it is marked to go, and has not gone yet"}
_GONE_TO = {
    DisposalKind.QUARANTINE: "is in quarantine since {day}",
    DisposalKind.TRASH: "went to the system's trash on {day}",
    DisposalKind.HARDLINK: "was replaced by a hard link on {day}",
    DisposalKind.REFLINK: "was replaced on {day} by a copy that shares its space",
}


class Answer(Struct, frozen=True):
    """Where one photo is. ``photo``: it is in the library. ``restorable_step``: the step that can be put back."""

    path: str
    sentence: str
    photo: Photo | None = None
    restorable_step: int | None = None


def answers(catalog: Catalog, name: str, limit: int = MOST) -> list[Answer]:
    """Where the photos are whose name is or contains ``name``: those that left first, the newest of these foremost.

    One answer for each place: what happened there last.
    """
    if not name.strip():
        return []
    newest: dict[str, Receipt] = {}
    for receipt in catalog.journal.search(name):
        if receipt.state is not StepState.REFUSED:
            newest.pop(receipt.path, None)
            newest[receipt.path] = receipt
    here = {photo.path: photo for photo in catalog.photos.named(name, limit)}
    for path in newest.keys() - here.keys():
        photo = catalog.photos.by_path(path)
        if photo is not None:
            here[path] = photo
    marks = catalog.marks.all() if here else {}
    gone = [_left(receipt) for receipt in reversed(newest.values()) if receipt.path not in here]
    there = [_stays(photo, newest.get(path), marks.get(photo.id)) for path, photo in here.items()]
    came_back = [answer for answer in there if answer.path in newest]
    return [*gone, *came_back, *(answer for answer in there if answer.path not in newest)][:limit]


def _stays(photo: Photo, receipt: Receipt | None, mark: Mark | None) -> Answer:
    name, folder = shown(os.path.basename(photo.path)), shown(os.path.dirname(photo.path))
    if receipt is not None and receipt.state is StepState.DONE and receipt.kind in _LINKS:
        kept = f" to {shown(receipt.keeper_path)}"
        return Answer(photo.path, f"{name} in {folder} {_gone(receipt)}{kept}.", photo, receipt.step_id)
    where = f"{name} is at its place in {folder}" if photo.online else f"{name} is on a drive that is not connected"
    back = ""
    if receipt is not None and receipt.state is StepState.UNDONE:
        back = f"; it had left and was put back on {_day(receipt)}"
    return Answer(photo.path, f"{where}{back}{_MARKED.get(mark, '') if mark else ''}.", photo)


def _left(receipt: Receipt) -> Answer:
    name, folder = shown(os.path.basename(receipt.path)), shown(os.path.dirname(receipt.path))
    kept = f"; {shown(receipt.keeper_path)} was kept" if receipt.keeper_path else "; no copy of it was kept"
    start = f"{name} from {folder}"
    if receipt.state is StepState.DONE:
        step = None if receipt.kind is DisposalKind.TRASH else receipt.step_id
        return Answer(receipt.path, f"{start} {_gone(receipt)}{kept}.", None, step)
    if receipt.state is StepState.PURGED:
        return Answer(receipt.path, f"{start} was removed for good on {_day(receipt)}{kept}.")
    if receipt.state is StepState.UNDONE:
        return Answer(
            receipt.path, f"{start} was put back on {_day(receipt)}; since then it left this place outside of Twinlens."
        )
    return Answer(receipt.path, f"{start} was about to be moved on {_day(receipt)}, which was interrupted.")


_LINKS = (DisposalKind.HARDLINK, DisposalKind.REFLINK)


def _gone(receipt: Receipt) -> str:
    return _GONE_TO[receipt.kind].format(day=_day(receipt))


def _day(receipt: Receipt) -> str:
    return receipt.at.astimezone().date().isoformat()

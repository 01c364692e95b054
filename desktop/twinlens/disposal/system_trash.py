"""The trash of the desktop, by Send2Trash. What goes there is put back from there, by hand."""

import os
from collections.abc import Sequence

from twinlens.disposal.manifest import Move
from twinlens.disposal.mounts import mount_of
from twinlens.disposal.regular_file import open_regular
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused


class SystemTrash:
    """Removal into the system's trash. Implements ``Disposal`` and ``BatchedDisposal``."""

    def check(self, path: str) -> None:
        """Raise StepRefused if the volume of ``path`` (a file, or a folder being added) has no usable trash."""
        folder = path if os.path.isdir(path) else os.path.dirname(path)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise StepRefused(f"The folder {shown(folder)} may not be written, so nothing can be moved out of it.")
        place = _trash_parent(folder)
        if not os.access(place, os.W_OK | os.X_OK):
            raise StepRefused(f"The volume of {shown(path)} has no trash: {shown(place)} may not be written.")
        if folder is not path:
            with open_regular(path):
                pass

    def destination(self, path: str, session_id: int) -> None:
        """None: the system chooses the place."""
        return

    def announce(self, moves: Sequence[Move]) -> None:
        """Nothing to write: the trash keeps its own notes."""

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        """Move the photo to the trash."""
        from send2trash import send2trash

        with open_regular(path):
            try:
                send2trash(path)
            except OSError as error:
                raise StepRefused(f"{shown(path)} cannot be moved to the trash: {why(error)}.") from error

    def restore(self, path: str, destination: str | None) -> None:
        """Always raises StepRefused."""
        raise StepRefused(f"{shown(path)} went to the system's trash and can only be put back from there.")

    def sync(self) -> None:
        """Nothing to do."""


def _trash_parent(folder: str) -> str:
    """The nearest existing folder in which the trash lies or would be made (freedesktop.org Trash specification 1.0)."""
    home = os.path.expanduser("~")
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    if os.path.isdir(home) and os.stat(home).st_dev == os.stat(folder).st_dev:
        candidate = os.path.join(data, "Trash", "files")
    else:
        candidate = os.path.join(mount_of(folder).point, f".Trash-{os.getuid()}", "files")
    while not os.path.lexists(candidate):
        candidate = os.path.dirname(candidate)
    return candidate

"""Which folder is the quarantine for a photo: on its own volume, as high as may be written."""

import os
import stat
from collections.abc import Iterator

from twinlens.disposal.mounts import mount_of
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused

QUARANTINE_NAME = ".twinlens-quarantine"  # scans pass over this name, see domain.settings.IGNORED_NAMES


def quarantine_folder_for(path: str, override: str | None) -> str:
    """The quarantine folder for the photo, or for the photos in the folder, at ``path``; it need not exist yet.

    Without ``override``: ``.twinlens-quarantine`` at the root of the volume where that may be written, otherwise in the
    topmost writable folder above the photo on the same volume. With it: a folder of that name inside the override, so
    that no scan takes removed photos for new ones.

    Raises:
        StepRefused: There is no such folder, or the override lies on another volume.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    try:
        device = os.stat(folder).st_dev
    except OSError as error:
        raise StepRefused(f"The folder {shown(folder)} cannot be reached: {why(error)}.") from error
    if override:
        return _in_override(folder, device, override)
    for parent in _topmost_first(folder, device):
        if os.access(parent, os.W_OK | os.X_OK) and _is_usable(os.path.join(parent, QUARANTINE_NAME)):
            return os.path.join(parent, QUARANTINE_NAME)
    raise StepRefused(
        f"No folder above {shown(path)} on its volume may be written, so there is no place for a quarantine."
    )


def _in_override(folder: str, device: int, override: str) -> str:
    override = os.path.abspath(override)
    existing = override
    while not os.path.lexists(existing):
        existing = os.path.dirname(existing)
    if os.stat(existing).st_dev != device or mount_of(existing).point != mount_of(folder).point:
        raise StepRefused(
            f"The quarantine folder {shown(override)} is on another volume than {shown(folder)}: removal is a rename."
        )
    if not os.access(existing, os.W_OK | os.X_OK):
        raise StepRefused(f"The quarantine folder {shown(override)} may not be written.")
    named = override if os.path.basename(override) == QUARANTINE_NAME else os.path.join(override, QUARANTINE_NAME)
    if not _is_usable(named):
        raise StepRefused(
            f"The quarantine folder {shown(named)} is a link, belongs to another user, or may not be written."
        )
    return named


def _topmost_first(folder: str, device: int) -> Iterator[str]:
    """The folders from the root of the mount down to ``folder``, those on the same device without a gap."""
    root = mount_of(folder).point
    chain = [os.path.realpath(folder)]
    while chain[-1] != root:
        parent = os.path.dirname(chain[-1])
        if parent == chain[-1] or os.stat(parent).st_dev != device:
            break
        chain.append(parent)
    return reversed(chain)


def _is_usable(quarantine: str) -> bool:
    """Whether this quarantine may be made, or is a folder that nobody else could have laid out for us."""
    try:
        status = os.lstat(quarantine)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode) or not os.access(quarantine, os.W_OK | os.X_OK):
        return False
    parent = os.stat(os.path.dirname(quarantine))
    anyone_could_make_it = bool(parent.st_mode & stat.S_IWOTH and parent.st_mode & stat.S_ISVTX)
    return status.st_uid in (os.geteuid(), 0) or not anyone_could_make_it

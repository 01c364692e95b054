"""A folder as its volume knows it: links resolved, names as they are on the disk, and whether case counts there."""

import os

from twinlens.domain.folders import FolderPlace
from twinlens.volumes.identity import relative_to_mount, resolved, volume_at


def place_of(path: str) -> FolderPlace:
    """The folder at this path.

    Raises:
        NotADirectoryError: there is no folder there now.
    """
    folder = resolved(path)
    if not os.path.isdir(folder):
        raise NotADirectoryError(f"{path} is no folder")
    volume = volume_at(folder)
    named = _named_as_on_disk(folder, volume.mount_point)
    return FolderPlace(volume.id, relative_to_mount(named, volume), _folds_case(named))


def _named_as_on_disk(folder: str, mount_point: str) -> str:
    """The same folder, each name below the mount point as its own folder lists it: a volume may take others for it."""
    if os.path.normpath(folder) == os.path.normpath(mount_point):
        return folder
    above = os.path.dirname(folder)
    if above == folder:
        return folder
    return os.path.join(_named_as_on_disk(above, mount_point), _listed_name(above, os.path.basename(folder)))


def _listed_name(above: str, name: str) -> str:
    try:
        names = os.listdir(above)
    except OSError:
        return name  # a folder that may be entered and not listed
    if name in names:
        return name
    wanted = os.stat(os.path.join(above, name))
    return next((other for other in names if _is_same(os.path.join(above, other), wanted)), name)


def _folds_case(folder: str) -> bool:
    """Whether the folder is found under its name in the other case too; asked of the nearest name that has letters."""
    while (above := os.path.dirname(folder)) != folder:
        swapped = os.path.basename(folder).swapcase()
        if swapped != os.path.basename(folder):
            return _is_same(os.path.join(above, swapped), os.stat(folder))
        folder = above
    return False


def _is_same(path: str, wanted: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(path), wanted)
    except OSError:
        return False

"""Protected folders: declare one, and refuse to remove what lies in one, by what the disk says at that moment."""

import os
from collections.abc import Iterator

from twinlens.catalog.database import Catalog
from twinlens.catalog.paths import relative
from twinlens.disposal.wording import shown
from twinlens.domain.deed import Origin
from twinlens.domain.errors import StepRefused
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.protection import ProtectedFolder
from twinlens.library.open import Library
from twinlens.review import decisions
from twinlens.volumes.folder_place import place_of
from twinlens.volumes.identity import volume_of

Identity = tuple[int, int]  # device and inode


def protect(catalog: Catalog, path: str) -> ProtectedFolder | None:
    """Lock a folder: none of its photos is removed from now on. None where it was locked already.

    Raises:
        NotADirectoryError: there is no such folder now.
    """
    place = place_of(path)
    with catalog.transaction():
        catalog.volumes.remember(volume_of(path))
        is_new = catalog.protection.add(place)
    found = next(folder for folder in catalog.protection.all() if folder.place == place)
    return found if is_new else None


def locks_of(catalog: Catalog, photo_id: PhotoId) -> tuple[ProtectedFolder, ...]:
    """The protected folders that lock this photo; also the one in which its whole volume is mounted."""
    photo = catalog.photos.get(photo_id)
    if not photo.protected:
        return ()
    mount_points = {volume.id: volume.mount_point for volume, _ in catalog.volumes.all()}
    below = relative(photo.path, mount_points[photo.volume]) or ""
    folders = catalog.protection.all()
    direct = tuple(folder for folder in folders if folder.place.holds(photo.volume, below))
    return direct or tuple(folder for folder in folders if relative(photo.path, folder.path) is not None)


def release_rejected(library: Library) -> tuple[int, int | None]:
    """Take the mark to go from all photos that are locked, as one deed; how many they were, and the deed."""
    ids = rejected_and_protected(library.catalog())
    return len(ids), decisions.mark(library, dict.fromkeys(ids), Origin.PROTECTION)


def rejected_and_protected(catalog: Catalog) -> list[PhotoId]:
    """The photos that are marked as rejected and locked all the same: they were marked before."""
    rejected = [photo_id for photo_id, mark in catalog.marks.all().items() if mark is Mark.REJECT]
    return sorted(catalog.protection.among(rejected))


class ProtectionGuard:
    """Asked once more before a photo is touched. Names may lie: links, mounts in two places, volumes that take one name for
    another. So beside the catalog the folders themselves are compared, from the photo's own up to the root.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def refuse_protected(self, path: str) -> None:
        """Raise StepRefused when the photo lies in a folder that is protected now."""
        folders = self._catalog.protection.all()
        if not folders:
            return
        photo = self._catalog.photos.by_path(path)
        if photo is not None and photo.protected:
            raise StepRefused(f"{shown(path)} is in a protected folder.")
        locked = {identity: folder for folder in folders if folder.online and (identity := _identity(folder.path))}
        for folder in _upwards(os.path.realpath(os.path.dirname(path))):
            if (identity := _identity(folder)) in locked:
                raise StepRefused(f"{shown(path)} is in the protected folder {shown(locked[identity].path)}.")


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def _identity(folder: str) -> Identity | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino

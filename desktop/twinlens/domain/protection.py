"""Folders whose photos are never removed: a hard lock, whatever a mark, a rule or a plan says."""

from msgspec import Struct

from twinlens.domain.folders import FolderPlace
from twinlens.domain.photo import VolumeId


class ProtectedFolder(Struct, frozen=True):
    """One of them. ``path``: absolute, where its volume is or last was mounted."""

    place: FolderPlace
    path: str
    online: bool


class Protection(Struct, frozen=True):
    """All of them at one moment. ``mounted_inside``: whole volumes that are mounted in one of them now."""

    places: tuple[FolderPlace, ...] = ()
    mounted_inside: tuple[FolderPlace, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places)

    def covers(self, volume: VolumeId, relative_path: str) -> bool:
        """Whether what is at this place of a volume, a photo or a folder, is protected."""
        return any(place.holds(volume, relative_path) for place in (*self.places, *self.mounted_inside))


NOTHING_PROTECTED = Protection()

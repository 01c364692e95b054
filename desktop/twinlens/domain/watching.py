"""What the watching of folders tells."""

from enum import StrEnum

from msgspec import Struct


class FoldersChanged(Struct, frozen=True):
    """Where something has changed: ``folders`` as such, without those in them, and ``trees`` with all below."""

    folders: frozenset[str]
    trees: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.folders or self.trees)

    def __or__(self, other: "FoldersChanged") -> "FoldersChanged":
        return FoldersChanged(self.folders | other.folders, self.trees | other.trees)


NOTHING = FoldersChanged(frozenset())


class VolumesChanged(Struct, frozen=True):
    """A volume came or went."""


class Hindrance(StrEnum):
    """Why some folders are only looked at now and then."""

    NONE = "none"
    LIMIT = "limit"  # more folders than this system lets one user watch
    NETWORK = "network"
    REFUSED = "refused"  # the system does not tell of changes at all


class Watching(Struct, frozen=True):
    """How it is watched: so many folders all the time, and what hinders it for others, looked at every ``poll_s``."""

    folders: int
    hindrance: Hindrance
    poll_s: float


WatchEvent = FoldersChanged | VolumesChanged | Watching

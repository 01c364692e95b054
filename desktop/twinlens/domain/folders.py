"""Folders of photos: a folder by its volume, and the folders of many photos as numbers."""

import os
import unicodedata
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.photo import VolumeId

NO_VOLUME = VolumeId("")  # of paths that nobody said the volume of


class FolderPlace(Struct, frozen=True):
    """A folder on a volume, wherever that is mounted. ``relative_path``: from its root, separated by slashes, "" for all.

    ``folds_case``: whether upper and lower case are the same there. Composed and decomposed letters always count as one.
    """

    volume: VolumeId
    relative_path: str
    folds_case: bool = False

    def holds(self, volume: VolumeId, relative_path: str) -> bool:
        """Whether this file or folder is the folder itself, or lies in it at any depth."""
        if volume != self.volume:
            return False
        own, other = self._folded(self.relative_path), self._folded(relative_path)
        return not own or own == other or other.startswith(own + "/")

    def _folded(self, path: str) -> str:
        composed = path if path.isascii() else unicodedata.normalize("NFC", path)
        return unicodedata.normalize("NFC", composed.casefold()) if self.folds_case else composed


class FolderColumns(Struct, frozen=True):
    """Where n photos lie. ``folder``: int32 [n], the place in ``places`` and ``paths`` (absolute, as the photos' own paths).

    ``name_length``, ``path_length``: int32 [n], characters.
    """

    folder: NDArray[np.int32]
    places: tuple[tuple[VolumeId, str], ...]
    paths: tuple[str, ...]
    name_length: NDArray[np.int32]
    path_length: NDArray[np.int32]


@runtime_checkable
class KnowsFolders(Protocol):
    """Paths that tell their folders without being put together one by one."""

    def folder_columns(self) -> FolderColumns:
        """The folders of all of them."""
        ...


def folders_of(paths: Sequence[str]) -> FolderColumns:
    """The folders of absolute paths; of a plain list without volumes."""
    if isinstance(paths, KnowsFolders):
        return paths.folder_columns()
    numbers: dict[str, int] = {}
    split = [path.rpartition(os.sep) for path in paths]
    folder = np.fromiter(
        (numbers.setdefault(head or os.sep, len(numbers)) for head, _, _ in split), np.int32, len(split)
    )
    return FolderColumns(
        folder,
        tuple((NO_VOLUME, path) for path in numbers),
        tuple(numbers),
        np.fromiter((len(name) for _, _, name in split), np.int32, len(split)),
        np.fromiter((len(path) for path in paths), np.int32, len(split)),
    )

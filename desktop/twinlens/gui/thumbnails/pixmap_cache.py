"""Pixmaps bounded by the bytes they occupy: the ones used longest ago go first. GUI thread only."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from PySide6.QtGui import QPixmap

DEFAULT_CAPACITY_BYTES = 64 * 1024 * 1024  # about 240 thumbnails of 320 pixels, several screens full


Key = TypeVar("Key", bound=Hashable)


class PixmapCache(Generic[Key]):
    """Least recently used pixmaps by photo id, or whatever tells them apart, at most ``capacity_bytes`` together.

    Qt's own QPixmapCache counts all pixmaps of the program together and stores nothing from other threads.
    """

    def __init__(self, capacity_bytes: int = DEFAULT_CAPACITY_BYTES) -> None:
        self._capacity_bytes = capacity_bytes
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._used_bytes = 0

    def __len__(self) -> int:
        return len(self._pixmaps)

    def __contains__(self, key: Key) -> bool:
        return key in self._pixmaps

    @property
    def used_bytes(self) -> int:
        """What the stored pixmaps occupy."""
        return self._used_bytes

    def get(self, key: Key) -> QPixmap | None:
        """The pixmap of this photo, which now counts as just used."""
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
        return pixmap

    def put(self, key: Key, pixmap: QPixmap) -> None:
        """Store or replace; drops old ones until all fit. A single one that is larger than the cache is kept alone."""
        self.forget((key,))
        self._pixmaps[key] = pixmap
        self._used_bytes += _size_bytes(pixmap)
        while self._used_bytes > self._capacity_bytes and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._used_bytes -= _size_bytes(oldest)

    def rename(self, old: Key, new: Key) -> bool:
        """Let the pixmap of one photo stand for another; False when there is none."""
        pixmap = self._pixmaps.pop(old, None)
        if pixmap is None:
            return False
        self.forget((new,))
        self._pixmaps[new] = pixmap
        return True

    def forget(self, keys: Iterable[Key]) -> None:
        """Drop these; ids that are not there are passed over."""
        for key in keys:
            pixmap = self._pixmaps.pop(key, None)
            if pixmap is not None:
                self._used_bytes -= _size_bytes(pixmap)

    def clear(self) -> None:
        """Drop everything."""
        self._pixmaps.clear()
        self._used_bytes = 0


def _size_bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * max(pixmap.depth(), 8) // 8

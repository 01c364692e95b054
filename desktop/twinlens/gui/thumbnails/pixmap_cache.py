"""Pixmaps bounded by the bytes they occupy: the ones used longest ago go first. GUI thread only."""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtGui import QPixmap

DEFAULT_CAPACITY_BYTES = 64 * 1024 * 1024  # about 240 thumbnails of 320 pixels, several screens full


class PixmapCache:
    """Least recently used pixmaps by photo id, at most ``capacity_bytes`` together.

    Qt's own QPixmapCache counts all pixmaps of the program together and stores nothing from other threads.
    """

    def __init__(self, capacity_bytes: int = DEFAULT_CAPACITY_BYTES) -> None:
        self._capacity_bytes = capacity_bytes
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()
        self._used_bytes = 0

    def __len__(self) -> int:
        return len(self._pixmaps)

    def __contains__(self, photo_id: int) -> bool:
        return photo_id in self._pixmaps

    @property
    def used_bytes(self) -> int:
        """What the stored pixmaps occupy."""
        return self._used_bytes

    def get(self, photo_id: int) -> QPixmap | None:
        """The pixmap of this photo, which now counts as just used."""
        pixmap = self._pixmaps.get(photo_id)
        if pixmap is not None:
            self._pixmaps.move_to_end(photo_id)
        return pixmap

    def put(self, photo_id: int, pixmap: QPixmap) -> None:
        """Store or replace; drops old ones until all fit. A single one that is larger than the cache is kept alone."""
        self.forget((photo_id,))
        self._pixmaps[photo_id] = pixmap
        self._used_bytes += _size_bytes(pixmap)
        while self._used_bytes > self._capacity_bytes and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._used_bytes -= _size_bytes(oldest)

    def rename(self, old_id: int, new_id: int) -> bool:
        """Let the pixmap of one photo stand for another; False when there is none."""
        pixmap = self._pixmaps.pop(old_id, None)
        if pixmap is None:
            return False
        self.forget((new_id,))
        self._pixmaps[new_id] = pixmap
        return True

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Drop these; ids that are not there are passed over."""
        for photo_id in photo_ids:
            pixmap = self._pixmaps.pop(photo_id, None)
            if pixmap is not None:
                self._used_bytes -= _size_bytes(pixmap)

    def clear(self) -> None:
        """Drop everything."""
        self._pixmaps.clear()
        self._used_bytes = 0


def _size_bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * max(pixmap.depth(), 8) // 8

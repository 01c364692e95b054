"""What is the same on every paint, drawn once: a card takes some twenty calls and a scaling, its copy one call."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtGui import QPixmap

CAPACITY_BYTES = 32 * 1024 * 1024  # some 170 cards


class DrawnOnce:
    """The pixmaps used last, by whatever tells them apart. GUI thread only."""

    def __init__(self, capacity_bytes: int = CAPACITY_BYTES) -> None:
        self._capacity_bytes = capacity_bytes
        self._drawn: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self.used_bytes = 0

    def get(self, key: Hashable, draw: Callable[[], QPixmap]) -> QPixmap:
        """The pixmap of this key, which ``draw`` makes when it is not there."""
        pixmap = self._drawn.get(key)
        if pixmap is not None:
            self._drawn.move_to_end(key)
            return pixmap
        pixmap = draw()
        self._drawn[key] = pixmap
        self.used_bytes += _size_bytes(pixmap)
        while self.used_bytes > self._capacity_bytes and len(self._drawn) > 1:
            self.used_bytes -= _size_bytes(self._drawn.popitem(last=False)[1])
        return pixmap


def _size_bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4

"""Thumbnails for painting: an image in the worker, a pixmap on the GUI thread, newest request first."""

import logging
from collections.abc import Callable, Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

from twinlens.domain.errors import TwinlensError
from twinlens.domain.picture import PREVIEW_SIDE_PX
from twinlens.gui.thumbnails.awaited import is_awaited
from twinlens.gui.thumbnails.pixmap_cache import DEFAULT_CAPACITY_BYTES, PixmapCache
from twinlens.gui.thumbnails.requests import NewestFirst
from twinlens.gui.thumbnails.runner import PoolRunner, Runner

log = logging.getLogger(__name__)

Fetch = Callable[[list[int]], dict[int, bytes]]

WORKERS = 2
BATCH = 12  # one round trip to the store and one signal for each; a dozen decode in about 10 ms


class ThumbnailLoader(QObject):
    """Gives pixmaps to views while they paint, and tells them when more have arrived.

    ``fetch`` runs in a worker: it turns photo ids into JPEG bytes, leaving out what it does not have; it may raise
    TwinlensError or OSError. All public methods belong to the GUI thread.
    """

    loaded = Signal(object)  # list of photo ids that can be painted now, or that are known to have no thumbnail
    dropped = Signal(object)  # list of photo ids given up before they began: whoever shows them repaints and asks again
    _decoded = Signal(object, object)  # list of the ids of a batch; list of pairs of id and QImage

    def __init__(
        self,
        fetch: Fetch,
        parent: QObject | None = None,
        *,
        runner: Runner | None = None,
        capacity_bytes: int = DEFAULT_CAPACITY_BYTES,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._runner = runner if runner is not None else PoolRunner(WORKERS)
        self._requests = NewestFirst(WORKERS)
        self._cache: PixmapCache[int] = PixmapCache(capacity_bytes)
        self._absent: set[int] = set()
        self._forgotten: set[int] = set()
        self._stand_ins: set[int] = set()
        self._closed = False
        self._decoded.connect(self._accept)

    @property
    def cache(self) -> PixmapCache[int]:
        """The pixmaps held, for a look at the memory they take."""
        return self._cache

    def pixmap(self, photo_id: int) -> QPixmap | None:
        """The thumbnail if it is there, longest side about 320 pixels; else None, and it is on its way.

        A smaller one, of a file that is awaited, claims that size by its device pixel ratio: nothing grows when the
        real one takes its place.
        """
        pixmap = self._cache.get(photo_id)
        wanted = pixmap is None or photo_id in self._stand_ins
        if wanted and photo_id not in self._absent and not self._closed and self._requests.push(photo_id):
            self._runner.start(self._work)
        return pixmap

    def adopt(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Show what the first id of each pair has until the thumbnail of the second is loaded: nothing flickers."""
        for awaited_id, photo_id in pairs:
            if photo_id not in self._cache and self._cache.rename(awaited_id, photo_id):
                self._stand_ins.add(photo_id)
            self._absent.discard(awaited_id)

    def is_absent(self, photo_id: int) -> bool:
        """Whether the store has no usable thumbnail of this photo."""
        return photo_id in self._absent

    def drop(self, photo_ids: Iterable[int]) -> None:
        """These scrolled away: do not load them if that has not begun."""
        given_up = self._requests.drop(photo_ids)
        if given_up:
            self.dropped.emit(given_up)

    def forget(self, photo_ids: Iterable[int]) -> None:
        """These have changed: load them again when they are next painted."""
        ids = [photo_id for photo_id in photo_ids if photo_id not in self._stand_ins]  # those are loaded again anyway
        self._cache.forget(ids)
        self._absent.difference_update(ids)
        self._forgotten.update(self._requests.begun().intersection(ids))

    def clear(self) -> None:
        """Forget everything, as when another library is opened."""
        self._requests.clear()
        self._forgotten.update(self._requests.begun())
        self._cache.clear()
        self._absent.clear()
        self._stand_ins.clear()

    def shutdown(self) -> None:
        """Stop loading and wait for the workers, which takes at most one batch. Call before the store is closed."""
        self._closed = True
        self._requests.clear()
        self._runner.finish()

    def _work(self) -> None:
        """In a worker: load until nobody asks for more."""
        try:
            while photo_ids := self._requests.take(BATCH):
                self._decoded.emit(photo_ids, [] if self._closed else self._load(photo_ids))
        except BaseException:
            self._requests.retire()
            raise

    def _load(self, photo_ids: list[int]) -> list[tuple[int, QImage]]:
        try:
            found = self._fetch(photo_ids)
        except (TwinlensError, OSError) as error:
            log.warning("thumbnails could not be read: %s", error)
            found = {}
        return [(photo_id, _decode(jpeg)) for photo_id, jpeg in found.items()]

    @Slot(object, object)
    def _accept(self, photo_ids: list[int], images: list[tuple[int, QImage]]) -> None:
        self._requests.settle(photo_ids)
        if self._closed:
            return
        usable = {photo_id: image for photo_id, image in images if not image.isNull()}
        for photo_id in photo_ids:
            if photo_id in self._forgotten:
                self._forgotten.discard(photo_id)  # read before it changed: asked for again when painted
            elif photo_id in usable:
                self._cache.put(photo_id, _pixmap(usable[photo_id], enlarged=is_awaited(photo_id)))
            else:
                self._absent.add(photo_id)
            self._stand_ins.discard(photo_id)
        self.loaded.emit(photo_ids)


def _pixmap(image: QImage, *, enlarged: bool) -> QPixmap:
    pixmap = QPixmap.fromImage(image)
    if enlarged:
        pixmap.setDevicePixelRatio(max(image.width(), image.height()) / PREVIEW_SIDE_PX)
    return pixmap


def _decode(jpeg: bytes) -> QImage:
    # The format is named: to find out, Qt would ask its reader of SVG too, which connects signals, under the interpreter's
    # lock. A widget that ends meanwhile holds the lock of signals and waits for the interpreter: the window hung for good.
    # And by a reader, which gives the interpreter away while it decodes; QImage.fromData keeps it, and nothing is painted.
    buffer = QBuffer()
    buffer.setData(jpeg)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpg"))
    reader.setAutoDetectImageFormat(False)
    # Qt looks for the reader under a lock, and asks the buffer where it is, which takes the interpreter. It is asked to while
    # the interpreter is held: the window waited for that lock, to read an icon, and the lock for the window's interpreter.
    image = reader.read() if reader.canRead() else QImage()
    if not image.isNull():
        image.convertTo(QImage.Format.Format_RGB32)
    return image

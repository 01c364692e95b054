"""Large pictures for the views: what is looked at is decoded first, what comes next is decoded ahead."""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.errors import TwinlensError
from twinlens.gui.pictures.cache import CAPACITY_BYTES, PictureCache
from twinlens.gui.pictures.picture import LEAST_SCREEN_PX, NEARLY_FULL, Picture, picture_of
from twinlens.gui.pictures.want import Level, Want, WantList
from twinlens.gui.thumbnails.runner import PoolRunner, Runner

log = logging.getLogger(__name__)

Decode = Callable[[str, int], Picture]
WORKERS = 2
FAILURES_KEPT = 1000


def decode(path: str, side_px: int) -> Picture:
    """The picture in this file, its longer side at least ``side_px`` if the photo's is; runs in a worker.

    Raises:
        PhotoUnreadable: it cannot be decoded.
    """
    from twinlens.imaging.decode import decode_preview  # loads Pillow

    return picture_of(decode_preview(path, side_px))


class Pictures(QObject):
    """Belongs to the GUI thread; ``decode`` runs in workers and may raise TwinlensError or OSError."""

    ready = Signal(object)  # Want
    failed = Signal(object, str)  # Want, one sentence
    _made = Signal(object, object, str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        decode: Decode = decode,
        runner: Runner | None = None,
        capacity_bytes: int = CAPACITY_BYTES,
    ) -> None:
        super().__init__(parent)
        self._decode = decode
        self._runner = runner if runner is not None else PoolRunner(WORKERS)
        self._list = WantList(WORKERS)
        self._cache: PictureCache[Picture] = PictureCache(capacity_bytes)
        self._failures: dict[Want, str] = {}
        self._screen_px = LEAST_SCREEN_PX
        self._closed = False
        self._made.connect(self._deliver)

    @property
    def cache(self) -> PictureCache[Picture]:
        """What is held, for a look at the memory it takes."""
        return self._cache

    @property
    def screen_px(self) -> int:
        """The longer side of a picture that fills the screen."""
        return self._screen_px

    def set_screen_px(self, side_px: int) -> None:
        """How long the longer side of a picture on this screen must be. Those made for a smaller one are made again."""
        if side_px > self._screen_px:
            self._screen_px = side_px
            self._cache.clear()

    def most_ahead(self) -> int:
        """How many pictures of screen size may be decoded ahead: half of the memory, for those of 3 to 2."""
        each = self._screen_px * self._screen_px * 2 / 3 * 4 * 1.34
        return max(2, int(self._cache.capacity_bytes / 2 / each))

    def want(self, shown: Sequence[Want], ahead: Sequence[Want] = ()) -> None:
        """Decode what is looked at, the first first, then what is likely to come; forget what was wanted before."""
        self._cache.touch((*reversed(ahead), *reversed(shown)))
        present = self._cache.wants() | self._failures.keys()
        started = self._list.replace(shown, ahead, present)
        for _ in range(0 if self._closed else started):
            self._runner.start(self._work)

    def rest(self) -> None:
        """Nobody looks closely any more: forget requests, and full pictures; those for the screen stay."""
        self.want(())
        for full in [want for want in self._cache.wants() if want.level is Level.FULL]:
            self._cache.drop(full)

    def best(self, want: Want) -> Picture | None:
        """The largest that is there of this photo."""
        return self._cache.best(want)

    def has(self, want: Want) -> bool:
        """Whether just this is there."""
        return want in self._cache.wants()

    def is_enough(self, picture: Picture | None, want: Want, longest_px: float) -> bool:
        """Whether more of the photo's pixels would not show at this size."""
        return picture is not None and picture.longest_px >= 0.98 * min(longest_px, want.longest_px * NEARLY_FULL)

    def failure(self, want: Want) -> str:
        """Why there is no picture of this photo; empty where nothing went wrong."""
        return self._failures.get(want, "")

    def shutdown(self) -> None:
        """Forget what has not begun and wait for what has."""
        self._closed = True
        self._list.replace((), (), ())
        self._runner.finish()
        self._cache.clear()

    def _work(self) -> None:
        """In a worker: decode until nothing is wanted that may begin."""
        try:
            while (wanted := self._list.take()) is not None:
                picture, said = None, ""
                try:
                    picture = self._decode(wanted.path, self._side_px(wanted))
                except (TwinlensError, OSError) as error:
                    log.info("no picture of %r: %s", wanted.path, error)
                    said = str(error)
                self._list.made(wanted)
                self._made.emit(wanted, picture, said)
        except BaseException:
            self._list.retire()
            raise

    def _side_px(self, wanted: Want) -> int:
        full_px = max(1, int(wanted.longest_px * NEARLY_FULL))
        return full_px if wanted.level is Level.FULL else min(self._screen_px, full_px)

    @Slot(object, object, str)
    def _deliver(self, wanted: Want, picture: Picture | None, error: str) -> None:
        self._list.settle(wanted)
        if self._closed:
            return
        if picture is not None:
            self._cache.put(wanted, picture)
            self.ready.emit(wanted)
        else:
            if len(self._failures) > FAILURES_KEPT:
                self._failures.clear()
            self._failures[wanted] = error
            self.failed.emit(wanted, error)

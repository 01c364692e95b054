"""Large previews off the GUI thread: one at a time, and only the newest request counts."""

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from twinlens.domain.errors import TwinlensError
from twinlens.gui.thumbnails.runner import PoolRunner, Runner

log = logging.getLogger(__name__)

MakePreview = Callable[[str], QImage]


class PreviewLoader(QObject):
    """``make`` runs in a worker and turns a path into an image; it may raise TwinlensError or OSError."""

    ready = Signal(str, QImage)  # path; a null image with ``failed`` instead
    failed = Signal(str, str)  # path, one sentence
    _made = Signal(str, QImage, str)

    def __init__(self, make: MakePreview, parent: QObject, runner: Runner | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._runner = runner if runner is not None else PoolRunner(1)
        self._lock = threading.Lock()
        self._wanted: str | None = None  # not begun
        self._working = False
        self._newest = ""
        self._made.connect(self._deliver)

    def request(self, path: str) -> None:
        """Make this preview next; what was asked before and has not begun is forgotten, what has begun is not shown."""
        self._newest = path
        with self._lock:
            self._wanted = path
            if self._working:
                return
            self._working = True
        self._runner.start(self._work)

    def cancel(self) -> None:
        """Nothing is wanted any more."""
        self._newest = ""
        with self._lock:
            self._wanted = None

    def shutdown(self) -> None:
        """Forget everything and wait for the preview that is being made."""
        self.cancel()
        self._runner.finish()

    def _work(self) -> None:
        """In the worker: make previews until none is wanted."""
        while True:
            with self._lock:
                path, self._wanted = self._wanted, None
                if path is None:
                    self._working = False
                    return
            try:
                self._made.emit(path, self._make(path), "")
            except (TwinlensError, OSError) as error:
                log.info("no preview of %r: %s", path, error)
                self._made.emit(path, QImage(), str(error))

    @Slot(str, QImage, str)
    def _deliver(self, path: str, image: QImage, error: str) -> None:
        if path != self._newest:
            return
        if image.isNull():
            self.failed.emit(path, error)
        else:
            self.ready.emit(path, image)

"""Waits until the window is at rest, and saves what it shows."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tour.looks import SERIES, SERIES_LOOK, Look

SETTLE_MS = 1000  # thumbnails arrive, toasts slide in
LIMIT_S = 120.0
FEW_BYTES = 150_000
QUALITY = 88  # letters stay sharp
SERIES_PX = 896


class Camera:
    """Of one look; writes those pictures that are ``wanted``, and smaller ones of the review into ``series``."""

    def __init__(
        self,
        application: QApplication,
        images: Path,
        look: Look,
        wanted: Callable[[str], bool],
        series: Path | None = None,
    ) -> None:
        self._application, self._images, self._look, self._wanted = application, images, look, wanted
        self._series = series

    def rest(self, duration_ms: int = SETTLE_MS) -> None:
        """Turn the event loop for a while."""
        loop = QEventLoop()
        QTimer.singleShot(duration_ms, loop.quit)
        loop.exec()

    def rest_until(self, so: Callable[[], object], step_ms: int = 100) -> bool:
        """Turn the event loop until something is so; whether it became so."""
        for _ in range(round(LIMIT_S * 1000 / step_ms)):
            if so():
                return True
            self.rest(step_ms)
        return False

    def take(self, name: str, widget: QWidget, settle_ms: int = SETTLE_MS) -> None:
        """Save what a widget shows, once it has settled."""
        self.rest(settle_ms)
        numbered = self._series is not None and self._look.name == SERIES_LOOK and name in SERIES
        if not self._wanted(name) and not numbered:
            return
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.ReadWrite)
        widget.grab().save(buffer, "PNG")
        png = bytes(buffer.data().data())
        if self._wanted(name):
            write_small(png, self._images / f"{name}-{self._look.name}")
        if self._series is not None and numbered:
            write_numbered(png, self._series / f"{SERIES.index(name) + 1:02d}-{name}.jpg")

    def take_dialog(
        self, name: str, open_it: Callable[[], None], look_at: Callable[[QWidget], None] | None = None
    ) -> None:
        """Open a dialog, do something in it if that is asked for, save it, close it."""
        seen: list[QWidget] = []

        def look() -> None:
            self.rest_until(self._application.activeModalWidget)
            dialog = self._application.activeModalWidget()
            if dialog is None:
                return
            seen.append(dialog)
            self.rest(2 * SETTLE_MS)  # it asks in the background
            if look_at is not None:
                look_at(dialog)
            self.take(name, dialog)
            dialog.close()

        QTimer.singleShot(0, look)
        open_it()
        self.rest_until(lambda: seen and self._application.activeModalWidget() is None)


def write_numbered(png: bytes, path: Path) -> None:
    """A picture of the series, small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((SERIES_PX, SERIES_PX), Image.Resampling.LANCZOS)
    picture.save(path, quality=QUALITY, subsampling=0, optimize=True)


def write_small(png: bytes, path: Path) -> None:
    """As PNG where that is small, else as JPEG: a picture full of photos needs more colours than a small PNG has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    lossless, full = path.with_name(f"{path.name}.png"), path.with_name(f"{path.name}.jpg")
    picture.save(lossless, optimize=True)
    full.unlink(missing_ok=True)
    if lossless.stat().st_size > FEW_BYTES:
        lossless.unlink()
        picture.save(full, quality=QUALITY, subsampling=0, optimize=True)

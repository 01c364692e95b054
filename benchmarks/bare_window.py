"""The least a window in Python can take: the interpreter, numpy and Qt, one list of pictures, painted. For ``benchmarks.window``.

``python -m benchmarks.bare_window STARTED_S``: prints the milliseconds from the start of the process, a time of the clock.
"""

import gc
import sys
import time

gc.disable()

import numpy as np  # noqa: E402
from PySide6.QtCore import QEvent, QObject, QSize, QTimer  # noqa: E402
from PySide6.QtGui import QIcon, QImage, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QMainWindow  # noqa: E402

PICTURES, SIDE_PX = 60, 160
WIDTH_PX, HEIGHT_PX = 1280, 800


class Painted(QObject):
    """Says when, and ends the program."""

    def __init__(self, started_s: float) -> None:
        super().__init__()
        self._started_s = started_s

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """After the first paint, once it is on the screen."""
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._end)
        return False

    def _end(self) -> None:
        print(f"{(time.time() - self._started_s) * 1000:.1f}", flush=True)
        QApplication.exit()


def main() -> None:
    """Show pictures of noise."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    pictures = QListWidget()
    pictures.setViewMode(QListWidget.ViewMode.IconMode)
    pictures.setIconSize(QSize(SIDE_PX, SIDE_PX))
    noise = np.random.default_rng(0).integers(0, 255, (PICTURES, SIDE_PX, SIDE_PX, 3), np.uint8)
    for pixels in noise:
        image = QImage(pixels.tobytes(), SIDE_PX, SIDE_PX, 3 * SIDE_PX, QImage.Format.Format_RGB888)
        pictures.addItem(QListWidgetItem(QIcon(QPixmap.fromImage(image.copy())), "IMG_0001.JPG"))
    window.setCentralWidget(pictures)
    painted = Painted(float(sys.argv[1]))
    pictures.viewport().installEventFilter(painted)
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()

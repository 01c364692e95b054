"""Inside the window: uses it as a photographer would and measures how it feels. Started by ``benchmarks.window``."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from twinlens.domain.relation import PhotoClass
from twinlens.gui.app import prepare
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId
from twinlens.library.open import Library

TICK_MS = 4


class PaintWatch(QObject):
    """Notes when a viewport was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted_at_s = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every event of the viewport, take none."""
        if event.type() is QEvent.Type.Paint:
            self.painted_at_s = time.time()
        return False


class GapWatch(QObject):
    """The longest time the event loop did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last_s = 0.0
        self.worst_ms = 0.0

    def during(self, work: Callable[[], None]) -> float:
        """The longest gap in ms while ``work`` runs, which must turn the event loop itself."""
        self._last_s, self.worst_ms = time.perf_counter(), 0.0
        self._timer.start(TICK_MS)
        work()
        self._timer.stop()
        return self.worst_ms

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst_ms = max(self.worst_ms, (now - self._last_s) * 1000)
        self._last_s = now


def wait_until(condition: Callable[[], bool], limit_s: float = 30.0) -> float:
    """Turn the event loop until the condition holds; returns the ms it took."""
    start = time.perf_counter()
    while not condition():
        if time.perf_counter() - start > limit_s:
            raise TimeoutError("the window did not get there in time")
        QApplication.processEvents()
        time.sleep(0.0005)
    return (time.perf_counter() - start) * 1000


def breathe(duration_ms: int) -> None:
    """Turn the event loop for a while. Not QTest.qWait, which keeps the interpreter's lock and starves every worker."""
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


def scroll(view: QAbstractItemView, turns: int) -> None:
    """Turn the wheel over a view, with a breath between two turns."""
    viewport = view.viewport()
    where = QPointF(viewport.rect().center())
    for _ in range(turns):
        event = QWheelEvent(
            where, QPointF(viewport.mapToGlobal(QPoint(int(where.x()), int(where.y())))), QPoint(0, -120), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        breathe(12)


class Probe:
    """One library, one window, one list of figures."""

    def __init__(self, folder: str, started_s: float) -> None:
        self.application = prepare()
        self.library = Library.open(Path(folder))
        theme = Theme(self.application)
        theme.choose("dark")
        self.session = LibrarySession(self.library)
        self.window = MainWindow(self.session, theme)
        self.started_s = started_s
        self.figures: dict[str, float] = {}
        self.gaps = GapWatch()

    def run(self) -> dict[str, float]:
        """Everything, in the order of a session."""
        self.first_paint()
        self.scrolling()
        self.lookalikes()
        self.slider()
        self.marking()
        self.figures["memory_mb"] = psutil.Process().memory_info().rss / 1e6
        self.window.close()
        return self.figures

    def first_paint(self) -> None:
        """From the start of the program until the grid of all photos is painted with its thumbnails."""
        workspace = self.window.workspace
        workspace.show_view(ViewId.PHOTOS)
        viewport = workspace.photos.view().viewport()
        paints = PaintWatch()
        viewport.installEventFilter(paints)
        loaded: list[float] = []
        self.window.loader.loaded.connect(lambda _ids: loaded.append(time.time()))
        self.window.show()
        self.window.begin([])
        wait_until(lambda: bool(loaded) and paints.painted_at_s > loaded[0])
        self.figures["first_paint_ms"] = (paints.painted_at_s - self.started_s) * 1000
        viewport.removeEventFilter(paints)
        wait_until(lambda: self.session.groups.groups(PhotoClass.BURST) is not None)

    def scrolling(self) -> None:
        """The wheel over all photos, then over groups."""
        workspace = self.window.workspace
        breathe(500)
        view = workspace.photos.view()
        self.figures["gap_scroll_photos_ms"] = self.gaps.during(lambda: scroll(view, 120))
        workspace.show_view(ViewId.DUPLICATES)
        workspace.duplicates.choose(PhotoClass.IDENTICAL_FILE)
        breathe(500)
        groups = workspace.duplicates.groups.view()
        self.figures["gap_scroll_groups_ms"] = self.gaps.during(lambda: scroll(groups, 120))

    def lookalikes(self) -> None:
        """Going from photo to photo: until the lookalikes are shown."""
        workspace = self.window.workspace
        workspace.show_view(ViewId.PHOTOS)
        ids = [int(photo_id) for photo_id in self.library.catalog().photos.columns().photo_id]
        answers: list[object] = []
        self.session.similar.found.connect(answers.append)
        times = []
        for number in range(21):
            answers.clear()
            start = time.perf_counter()
            workspace.photos.show_photo(ids[(number * 7919) % len(ids)])
            wait_until(lambda: bool(answers))
            QApplication.processEvents()
            times.append((time.perf_counter() - start) * 1000)
            breathe(60)
        self.figures["lookalikes_first_ms"] = times[0]
        self.figures["lookalikes_worst_ms"] = max(times[1:])

    def slider(self) -> None:
        """Dragging the similarity slider of the bursts."""
        workspace = self.window.workspace
        workspace.show_view(ViewId.BURSTS)
        changed: list[object] = []
        self.session.groups.changed.connect(changed.append)
        slider = workspace.bursts.bar().similarity.slider()
        times = []
        for step in range(12):
            changed.clear()
            start = time.perf_counter()
            slider.setValue(slider.minimum() + (slider.maximum() - slider.minimum()) * (step % 6) // 6)
            wait_until(lambda: bool(changed))
            times.append((time.perf_counter() - start) * 1000)
        self.figures["slider_worst_ms"] = max(times)

    def marking(self) -> None:
        """Keep and reject with the keyboard."""
        workspace = self.window.workspace
        workspace.show_view(ViewId.PHOTOS)
        view = workspace.photos.view()
        view.setFocus()
        breathe(300)

        def keys() -> None:
            for number in range(40):
                QTest.keyClick(view, Qt.Key.Key_X if number % 2 else Qt.Key.Key_P)
                breathe(15)

        self.figures["gap_marking_ms"] = self.gaps.during(keys)


if __name__ == "__main__":
    print(json.dumps(Probe(sys.argv[1], float(sys.argv[2])).run()))

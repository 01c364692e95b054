"""Inside the window of a first scan: notes when things are painted, and turns the wheel as a curious user would.

Started by ``benchmarks.first_results`` with the library, the photos, the seconds to watch and the time of the start.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.window_watch import GapWatch, breathe, scroll
from twinlens.domain.relation import PhotoClass
from twinlens.gui.app import prepare
from twinlens.gui.desks.group_desk import GROUPED
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId
from twinlens.library.open import Library

START_S = 2.0  # from the first turn of the event loop
PAUSE_MS = 400


def used_cpu_s() -> float:
    """The processor time of this process and of the processes it began, so far."""
    program = psutil.Process()
    times = [one.cpu_times() for one in (program, *program.children(recursive=True))]
    return sum(one.user + one.system for one in times)


class LoadedGapWatch(GapWatch):
    """Also counts a gap in the processor time of the window's own thread: what is left of it when other programs rest."""

    def __init__(self) -> None:
        super().__init__()
        self._last_cpu_s = 0.0
        self.worst_cpu_ms = 0.0

    def during(self, work: Callable[[], None]) -> float:
        """As for any watch."""
        self._last_cpu_s, self.worst_cpu_ms = time.thread_time(), 0.0
        return super().during(work)

    def _tick(self) -> None:
        now_s = time.thread_time()
        self.worst_cpu_ms = max(self.worst_cpu_ms, (now_s - self._last_cpu_s) * 1000)
        self._last_cpu_s = now_s
        super()._tick()


class GridWatch(QObject):
    """Notes after each paint of the grid how many of the photos on screen have a picture."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.first_s = self.full_s = self.first_cpu_s = 0.0
        window.workspace.photos.view().viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every event of the viewport, take none."""
        if event.type() is QEvent.Type.Paint and not self.full_s:
            QTimer.singleShot(0, self, self._count)
        return False

    def _count(self) -> None:
        view, cache = self._window.workspace.photos.view(), self._window.loader.cache
        rows = view.visible_rows()
        shown = [photo_id in cache for photo_id in view.photos().ids(rows.start, rows.stop)]
        if any(shown) and not self.first_s:
            self.first_s, self.first_cpu_s = time.time(), used_cpu_s()
        if shown and all(shown) and not self.full_s:
            self.full_s = time.time()


class Probe(QObject):
    """One window on an empty library, one first scan."""

    def __init__(self, library: str, photos: str, seconds: float, started_s: float) -> None:
        super().__init__()
        self.application = prepare()
        theme = Theme(self.application)
        theme.choose("dark")
        self.window = MainWindow(LibrarySession(Library.open(Path(library))), theme)
        self.photos, self.seconds, self.started_s = photos, seconds, started_s
        self.gaps = LoadedGapWatch()
        self.grid = GridWatch(self.window)
        self.catalogued = self.awaited = 0
        self.hundred_s = self.group_s = self.painted_s = self.group_cpu_s = 0.0
        scans, groups = self.window.session.scans, self.window.session.groups
        scans.photosCatalogued.connect(self._count)
        scans.filesAwaited.connect(self._note_awaited)
        groups.changed.connect(self._look_for_group)

    def run(self) -> dict[str, float]:
        """The scan, watched."""
        self.window.show()
        self.window.begin([self.photos])
        start_ms = self.gaps.during(lambda: breathe(round(START_S * 1000)))
        start_cpu_ms = self.gaps.worst_cpu_ms
        gap_ms = self.gaps.during(self._look_around)
        figures = {
            "first_thumbnail_ms": self._ms(self.grid.first_s),
            "screen_thumbnails_ms": self._ms(self.grid.full_s),
            "first_thumbnail_cpu_ms": self.grid.first_cpu_s * 1000,
            "first_group_cpu_ms": self.group_cpu_s * 1000,
            "hundred_photos_ms": self._ms(self.hundred_s),
            "first_group_ms": self._ms(self.group_s),
            "group_painted_ms": self._ms(self.painted_s),
            "gap_start_ms": start_ms,
            "gap_ms": gap_ms,
            "gap_start_cpu_ms": start_cpu_ms,
            "gap_cpu_ms": self.gaps.worst_cpu_ms,
            "memory_mb": psutil.Process().memory_info().rss / 1e6,
            "catalogued": self.catalogued,
            "awaited": self.awaited,
        }
        self.window.close()
        return figures

    def _ms(self, at_s: float) -> float:
        return (at_s - self.started_s) * 1000 if at_s else float("inf")

    def _look_around(self) -> None:
        """Wait for the first group, go and see it, come back, then down the grid a screen at a time until time is up."""
        scans, workspace = self.window.session.scans, self.window.workspace
        end_s = time.time() + (self.seconds or 3600)
        while scans.running and time.time() < end_s and not self.painted_s:
            breathe(50)
        workspace.show_view(ViewId.PHOTOS)
        while scans.running and time.time() < end_s:
            breathe(PAUSE_MS)
            scroll(workspace.photos.view(), 8)

    def _count(self, photo_ids: list[int]) -> None:
        self.catalogued += len(photo_ids)
        if self.catalogued >= 100 and not self.hundred_s:
            self.hundred_s = time.time()

    def _note_awaited(self, event: object) -> None:
        self.awaited += len(getattr(event, "paths", ()))

    def _look_for_group(self, _classes: list[PhotoClass]) -> None:
        groups = self.window.session.groups
        kind = next((kind for kind in GROUPED if len(groups.groups(kind) or ())), None)
        if kind is None or self.group_s:
            return
        self.group_s, self.group_cpu_s = time.time(), used_cpu_s()
        workspace = self.window.workspace
        if kind is PhotoClass.BURST:
            workspace.show_view(ViewId.BURSTS)
        else:
            workspace.show_view(ViewId.DUPLICATES)
            workspace.duplicates.choose(kind)
        QTimer.singleShot(0, self, self._wait_for_group)

    def _wait_for_group(self) -> None:
        """Painted with every picture of the first row."""
        panel = self.window.workspace.groups_panel()
        group = panel.current_group() if panel is not None else None
        cache = self.window.loader.cache
        if group is not None and all(member.photo_id in cache for member in group.members):
            QApplication.processEvents()
            self.painted_s = time.time()
        else:
            QTimer.singleShot(10, self, self._wait_for_group)


if __name__ == "__main__":
    print(json.dumps(Probe(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])).run()))

"""Inside the window: uses it as a photographer would and measures how it feels. Started by ``benchmarks.window``."""

import time

STARTED_S = time.time()  # the interpreter is up: what comes before is measured from the outside

import gc  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import traceback  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

gc.disable()  # as the entry does it, before what the window needs is loaded
from PySide6.QtWidgets import QSlider  # noqa: E402

from twinlens import application  # noqa: E402 - what the program itself loads first
from twinlens.domain.settings import MEASURE_BURSTS  # noqa: E402
from twinlens.gui.app import prepare  # noqa: E402
from twinlens.gui.main_window import MainWindow  # noqa: E402
from twinlens.gui.session import LibrarySession  # noqa: E402
from twinlens.gui.theme.theme import Theme  # noqa: E402
from twinlens.gui.views import ViewId  # noqa: E402
from twinlens.library.open import Library  # noqa: E402

IMPORTED_S = time.time()

from benchmarks.memory_watch import MemoryWatch  # noqa: E402
from benchmarks.window_pages import frame_ms, page_times_ms  # noqa: E402
from benchmarks.window_watch import GapWatch, PaintWatch, breathe, scroll, wait_until  # noqa: E402

SCAN_LIMIT_S = 400.0


class Probe:
    """One library, one window, one list of figures. ``started_s``: when the process was asked for."""

    def __init__(self, folder: str, started_s: float) -> None:
        assert application.start is not None
        self.started_s = started_s
        self.figures: dict[str, float] = {
            "start_python_ms": (STARTED_S - started_s) * 1000,
            "start_imports_ms": (IMPORTED_S - STARTED_S) * 1000,
        }
        began_s = time.time()
        self.application = prepare()
        self.library = Library.open(Path(folder))
        self.library.preferences.set(MEASURE_BURSTS, False)  # made photos are empty files: nothing could be measured
        opened_s = time.time()
        theme = Theme(self.application)
        theme.choose("dark")
        self.session = LibrarySession(self.library)
        self.window = MainWindow(self.session, theme)
        self.figures["start_library_ms"] = (opened_s - began_s) * 1000
        self.figures["start_window_ms"] = (time.time() - opened_s) * 1000
        self.gaps = GapWatch()

    def run(self, new_folder: str | None) -> dict[str, float]:
        """Everything, in the order of a session."""
        self.first_paint()
        memory = MemoryWatch()  # not before: it would count for the start
        try:
            self.loading()
            self.scrolling()
            self.slider()
            self.marking()
            breathe(300)
            _, _, self.figures["memory_mb"] = memory.most_mb()
            if new_folder is not None:
                self.scanning(new_folder)
                names = ("memory_scan_own_mb", "memory_scan_children_mb", "memory_scan_mb")
                self.figures.update(zip(names, memory.most_mb(), strict=True))
            self.lookalikes()
        finally:
            memory.end()
        self.window.close()
        self.window.deleteLater()  # before the application, which would go first at the end of the program
        breathe(50)
        return self.figures

    def watch(self, name: str, work: Callable[[], None]) -> None:
        """The longest gap of the event loop during a piece of work."""
        self.note(name, self.gaps.during(work))

    def note(self, name: str, gap_ms: float) -> None:
        """A gap, and how much of the longest one was this process's own doing."""
        sys.stderr.write(
            f"{time.time() - self.started_s:6.1f} s: {name} {gap_ms:.0f} ms, computing {self.gaps.busy_ms:.0f} ms\n"
        )
        self.figures[f"{name}_ms"], self.figures[f"{name}_busy_ms"] = gap_ms, self.gaps.busy_ms

    def first_paint(self) -> None:
        """From the start of the program until the grid of all photos is painted with its thumbnails."""
        workspace = self.window.workspace
        workspace.show_view(ViewId.PHOTOS)
        view = workspace.photos.view()
        paints = PaintWatch()
        view.viewport().installEventFilter(paints)
        loaded: dict[int, float] = {}
        self.window.loader.loaded.connect(lambda ids: loaded.update(dict.fromkeys(ids, time.time())))
        self.window.show()
        self.window.activateWindow()  # no window manager does it here, and keys go to the active window
        self.gaps.begin()
        self.window.begin([])
        wait_until(lambda: bool(loaded) and paints.painted_at_s > min(loaded.values()))
        self.figures["first_paint_ms"] = (paints.painted_at_s - self.started_s) * 1000
        self.figures["first_paint_photos"] = len(loaded)
        wait_until(lambda: loaded.keys() >= set(view.photos().ids(*_ends(view.visible_rows()))))
        wait_until(lambda: paints.painted_at_s > max(loaded.values()))
        self.figures["whole_page_ms"] = (paints.painted_at_s - self.started_s) * 1000
        view.viewport().removeEventFilter(paints)

    def loading(self) -> None:
        """Until the library, its groups and the lookalikes of the first photo are there, the window being used meanwhile."""
        view, answers = self.window.workspace.photos.view(), list[object]()
        self.session.similar.found.connect(answers.append)
        while len(self.session.groups.all_groups()) < 5:
            scroll(view, 1)
        self.figures["loaded_ms"] = (time.time() - self.started_s) * 1000
        while not answers or self.session.scans.running:
            scroll(view, 1)
        self.session.similar.found.disconnect(answers.append)
        breathe(200)
        self.note("gap_opening", self.gaps.end())

    def scrolling(self) -> None:
        """The wheel over all photos, then over groups, then far down."""
        from twinlens.domain.relation import PhotoClass

        workspace = self.window.workspace
        breathe(500)
        view = workspace.photos.view()
        self.watch("gap_scroll_photos", lambda: scroll(view, 120))

        def jump() -> None:
            for part in (9, 5, 2, 7, 0):
                view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() * part // 10)
                breathe(150)

        self.watch("gap_jump", jump)
        self.figures["frame_photos_ms"] = frame_ms(view, 120)
        painted = self.window.loader.cache
        times = page_times_ms(view, lambda: view.photos().ids(*_ends(view.visible_rows())), painted)
        self.figures["page_worst_ms"] = max(times)
        self.figures["thumbnails_mb"] = painted.used_bytes / 1e6
        workspace.show_view(ViewId.DUPLICATES)
        workspace.duplicates.choose(PhotoClass.IDENTICAL_FILE)
        breathe(500)
        groups = workspace.duplicates.groups.view()
        self.watch("gap_scroll_groups", lambda: scroll(groups, 120))
        self.figures["frame_groups_ms"] = frame_ms(groups, 120)
        self.figures["groups"] = sum(len(found) for found in self.session.groups.all_groups())

    def slider(self) -> None:
        """Dragging the two sliders of the bursts."""
        self.window.workspace.show_view(ViewId.BURSTS)
        breathe(300)
        bar = self.window.workspace.bursts.bar()
        self.figures["slider_worst_ms"] = self._slid("gap_slider", bar.similarity.slider())
        self.figures["time_gap_worst_ms"] = self._slid("gap_time_slider", bar.time_gap.slider())

    def _slid(self, name: str, slider: QSlider) -> float:
        """Twelve steps, each when the one before is on the screen; the slowest in ms."""
        changed: list[object] = []
        times: list[float] = []
        before = slider.value()
        slider.setValue(slider.maximum())  # where an earlier run left it, a step might be none
        breathe(1000)
        self.session.groups.changed.connect(changed.append)

        def slide() -> None:
            for step in range(12):
                changed.clear()
                start = time.perf_counter()
                slider.setValue(slider.minimum() + (slider.maximum() - slider.minimum()) * (step % 6) // 6)
                wait_until(lambda: bool(changed))
                times.append((time.perf_counter() - start) * 1000)

        self.watch(name, slide)
        self.session.groups.changed.disconnect(changed.append)
        slider.setValue(before)
        breathe(500)
        return max(times)

    def marking(self) -> None:
        """Keep and reject with the keyboard."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        workspace = self.window.workspace
        workspace.show_view(ViewId.PHOTOS)
        view = workspace.photos.view()
        view.setFocus()
        first = view.photos().ids()[0]
        workspace.photos.show_photo(first)  # where an earlier run left it there may be none to go on to
        breathe(300)

        def keys() -> None:
            for number in range(40):
                QTest.keyClick(view, Qt.Key.Key_X if number % 2 else Qt.Key.Key_P)
                breathe(15)

        self.session.mark(list(self.session.marks.marks), None)  # of an earlier run
        breathe(300)
        self.watch("gap_marking", keys)
        if len(self.session.marks.marks) < 40:
            raise RuntimeError("the keys marked nothing: the window has not the focus")

    def scanning(self, new_folder: str) -> None:
        """Use the window while a scan brings new photos into the library."""
        workspace = self.window.workspace
        view, slider = workspace.photos.view(), workspace.bursts.bar().similarity.slider()
        before = len(self.window.presenter._shown)
        started = time.perf_counter()

        def use() -> None:
            self.window.library.add_folders([new_folder])
            breathe(0)  # nobody adds a folder and goes to another view in one turn of the event loop
            turn = 0
            while self.session.scans.running:
                turn += 1
                if time.perf_counter() - started > SCAN_LIMIT_S:
                    raise TimeoutError("the scan did not end in time")
                workspace.show_view((ViewId.PHOTOS, ViewId.DUPLICATES, ViewId.PHOTOS, ViewId.BURSTS)[turn % 4])
                if turn % 8 == 0:
                    slider.setValue(slider.minimum() + turn % 20)
                panel = workspace.photo_panel()
                scroll(view if panel is None else panel.view(), 8)
            breathe(2500)  # the groups are read once more

        self.watch("gap_scan", use)
        self.figures["scan_s"] = time.perf_counter() - started - 2.5
        self.figures["scan_new_photos"] = len(self.window.presenter._shown) - before

    def lookalikes(self) -> None:
        """Going from photo to photo: until the lookalikes are shown."""
        workspace = self.window.workspace
        workspace.show_view(ViewId.PHOTOS)
        ids = workspace.photos.view().photos().ids()
        answers: list[object] = []
        self.session.similar.found.connect(answers.append)
        times: list[float] = []

        def walk() -> None:
            for number in range(1, 22):
                answers.clear()
                start = time.perf_counter()
                workspace.photos.show_photo(ids[(number * 7919) % len(ids)])
                wait_until(lambda: bool(answers), 120.0)
                self.application.processEvents()
                times.append((time.perf_counter() - start) * 1000)
                breathe(60)

        self.watch("gap_lookalikes", walk)
        self.figures["lookalikes_first_ms"] = times[0]
        self.figures["lookalikes_worst_ms"] = max(times[1:])


def _ends(rows: range) -> tuple[int, int]:
    return rows.start, rows.stop


if __name__ == "__main__":
    found: dict[str, float] | None = None
    try:
        found = Probe(sys.argv[1], float(sys.argv[2])).run(sys.argv[3] if len(sys.argv) > 3 else None)
    finally:
        if found is None:
            traceback.print_exc()
            os._exit(1)  # the window's threads would wait for ever
    print(json.dumps(found))

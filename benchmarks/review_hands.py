"""Inside the window: reviews with keys alone, counts them, and takes the pictures. Started by ``benchmarks.review``."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.window_watch import breathe, wait_until
from twinlens.domain.group import Member
from twinlens.domain.relation import PhotoClass
from twinlens.gui.app import prepare
from twinlens.gui.best.bar import KeepBestBar
from twinlens.gui.main_window import MainWindow
from twinlens.gui.pictures.want import Level, want
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library

SIZE_PX = (1600, 1000)
COPIES = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS, PhotoClass.SAME_SHOT)
PAUSE_MS = 120  # a quick photographer
SCAN_LIMIT_S = 900.0
JUDGED = 20  # groups whose next one is timed


class Hands:
    """Presses keys as a photographer would, and keeps count of them."""

    def __init__(self, library: str, images: Path | None) -> None:
        self.application = prepare()
        theme = Theme(self.application)
        theme.choose("dark")
        self.session = LibrarySession(Library.open(Path(library)))
        self.window = MainWindow(self.session, theme)
        self.images, self.pictures_taken, self.keys, self.walked = images, 0, 0, False
        self.told: dict[str, Any] = {"parts": [], "next_group_ms": [], "next_group_cpu_ms": []}
        self.window.resize(*SIZE_PX)
        self.window.show()
        self.window.activateWindow()  # there is no window manager that would

    def press(self, keys: str, pause_ms: int = PAUSE_MS) -> None:
        """One key, with its modifiers, to whatever has the focus."""
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs do not know it
        receiver = QApplication.focusWidget() or self.window
        QTest.keyClick(receiver, combination.key(), combination.keyboardModifiers())
        self.keys += 1
        breathe(pause_ms)

    def take(self, name: str, settle_ms: int = 700) -> None:
        """The next picture of the series."""
        if self.images is None:
            return
        breathe(settle_ms)
        self.pictures_taken += 1
        self.images.mkdir(parents=True, exist_ok=True)
        shown = self.application.activeModalWidget() or self.window
        shown.grab().save(str(self.images / f"{self.pictures_taken:02d}-{name}.png"))

    def review(self, folder: str) -> dict[str, Any]:
        """From the folder to the quarantine and back."""
        self.scan(folder)
        self.press("Ctrl+1")
        for kind in COPIES:
            self.copies(kind)
        self.edits()
        self.bursts()
        self.judge()
        self.remove_and_return()
        self.window.close()
        self.window.deleteLater()  # before the application, which would go first at the end of the program
        breathe(50)
        return self.told

    def scan(self, folder: str) -> None:
        """The first scan, with a picture from its middle."""
        session = self.session
        self.window.begin([])
        self.take("empty")
        self.window.begin([folder])
        wait_until(lambda: len(self.window.presenter._shown) > 60, SCAN_LIMIT_S)
        self.take("scanning", 300)
        wait_until(lambda: not session.scans.running, SCAN_LIMIT_S)
        breathe(2500)
        self.window.toast.dismiss()

    def copies(self, kind: PhotoClass) -> None:
        """The suggestion taken, group after group."""
        self.window.workspace.duplicates.choose(kind)
        self.window.workspace.focus_page()
        self.take(kind.value)
        self.part(kind.value, kind, lambda: self.press("Return"))
        self.take(f"{kind.value}-decided", 300)

    def edits(self) -> None:
        """Looked at over each other before they are decided: nothing is suggested here."""
        self.window.workspace.duplicates.choose(PhotoClass.EDITED)
        self.window.workspace.focus_page()
        self.take("edited")
        self.press("C")
        breathe(1500)
        self.take("compare-aligned")
        for name, key in (("curtain", "V"), ("overlay", "O"), ("difference", "D")):
            self.press(key)
            self.take(f"compare-{name}")
        self.press("Escape")
        self.part("edited", PhotoClass.EDITED, lambda: self.press_all("P", "Shift+X", "Ctrl+Down"))

    def bursts(self) -> None:
        """The first one walked through, winner against challenger; of the others the best shot, once frames are measured."""
        self.press("Ctrl+2")
        self.window.workspace.focus_page()
        bar = self.window.findChild(KeepBestBar)
        wait_until(lambda: bar is None or not bar.state(), SCAN_LIMIT_S)
        self.take("bursts")
        self.press("N", 1500)
        self.take("survey", 0)
        self.press("Escape")
        self.part("burst", PhotoClass.BURST, self.decide_burst)
        self.take("bursts-decided")

    def decide_burst(self) -> None:
        """A bracket or a stack is kept whole; of the first burst the better of two stays until one is left."""
        panel = self.window.workspace.groups_panel()
        group = panel.current_group() if panel is not None else None
        if group is None or (group.kind is not None and group.kind.belongs_together):
            self.press_all("A", "Ctrl+Down")
            return
        if not self.walked:
            self.walked = True
            self.press("W", 1500)
            self.take("walk", 0)
            self.press_all(*"1" * (len(group.members) - 1), "Ctrl+Down")
            return
        self.press("Ctrl+B")
        if not self.is_decided(group.members):
            self.press("A")  # nothing is known of it: all are kept
        self.press("Ctrl+Down")

    def press_all(self, *keys: str) -> None:
        """One after the other."""
        for key in keys:
            self.press(key)

    def judge(self) -> None:
        """From group to group in the loupe, each looked at for a second and a half: how soon is the next one sharp?"""
        self.press("Space", 2500)  # the last group is under the cursor
        self.take("loupe", 0)
        pictures, loupe = self.window.pictures, self.window.loupe
        for _ in range(JUDGED):
            before = loupe.photo()
            began_s, began_cpu_s = time.perf_counter(), time.thread_time()
            self.press("Up", 0)
            if loupe.photo() == before:
                break
            wait_until(lambda: (photo := loupe.photo()) is not None and pictures.has(want(photo, Level.SCREEN)), 30)
            self.application.processEvents()
            self.told["next_group_ms"].append((time.perf_counter() - began_s) * 1000)
            self.told["next_group_cpu_ms"].append((time.thread_time() - began_cpu_s) * 1000)
            breathe(1500)
        self.press("Z", 1500)
        self.take("loupe-1-to-1", 0)
        self.press_all("Escape", "Escape")

    def remove_and_return(self) -> None:
        """The rejects to the quarantine, what is said of them, and everything back."""
        session = self.session
        self.told["rejects"] = session.marks.rejected_count
        self.press("Delete")
        wait_until(lambda: bool(session.records.records.waiting) and not session.removals.busy, 60)
        self.take("removed")
        self.told["removed"] = len(session.records.records.waiting)
        self.window.toast.dismiss()
        for view in ("quarantine", "history"):
            self.window.actions_by_id[f"view.{view}"].trigger()
            self.take(view)
        while session.records.records.waiting:
            before = len(session.records.records.waiting)
            self.press("Ctrl+Z", 1500)
            wait_until(partial(self.has_fewer, before), 60)
        self.told["returned"] = self.told["removed"]
        wait_until(lambda: not session.scans.running, 60)
        self.press("Ctrl+3")
        self.take("back")

    def has_fewer(self, waiting: int) -> bool:
        """Whether fewer photos wait in the quarantine."""
        return len(self.session.records.records.waiting) < waiting

    def part(self, name: str, kind: PhotoClass, decide: Callable[[], None]) -> None:
        """Decide the undecided groups of a class, and note the keys that each took."""
        groups = self.session.groups.groups(kind)
        self.go_to_undecided()
        keys = []
        before = self.session.marks.rejected_count
        for _ in range(len(groups) if groups is not None else 0):
            panel = self.window.workspace.groups_panel()
            group = panel.current_group() if panel is not None else None
            if group is None or group.photo_class is not kind or self.is_decided(group.members):
                break
            pressed = self.keys
            decide()
            keys.append(self.keys - pressed)
        rejects = self.session.marks.rejected_count - before
        self.told["parts"].append({"name": name, "keys": keys, "rejects": rejects})

    def go_to_undecided(self) -> None:
        """Where something is left to decide; no key of any group."""
        panel = self.window.workspace.groups_panel()
        group = panel.current_group() if panel is not None else None
        if group is not None and self.is_decided(group.members):
            self.press("Ctrl+Down", 400)

    def is_decided(self, members: Sequence[Member]) -> bool:
        """Whether every photo of a group has a mark."""
        return all(member.photo_id in self.session.marks.marks for member in members)


if __name__ == "__main__":
    [_, library, drive, images] = sys.argv
    print(json.dumps(Hands(library, Path(images) if images else None).review(drive)))

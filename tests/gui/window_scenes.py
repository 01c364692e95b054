"""A review in a real window with real threads, by mouse and keys: a scene for each thing that the workspace offers.

Run as a program by ``test_gui_window_scenes``: ``window_scenes.py DRIVE LIBRARY``; prints the names of the scenes that held.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from twinlens.domain.group import Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.app import prepare
from twinlens.gui.compare.feature import Comparing
from twinlens.gui.main_window import MainWindow
from twinlens.gui.rules.dialog import RuleDialog
from twinlens.gui.session import LibrarySession
from twinlens.gui.survey.feature import Surveying
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library

LEFT = Qt.MouseButton.LeftButton
LIMIT_S = 60.0


class Scenes:
    """One window, used as a person uses it: keys go to what has the focus, clicks to what is seen."""

    def __init__(self, library: str) -> None:
        self.application = prepare()
        theme = Theme(self.application)
        theme.choose("dark")
        self.session = LibrarySession(Library.open(Path(library)))
        self.window = MainWindow(self.session, theme)
        self.window.resize(1500, 950)
        self.window.show()
        self.window.activateWindow()  # there is no window manager that would

    def rest(self, duration_ms: int = 60) -> None:
        loop = QEventLoop()
        QTimer.singleShot(duration_ms, loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], object], what: str) -> None:
        end_s = time.monotonic() + LIMIT_S
        while not condition():
            if time.monotonic() > end_s:
                raise TimeoutError(what)
            self.rest(30)

    def press(self, *keys: str) -> None:
        for each in keys:
            combination = QKeySequence(each)[0]  # type: ignore[index]  # the stubs do not know it
            QTest.keyClick(
                QApplication.focusWidget() or self.window, combination.key(), combination.keyboardModifiers()
            )
            self.rest()

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place or widget.rect().center())
        self.rest()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(widget, LEFT, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * step / 8)
            self.rest(20)
        QTest.mouseRelease(widget, LEFT, Qt.KeyboardModifier.NoModifier, end)
        self.rest()

    @property
    def marks(self) -> dict[int, Mark]:
        return dict(self.session.marks.marks)

    def undo_all(self) -> None:
        for _ in range(30):
            if not self.marks:
                return
            self.press("Ctrl+Z")
        raise AssertionError("undo left marks")

    def scan(self, drive: str) -> None:
        self.window.begin([drive])
        self.until(lambda: self.session.scans.running, "the scan begins")
        self.until(lambda: not self.session.scans.running, "the scan ends")
        self.until(lambda: self.session.groups.shown(PhotoClass.BURST), "bursts are found")
        self.window.toast.dismiss()

    def classes_sorted_and_filtered(self) -> None:
        self.press("Ctrl+1")
        panel, tabs = self.window.workspace.duplicates.groups, self.window.workspace.duplicates.tabs
        at = next(n for n in range(tabs.count()) if "Same shot" in tabs.tabText(n))
        self.click(tabs, tabs.tabRect(at).center())
        assert self.window.workspace.duplicates.photo_class() is PhotoClass.SAME_SHOT
        assert panel.current_group() is not None
        self.click(tabs, tabs.tabRect(0).center())
        self.press("Ctrl+F", "b", "a", "c", "k", "u", "p")
        self.until(lambda: panel.arranging.arrangement().wanted.text == "backup", "the filter holds")
        self.press("Esc", "Esc")
        self.until(lambda: panel.arranging.arrangement().wanted.text == "", "the filter is gone")
        panel.setFocus()
        self.press("Return")
        self.until(lambda: Mark.REJECT in self.marks.values(), "Enter takes the suggestion")
        self.undo_all()

    def sliders(self) -> None:
        self.press("Ctrl+2")
        bursts = self.window.workspace.bursts
        slider = bursts.bar().similarity.slider()
        before = len(self.session.groups.shown(PhotoClass.BURST) or ())
        middle = slider.height() // 2
        handle = round(slider.width() * slider.value() / max(1, slider.maximum()))
        self.drag(slider, QPoint(handle, middle), QPoint(slider.width() - 2, middle))
        self.until(lambda: len(self.session.groups.shown(PhotoClass.BURST) or ()) != before, "the slider regroups")
        slider.setFocus()
        self.press("Home")
        self.until(lambda: len(self.session.groups.shown(PhotoClass.BURST) or ()) >= before, "and groups again")
        bursts.setFocus()

    def looking(self) -> None:
        window = self.window
        compare = next(one.view for one in window.features if isinstance(one, Comparing))
        survey = next(one.view for one in window.features if isinstance(one, Surveying))
        rock = next(photo for photo in self.session.library.catalog().photos.named("img_0003.jpg"))
        assert window.workspace.bursts.show_photo(rock.id)
        self.press("Space")
        assert window.loupe.isVisible()
        self.press("Z", "Esc", "Esc")
        assert not window.loupe.isVisible()
        self.press("C")
        self.until(lambda: compare.laying.matrix(compare.photos()[1]) is not None, "photos are laid over each other")
        self.press("V", "D", "Esc")
        assert not compare.isVisible()
        self.press("N")
        assert survey.isVisible()
        self.press("Esc")
        group = window.workspace.bursts.current_group()
        assert group is not None
        self.press("W", *["1"] * (len(group.members) - 1))
        self.until(lambda: list(self.marks.values()).count(Mark.KEEP) == 1, "one winner")
        assert list(self.marks.values()).count(Mark.REJECT) == len(group.members) - 1
        self.press("Ctrl+Z")
        assert not self.marks

    def best_shots(self) -> None:
        def kept() -> bool:
            self.press("Ctrl+B")
            return Mark.REJECT in self.marks.values()

        self.until(kept, "the frames are measured")
        assert list(self.marks.values()).count(Mark.KEEP) == 1
        self.undo_all()

    def rules(self) -> None:
        self.press("Ctrl+1", "Ctrl+R")
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RuleDialog) and w.isVisible())
        buttons = dialog.findChild(QDialogButtonBox)
        assert buttons is not None
        self.until(lambda: dialog.effect.folders.rowCount() > 0, "the effect by folder")
        mark = next(
            one for one in buttons.buttons() if buttons.buttonRole(one) is QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.until(mark.isEnabled, "there is something to mark")
        self.click(mark)
        self.until(lambda: self.marks, "the rule marks")
        self.window.activateWindow()  # as a window manager does when a dialog is closed
        self.rest()
        self.press("Ctrl+Z")
        self.until(lambda: not self.marks, "one undo takes it back")

    def finding(self) -> None:
        self.press("Ctrl+3")
        preview = self.window.side.inspector.picture()
        self.until(lambda: preview.picture_rect().width() > 50, "the preview")
        whole = preview.picture_rect()
        corner = QPoint(round(whole.x() + whole.width() * 0.3), round(whole.y() + whole.height() * 0.3))
        opposite = QPoint(round(whole.x() + whole.width() * 0.8), round(whole.y() + whole.height() * 0.8))
        self.drag(preview, corner, opposite)
        page = self.window.workspace.results
        self.until(lambda: page.heading.text().startswith("A part of") and page.shown(), "results of the rectangle")
        page.grid.setFocus()
        self.press("X")
        assert list(self.marks.values()) == [Mark.REJECT]
        self.undo_all()

    def history(self) -> None:
        self.press("Ctrl+1")
        panel = self.window.workspace.duplicates.groups
        panel.setFocus()
        self.press("Return")
        (photo_id,) = (each for each, mark in self.marks.items() if mark is Mark.REJECT)
        path = Path(self.session.photos.photo(photo_id).path)
        self.press("Delete")
        self.until(lambda: not path.exists() and not self.session.removals.busy, "the reject is in the quarantine")
        self.press("Ctrl+5")
        history = self.window.workspace.history
        history.search.setFocus()
        QTest.keyClicks(history.search, path.stem)
        self.press("Return")
        self.until(lambda: any("quarantine" in one for one in history.answers.sentences()), "where it is")
        self.click(history.answers.buttons()[0])
        self.until(path.exists, "it is put back")

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    scenes = Scenes(sys.argv[2])
    try:
        scenes.scan(sys.argv[1])
        for scene in (
            scenes.classes_sorted_and_filtered,
            scenes.sliders,
            scenes.looking,
            scenes.best_shots,
            scenes.rules,
            scenes.finding,
            scenes.history,
        ):
            scene()
            sys.stdout.write(f"{scene.__name__}\n")
            sys.stdout.flush()
    finally:
        scenes.close()  # or its threads would keep the program


if __name__ == "__main__":
    main()

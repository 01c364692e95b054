"""The window that is walked through, and what every stage of the walk does in it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tour.camera import SETTLE_MS, Camera
from tour.drive import Drive
from twinlens.domain.relation import PhotoClass
from twinlens.gui.best.bar import KeepBestBar
from twinlens.gui.main_window import MainWindow
from twinlens.gui.views import ViewId

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True, slots=True)
class Visit:
    """A window with its camera."""

    application: QApplication
    window: MainWindow
    camera: Camera
    drive: Drive | None

    def take(self, name: str, settle_ms: int = SETTLE_MS) -> None:
        """Save the window."""
        self.camera.take(name, self.window, settle_ms)

    def do(self, *actions: str) -> None:
        """Trigger these actions."""
        for action in actions:
            self.window.actions_by_id[action].trigger()
            self.camera.rest(200)

    def take_dialog(self, name: str, action: str, look_at: Callable[[QWidget], None] | None = None) -> None:
        """Save the dialog that an action opens."""
        self.camera.take_dialog(name, self.window.actions_by_id[action].trigger, look_at)

    def take_menu(self, name: str, menu: QMenu) -> None:
        """Save a menu as it hangs from the bar."""
        menu.popup(self.window.mapToGlobal(QPoint(0, 0)))
        self.camera.take(name, menu, 300)
        menu.close()

    def show(self, view: ViewId, photo_class: PhotoClass | None = None) -> None:
        """Go to a view, and to a class of duplicates; the keys are there."""
        self.window.show_view(view)
        self.window.sidebar.show_view(view)
        if photo_class is not None:
            self.window.workspace.duplicates.choose(photo_class)
        self.window.workspace.focus_page()
        self.camera.rest(300)

    def rest_after_scan(self) -> None:
        """Until nothing is scanned and the frames of bursts are measured."""
        scans = self.window.session.scans
        self.camera.rest_until(lambda: not scans.running)
        self.camera.rest(1500)
        bar = self.window.findChild(KeepBestBar)
        self.camera.rest_until(lambda: bar is None or not bar.state())
        self.window.toast.dismiss()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """With the left button."""
        QTest.mousePress(widget, LEFT, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * step / 8)
            self.camera.rest(20)
        QTest.mouseRelease(widget, LEFT, Qt.KeyboardModifier.NoModifier, end)

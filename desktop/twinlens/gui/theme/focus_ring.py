"""One ring around whatever has the keys, the same everywhere. Lists of photos and rows paint theirs around the item."""

import shiboken6
from PySide6.QtCore import QObject, QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFocusFrame, QWidget

from twinlens.gui.theme.contrast import RING_CONTRAST, readable
from twinlens.gui.theme.grounds import SURFACES

RING_PX = 2
RADIUS_PX = 4
# These show where the keys are by the item under the cursor.
OWN_RING = (*SURFACES, "RowList", "CriteriaView", "QMenu", "QMenuBar")


class FocusRing(QObject):
    """Follows the focus through all windows of the application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._frame: _Frame | None = None
        application.focusChanged.connect(self._move)

    def framed(self) -> QWidget | None:
        """The widget that has the ring at the moment."""
        frame = self._frame
        return frame.widget() if frame is not None and shiboken6.isValid(frame) and frame.isVisible() else None

    @Slot(QWidget, QWidget)
    def _move(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is None or not shiboken6.isValid(self._frame):  # it goes with the window that it was in
            self._frame = None
        wanted = new is not None and not new.isWindow() and not any(new.inherits(name) for name in OWN_RING)
        if new is None or not wanted:
            if self._frame is not None:
                self._frame.hide()
            return
        if self._frame is None:
            self._frame = _Frame(new)
        self._frame.setWidget(new)
        self._frame.show()


class _Frame(QFocusFrame):
    """Stays with its widget wherever that is moved or scrolled."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring, in a colour that stands out from the window."""
        palette = self.palette()
        role = palette.ColorRole
        colour = readable(
            palette.color(role.Highlight), palette.color(role.Button), palette.color(role.ButtonText), RING_CONTRAST
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, RING_PX))
            half = RING_PX / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS_PX, RADIUS_PX)

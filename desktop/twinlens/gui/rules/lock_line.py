"""What no rule can change: protected folders are not touched."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from twinlens.gui.theme.icons import tinted
from twinlens.gui.theme.palettes import quiet_colour
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SMALL_ICON_PX, UNIT_PX
from twinlens.gui.theme.type_scale import caption, set_in


class LockLine(QWidget):
    """A padlock and a sentence."""

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._lock, words = QLabel(self), QuietLabel("", self)
        set_in(caption, words)
        words.setWordWrap(True)
        words.setText(
            self.tr("%Ln protected folder(s): no rule takes anything from there.", "", count)
            if count
            else self.tr("No folder is protected. Protect one in the sidebar, and no rule takes anything from it.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT_PX)
        row.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self._draw_lock()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_lock"):
            self._draw_lock()

    def _draw_lock(self) -> None:
        ink = quiet_colour(self.palette()).name()
        picture: QIcon = tinted("lock", ink, ink, ink)
        self._lock.setPixmap(picture.pixmap(SMALL_ICON_PX, SMALL_ICON_PX))

"""What no rule can change: protected folders are not touched."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from twinlens.gui.theme.icons import tinted
from twinlens.gui.theme.palettes import quiet_colour, quieted
from twinlens.gui.theme.spacing import SMALL_ICON_PX, UNIT_PX
from twinlens.gui.theme.type_scale import caption, set_in


class LockLine(QWidget):
    """A padlock and a sentence."""

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        ink = quiet_colour(self.palette()).name()
        lock, words = QLabel(self), QLabel(self)
        picture: QIcon = tinted("lock", ink, ink, ink)
        lock.setPixmap(picture.pixmap(SMALL_ICON_PX, SMALL_ICON_PX))
        set_in(caption, words)
        words.setPalette(quieted(self.palette()))
        words.setWordWrap(True)
        words.setText(
            self.tr("%Ln protected folder(s): no rule takes anything from there.", "", count)
            if count
            else self.tr("No folder is protected. Protect one in the sidebar, and no rule takes anything from it.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT_PX)
        row.addWidget(lock, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)

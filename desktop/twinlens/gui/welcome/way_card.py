"""A way to begin: a large button with a sign, a name and a sentence."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from twinlens.gui.theme.icons import icon
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import heading

WIDTH_LETTERS = 28
SIGN_PX = 32
RADIUS_PX = 8


class WayCard(QAbstractButton):
    """As high as its texts need at the width that it has."""

    def __init__(self, way: str, sign: str, name: str, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.way = way
        self._sign, self._sentence = sign, sentence
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Wide enough for a few words a line."""
        width = self.fontMetrics().averageCharWidth() * WIDTH_LETTERS + 2 * WIDE_PX
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The same: what does not fit is scrolled to."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """The sign, the name and the whole sentence."""
        return self._sentence_rect(width).bottom() + 1 + WIDE_PX

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised field, lighter under the pointer."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            lit = self.underMouse() or self.isDown()
            painter.setBrush(palette.color(QPalette.ColorRole.Button if lit else QPalette.ColorRole.Window))
            edge = QColor(palette.color(QPalette.ColorRole.WindowText))
            edge.setAlphaF(
                1.0 if palette.color(QPalette.ColorRole.Window) == palette.color(QPalette.ColorRole.Base) else 0.2
            )
            painter.setPen(QPen(edge, 1))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), RADIUS_PX, RADIUS_PX)
            icon(self._sign).paint(painter, QRect(WIDE_PX, WIDE_PX, SIGN_PX, SIGN_PX))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.setFont(heading(self.font()))
            painter.drawText(self._name_rect(self.width()), _WRAPPED, self.text())
            painter.setFont(self.font())
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self._sentence_rect(self.width()), _WRAPPED, self._sentence)

    def _name_rect(self, width: int) -> QRect:
        room = QRect(WIDE_PX, WIDE_PX + SIGN_PX + UNIT_PX, width - 2 * WIDE_PX, 10_000)
        return (
            QFontMetrics(heading(self.font()))
            .boundingRect(room, _WRAPPED, self.text())
            .united(room.adjusted(0, 0, 0, -9_999))
        )

    def _sentence_rect(self, width: int) -> QRect:
        room = QRect(WIDE_PX, self._name_rect(width).bottom() + 1 + UNIT_PX // 2, width - 2 * WIDE_PX, 10_000)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self._sentence).united(room.adjusted(0, 0, 0, -9_999))


_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)

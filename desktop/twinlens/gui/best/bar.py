"""The line in the view of bursts that thins them: how many of the best stay, of this burst or of all."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from twinlens.domain.settings import KEEP_BEST
from twinlens.gui.theme.indented import indent
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.words import count_words


class KeepBestBar(QWidget):
    """Tells a new number; the two buttons are the actions of the menu."""

    countChanged = Signal(int)

    def __init__(self, one: QAction, every: QAction, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = QSpinBox(self)
        indent(self.count)
        self.count.setRange(int(KEEP_BEST.minimum or 1), int(KEEP_BEST.maximum or 1))
        self.count.setValue(count)
        self.count.setAccessibleName(self.tr("Best shots to keep"))
        self.count.setToolTip(self.tr("How many frames of a burst stay"))
        words = QLabel(self.tr("Keep &best"), self)
        words.setBuddy(self.count)
        self.one, self.every = self._button(one, self.tr("of this burst")), self._button(every, self.tr("of all shown"))
        self._state = ElidedLabel(self)
        self._state.setAccessibleName(self.tr("Measuring"))
        row = QHBoxLayout(self)
        row.setContentsMargins(WIDE_PX, 0, WIDE_PX, UNIT_PX)
        row.setSpacing(UNIT_PX)
        for widget in (words, self.count, self.one, self.every):
            row.addWidget(widget)
        row.addWidget(self._state, 1)
        self.count.valueChanged.connect(self.countChanged)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """How far the measuring is; nothing when it rests."""
        text = self.tr("Measuring the frames: {} of {}").format(count_words(done), count_words(total)) if total else ""
        self._state.setText(text)

    @Slot(int)
    def show_chosen(self, count: int) -> None:
        """So many bursts are selected, 0 where it is the current one alone."""
        self.one.setText(self.tr("of the %Ln selected", "", count) if count else self.tr("of this burst"))

    def state(self) -> str:
        """What is said of the measuring."""
        return self._state.text()

    def _button(self, action: QAction, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAccessibleName(action.text().replace("&", ""))
        button.setToolTip(action.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        return button

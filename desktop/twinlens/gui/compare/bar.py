"""The line above a comparison: modes, locks, the one slider that the mode has, and where a walk is."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from twinlens.gui.compare.together import Mode
from twinlens.gui.theme.spacing import HALF_PX, ICON_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption
from twinlens.gui.thumbnails.elided_label import ElidedLabel

STEPS = 255
HINT_PX = 128  # "Decision 3 of 12"
MODES = ("compare.side", "compare.curtain", "compare.overlay", "compare.difference")
SWITCHES = ("compare.align", "compare.lock", "compare.exposure")
WALKING = ("walk.left", "walk.right", "walk.both")


class CompareBar(QWidget):
    """Shows actions that are declared elsewhere; of its own it has the slider and two texts."""

    amountChanged = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(WIDE_PX, HALF_PX, WIDE_PX, HALF_PX)
        self._row.setSpacing(HALF_PX)
        self._buttons: dict[str, QToolButton] = {}
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setFixedWidth(160)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(self.tr("Slider of the mode"))
        self.slider.valueChanged.connect(self._moved)
        self._figure, self._hint = QLabel(self), ElidedLabel(self)
        self._figure.setMinimumWidth(140)
        self._figure.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setMinimumWidth(HINT_PX)
        self.setAccessibleName(self.tr("How photos are compared"))

    def give(self, actions: Mapping[str, QAction]) -> None:
        """Make the buttons; once."""
        for name in (*MODES, *SWITCHES):
            self._add_button(actions[name], texts=name in MODES)
            if name == MODES[-1]:
                self._row.addSpacing(UNIT_PX)
        self._row.addSpacing(UNIT_PX)
        self._row.addWidget(self.slider)
        self._row.addWidget(self._figure)
        self._row.addWidget(self._hint, 1)
        for name in WALKING:
            self._add_button(actions[name], texts=True)
        self._add_button(actions["walk"], texts=True)
        self.restyle()

    def restyle(self) -> None:
        """The palette or the font has changed."""
        for label in (self._figure, self._hint):
            label.setFont(caption(self.font()))

    def show_mode(self, mode: Mode, amount: float, figure: str) -> None:
        """The slider of this mode, where it has one, and what it says in a figure."""
        names = {
            Mode.CURTAIN: self.tr("Place of the curtain"),
            Mode.OVERLAY: self.tr("Opacity of the second photo"),
            Mode.DIFFERENCE: self.tr("Least difference that is shown"),
        }
        self.slider.setVisible(mode in names)
        self._figure.setVisible(mode in names)
        self._buttons["compare.exposure"].setVisible(mode is Mode.DIFFERENCE)
        self.slider.setAccessibleName(names.get(mode, self.tr("Slider of the mode")))
        self.slider.setToolTip(names.get(mode, ""))
        self.slider.blockSignals(True)
        self.slider.setValue(round(amount * STEPS))
        self.slider.blockSignals(False)
        self._figure.setText(figure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words as far as there is room: first the modes become icons, then all."""
        super().resizeEvent(event)
        if self._buttons:
            self._fit_words()

    def _fit_words(self) -> None:
        """Icons say less than words, but more than half of a word."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for words in ((*MODES, *WALKING, "walk"), (*WALKING, "walk"), ()):
            for name in (*MODES, *WALKING, "walk"):
                self._buttons[name].setToolButtonStyle(beside if name in words else alone)
            self._row.invalidate()
            if self._row.sizeHint().width() <= self.width():
                return

    def show_walk(self, walking: bool) -> None:
        """Whether the buttons of a walk are there."""
        for name in WALKING:
            self._buttons[name].setVisible(walking)
        self._fit_words()

    def say(self, hint: str) -> None:
        """A word on what is seen."""
        self._hint.setText(hint)
        self._hint.setAccessibleName(hint)

    def hint(self) -> str:
        """What is said."""
        return self._hint.text()

    def figure(self) -> str:
        """What is said of the slider."""
        return self._figure.text()

    def _add_button(self, action: QAction, *, texts: bool) -> None:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setIconSize(QSize(ICON_PX, ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        button.setToolButtonStyle(beside if texts else alone)
        button.setAccessibleName(action.text().replace("&", ""))
        self._buttons[action.objectName()] = button
        self._row.addWidget(button)

    @Slot(int)
    def _moved(self, value: int) -> None:
        self.amountChanged.emit(value / STEPS)

"""A slider with its name and value before it and a histogram under it, which tells its value while it is dragged."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSlider, QWidget

from twinlens.gui.sliders.histogram_strip import HistogramStrip
from twinlens.gui.sliders.scale import Scale
from twinlens.gui.sliders.throttle import Throttle
from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX

SLIDER_WIDTH_PX = 176  # two of them and a summary fit above the groups
NARROWEST_PX = 80  # in a narrow window


class ValueSlider(QWidget):
    """The common part of the sliders: a ``scale``, a label with a mnemonic, words for a value.

    ``counts_above``: whether it lets in what is at its position and above, or below.
    """

    valueChanged = Signal(float)  # while dragging, throttled

    def __init__(
        self, title: str, scale: Scale, value: float, parent: QWidget | None = None, *, counts_above: bool = True
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._told = value
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, scale.last)
        self._slider.setPageStep(5)
        self._slider.setMinimumWidth(NARROWEST_PX)
        self._slider.setMaximumWidth(SLIDER_WIDTH_PX)
        self._slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._slider.setAccessibleName(title.replace("&", ""))
        self._title = QLabel(title, self)
        self._title.setBuddy(self._slider)
        self._value = QLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.histogram = HistogramStrip(self._slider, self._words_at, counts_above=counts_above, parent=self)
        self._throttle = Throttle(self)
        self._build_layout()
        self._slider.setValue(scale.position(value))
        self._show_value()
        self._slider.valueChanged.connect(self._moved)
        self._slider.sliderReleased.connect(self._throttle.flush)
        self.histogram.pressed.connect(self._slider.setValue)
        self._throttle.fired.connect(self._tell)

    def value(self) -> float:
        """The value at the slider's position."""
        return self._scale.value(self._slider.value())

    def set_value(self, value: float) -> None:
        """Move the slider without telling anyone."""
        self._slider.blockSignals(True)
        self._slider.setValue(self._scale.position(value))
        self._slider.blockSignals(False)
        self._told = self.value()
        self._show_value()

    def slider(self) -> QSlider:
        """The slider itself, for focus and keys."""
        return self._slider

    def words(self, value: float) -> str:
        """The value as shown."""
        return f"{value:g}"

    def sizeHint(self) -> QSize:
        """With a slider as wide as it wants to be."""
        hint = super().sizeHint()
        asked = min(self._slider.sizeHint().width(), self._slider.maximumWidth())
        return QSize(hint.width() - asked + self._slider.maximumWidth(), hint.height())

    def give_room(self, slider_px: int) -> None:
        """So wide may the slider itself be."""
        self._slider.setMaximumWidth(min(SLIDER_WIDTH_PX, max(NARROWEST_PX, slider_px)))
        self.updateGeometry()

    def scale(self) -> Scale:
        """The values of the positions."""
        return self._scale

    def _words_at(self, position: int) -> str:
        return self.words(self._scale.value(position))

    def _build_layout(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(UNIT_PX)
        layout.setVerticalSpacing(HALF_PX)
        layout.addWidget(self._title, 0, 0)
        layout.addWidget(self._value, 1, 0)
        layout.addWidget(self._slider, 0, 1)
        layout.addWidget(self.histogram, 1, 1)
        widest = max(self.fontMetrics().horizontalAdvance(self.words(value)) for value in self._scale.values)
        self._value.setMinimumWidth(widest + 4)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @Slot()
    def _moved(self) -> None:
        self._show_value()
        self._throttle.touch()

    @Slot()
    def _tell(self) -> None:
        if self.value() != self._told:
            self._told = self.value()
            self.valueChanged.emit(self._told)

    def _show_value(self) -> None:
        words = self.words(self.value())
        self._value.setText(words)
        self._slider.setAccessibleDescription(words)

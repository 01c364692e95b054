"""A slider with its name before and its value behind it, which tells its value while it is dragged."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from twinlens.gui.sliders.scale import Scale
from twinlens.gui.sliders.throttle import Throttle

SLIDER_WIDTH_PX = 128  # two of them and a summary fit above the groups


class ValueSlider(QWidget):
    """The common part of the sliders: a ``scale``, a label with a mnemonic, words for a value."""

    valueChanged = Signal(float)  # while dragging, throttled

    def __init__(self, title: str, scale: Scale, value: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._told = value
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, scale.last)
        self._slider.setPageStep(5)
        self._slider.setFixedWidth(SLIDER_WIDTH_PX)
        self._slider.setAccessibleName(title.replace("&", ""))
        self._title = QLabel(title, self)
        self._title.setBuddy(self._slider)
        self._value = QLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._throttle = Throttle(self)
        self._build_layout()
        self._slider.setValue(scale.position(value))
        self._show_value()
        self._slider.valueChanged.connect(self._moved)
        self._slider.sliderReleased.connect(self._throttle.flush)
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

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._title, self._slider, self._value):
            layout.addWidget(widget)
        widest = max(self.fontMetrics().horizontalAdvance(self.words(value)) for value in self._scale.values)
        self._value.setMinimumWidth(widest + 4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

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

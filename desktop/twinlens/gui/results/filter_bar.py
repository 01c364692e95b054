"""What of the results is shown, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from twinlens.domain.relation import PhotoClass
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.search_field import SearchField
from twinlens.gui.thumbnails.words import class_words, count_words, percent_words
from twinlens.review.results import ResultFilter, ResultOrder, ResultRow, classes_of, folders_of

FOLDERS = 40
STEPS = 20
SLIDER_PX = 72
NARROWEST_PX = 96  # all of it fits beside the columns of a small window
AT_FIRST = 0.3  # below, two pictures have little in common


class _AtLeast(QWidget):
    """The least similarity that is shown: a slider by steps of five per cent."""

    valueChanged = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        name = QCoreApplication.translate("ResultsFilter", "At &least")
        self.slider, label, self._words = QSlider(Qt.Orientation.Horizontal, self), QLabel(name, self), QLabel(self)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(2)
        self.slider.setFixedWidth(SLIDER_PX)
        self.slider.setAccessibleName(QCoreApplication.translate("ResultsFilter", "Least similarity that is shown"))
        label.setBuddy(self.slider)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT_PX)
        for widget in (label, self.slider, self._words):
            layout.addWidget(widget)
        self.slider.valueChanged.connect(self._moved)
        self._moved()

    def value(self) -> float:
        """0 to 1."""
        return self.slider.value() / STEPS

    def set_value(self, value: float) -> None:
        """Move it without telling anyone."""
        self.blockSignals(True)
        self.slider.setValue(round(value * STEPS))
        self.blockSignals(False)

    def restyle(self) -> None:
        """Room for the widest figure, in a larger text too."""
        self._words.setMinimumWidth(self._words.fontMetrics().horizontalAdvance(percent_words(1.0)) + UNIT_PX)

    @Slot()
    def _moved(self) -> None:
        words = percent_words(self.value() + 1e-9)
        self._words.setText(words)
        self.restyle()
        self.slider.setAccessibleDescription(words)
        self.valueChanged.emit(self.value())


class ResultsFilterBar(QWidget):
    """Tells every change; what it means is in review."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.classes, self.folders = SearchField(self), QComboBox(self), QComboBox(self)
        self.at_least, self.order = _AtLeast(self), QComboBox(self)
        self.text.setPlaceholderText(self.tr("Name or folder"))
        self.text.setClearButtonEnabled(True)
        for widget, name in (
            (self.text, self.tr("Show only results with this in their name or folder")),
            (self.classes, self.tr("Show only this class")),
            (self.folders, self.tr("Show only this folder")),
            (self.order, self.tr("Sort the results by")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(name)
            if isinstance(widget, QComboBox):
                widget.view().setAccessibleName(name)
        titles = {
            ResultOrder.SIMILARITY: self.tr("Most alike first"),
            ResultOrder.TIME: self.tr("Newest first"),
            ResultOrder.FOLDER: self.tr("By folder"),
            ResultOrder.SIZE: self.tr("Largest first"),
        }
        for order, title in titles.items():
            self.order.addItem(title, order)
        for combo, letters in ((self.classes, 8), (self.folders, 8), (self.order, 12)):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(letters)
            combo.setMinimumWidth(NARROWEST_PX)
            combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = self.text.fontMetrics().horizontalAdvance(self.text.placeholderText())
        self.text.setMinimumWidth(max(NARROWEST_PX, words + 2 * UNIT_PX))
        self._lay_out()
        self.text.textChanged.connect(self.changed)
        for combo in (self.classes, self.folders, self.order):
            combo.currentIndexChanged.connect(self._chosen)
        self.at_least.valueChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, 0, WIDE_PX, UNIT_PX)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self.text, 1)
        for wide in (self.classes, self.folders):
            layout.addWidget(wide)
        layout.addWidget(self.at_least)
        layout.addWidget(self.order)

    def begin(self, rows: Sequence[ResultRow]) -> None:
        """Another query: offer its classes and folders, show all. The order stays."""
        for widget in (self.text, self.classes, self.folders):
            widget.blockSignals(True)
        self.text.clear()
        self.classes.clear()
        self.classes.addItem(self.tr("All classes"), None)
        for kind, count in classes_of(rows):
            self.classes.addItem(f"{class_words(kind)} ({count_words(count)})", kind)
        self.folders.clear()
        self.folders.addItem(self.tr("All folders"), "")
        for folder, count in folders_of(rows)[:FOLDERS]:
            self.folders.addItem(f"{printable(folder)} ({count_words(count)})", folder)
        self.at_least.set_value(AT_FIRST if any(row.match.score >= AT_FIRST for row in rows) else 0.0)
        for widget in (self.text, self.classes, self.folders):
            widget.blockSignals(False)

    def wanted(self) -> ResultFilter:
        """What is to be shown."""
        kind = self.classes.currentData()  # Qt gives a plain text back
        folder = self.folders.currentData() or ""
        shown_class = PhotoClass(kind) if kind else None
        return ResultFilter(self.text.text().strip(), shown_class, folder, self.at_least.value())

    def chosen_order(self) -> ResultOrder:
        """How it is to be sorted."""
        return ResultOrder(self.order.currentData())

    @Slot()
    def _chosen(self) -> None:
        self.changed.emit()

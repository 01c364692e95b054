"""The options of an experiment as a form, made from its declaration."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from twinlens.gui.theme.indented import indent
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.lab.experiment import Experiment, Option, Value, Wants, Wishes

NUMBER_WIDTH_PX = 132
MOST = 2_000_000_000


def translated(text: str) -> str:
    """A text of a declaration in the user's language."""
    return QCoreApplication.translate("Laboratory", text)


class Field(Struct, frozen=True):
    """A widget and what it says."""

    widget: QWidget
    read: Callable[[], Value]


class OptionForm(QWidget):
    """One row an option. ``folder`` is where a folder to be chosen is looked for first."""

    def __init__(self, experiment: Experiment, folder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(WIDE_PX)
        layout.setVerticalSpacing(UNIT_PX)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._options = experiment.options
        self.fields: dict[str, Field] = {}
        for option in experiment.options:
            field = self.fields[option.name] = self._field(option)
            field.widget.setAccessibleName(translated(option.title))
            field.widget.setToolTip(translated(option.words))
            layout.addRow("" if option.wants is Wants.SWITCH else translated(option.title), field.widget)

    def wishes(self) -> Wishes:
        """What is chosen now."""
        return Wishes({name: field.read() for name, field in self.fields.items()})

    def missing(self) -> str:
        """The title of the first option that must be given and is not; empty where all is there."""
        for option in self._options:
            if option.required and not self.fields[option.name].read():
                return translated(option.title)
        return ""

    def _field(self, option: Option) -> Field:
        if option.wants is Wants.COUNT:
            return self._count(option)
        if option.wants is Wants.NUMBER:
            return self._number(option)
        if option.wants is Wants.CHOICE:
            return self._choice(option)
        if option.wants is Wants.SWITCH:
            box = QCheckBox(translated(option.title), self)
            box.setChecked(bool(option.default))
            return Field(box, box.isChecked)
        return self._place(option)

    def _count(self, option: Option) -> Field:
        box = QSpinBox(self)
        indent(box)
        box.setRange(int(option.least or 0), int(MOST if option.most is None else option.most))
        box.setValue(int(str(option.default or 0)))
        box.setGroupSeparatorShown(True)
        _as_number(box)
        return Field(box, box.value)

    def _number(self, option: Option) -> Field:
        box = QDoubleSpinBox(self)
        indent(box)
        box.setDecimals(3)
        box.setRange(-MOST if option.least is None else option.least, MOST if option.most is None else option.most)
        box.setValue(float(str(option.default or 0)))
        _as_number(box)
        return Field(box, box.value)

    def _choice(self, option: Option) -> Field:
        box = QComboBox(self)
        for choice in option.choices:
            box.addItem(translated(choice), choice)
        box.setCurrentIndex(max(0, box.findData(option.default)))
        box.setMaximumWidth(2 * NUMBER_WIDTH_PX)
        return Field(box, lambda: str(box.currentData()))

    def _place(self, option: Option) -> Field:
        row = QWidget(self)
        line, browse = QLineEdit(row), QPushButton(translated("Choose…"), row)
        line.setAccessibleName(translated(option.title))
        if option.wants is Wants.FOLDER and option.required:
            line.setText(self._folder)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(line, 1)
        layout.addWidget(browse)
        row.setFocusProxy(line)

        def choose() -> None:
            if option.wants is Wants.PHOTO:
                found = QFileDialog.getOpenFileName(row, translated(option.title), line.text())[0]
            else:
                found = QFileDialog.getExistingDirectory(row, translated(option.title), line.text())
            if found:
                line.setText(found)

        def read() -> Value:
            text = line.text().strip()
            if option.wants is Wants.FOLDERS:
                return (text,) if text else ()
            return text or None

        browse.clicked.connect(choose)
        return Field(row, read)


def _as_number(box: QSpinBox | QDoubleSpinBox) -> None:
    box.setMinimumHeight(box.fontMetrics().height() + UNIT_PX)
    box.setMaximumWidth(NUMBER_WIDTH_PX)

"""One editor for each kind of setting, all with the same two ends: a value goes in, a value comes out."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from twinlens.domain.settings import QUARANTINE_DAYS, THREADS, Setting, SettingKind, SettingValue
from twinlens.gui.theme.indented import indent
from twinlens.gui.theme.spacing import UNIT_PX

LIST_HEIGHT_PX = 112
FIELD_WIDTH_PX = 264
NOUGHT = {  # what 0 stands for
    THREADS.key: str(QT_TRANSLATE_NOOP("Settings", "Automatic")),
    QUARANTINE_DAYS.key: str(QT_TRANSLATE_NOOP("Settings", "Never")),
}


class Editor(Struct, frozen=True):
    """A widget that edits one setting."""

    widget: QWidget
    read: Callable[[], SettingValue]
    show: Callable[[SettingValue], None]


def editor_for(setting: Setting, value: SettingValue, parent: QWidget) -> Editor:
    """The editor of a setting, showing ``value``."""
    make = {
        SettingKind.NUMBER: _number,
        SettingKind.CHOICE: _choice,
        SettingKind.SWITCH: _switch,
        SettingKind.FOLDER: _folder,
        SettingKind.TEXT_LIST: _text_list,
    }[setting.kind]
    editor = make(setting, parent)
    editor.show(value)
    editor.widget.setAccessibleName(translated(setting.title))
    editor.widget.setAccessibleDescription(translated(setting.description))
    editor.widget.setToolTip(translated(setting.description))
    return editor


def translated(text: str) -> str:
    """A text of a setting's declaration in the user's language."""
    return QCoreApplication.translate("Settings", text)


def choice_words(setting: Setting, choice: str) -> str:
    """A setting and one of its values, as a sentence says it: "Theme: High contrast"."""
    return f"{translated(setting.title)}: {_name_of(choice)}"


def _name_of(choice: str) -> str:
    return translated(choice.capitalize().replace("-", " "))


def _number(setting: Setting, parent: QWidget) -> Editor:
    box = QDoubleSpinBox(parent)
    indent(box)
    box.setMinimumHeight(box.fontMetrics().height() + UNIT_PX)  # a style sheet makes the style forget its own
    times = 100 if setting.maximum == 1.0 and not setting.unit else 1  # a share is said in per cent, as on the slider
    step = round((setting.step or 1.0) * times, 4)
    box.setDecimals(0 if step == int(step) else 2 if step < 0.1 else 1)
    box.setRange((setting.minimum or 0) * times, (setting.maximum or 1e9) * times)
    box.setSingleStep(step)
    unit = "%" if times > 1 else setting.unit
    box.setSuffix(f" {unit}" if unit else "")
    if setting.key in NOUGHT:
        box.setSpecialValueText(translated(NOUGHT[setting.key]))
    box.setMinimumWidth(FIELD_WIDTH_PX // 2)
    whole = box.decimals() == 0 and times == 1

    def read() -> SettingValue:
        return int(box.value()) if whole else round(box.value() / times, 4)

    return Editor(box, read, lambda value: box.setValue(float(str(value)) * times))


def _choice(setting: Setting, parent: QWidget) -> Editor:
    box = QComboBox(parent)
    for choice in setting.choices:
        box.addItem(_name_of(choice), choice)
    box.setMinimumWidth(FIELD_WIDTH_PX // 2)
    return Editor(
        box, lambda: str(box.currentData()), lambda value: box.setCurrentIndex(max(0, box.findData(str(value))))
    )


def _switch(setting: Setting, parent: QWidget) -> Editor:
    box = QCheckBox(translated(setting.title), parent)
    return Editor(box, box.isChecked, lambda value: box.setChecked(bool(value)))


def _folder(setting: Setting, parent: QWidget) -> Editor:
    row = QWidget(parent)
    line, browse = QLineEdit(row), QPushButton(translated("Choose…"), row)
    line.setPlaceholderText(translated("At the root of each volume"))
    line.setAccessibleName(translated(setting.title))
    line.setMinimumWidth(FIELD_WIDTH_PX)
    browse.setAutoDefault(False)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT_PX)
    layout.addWidget(line, 1)
    layout.addWidget(browse)
    row.setFocusProxy(line)

    def choose() -> None:
        folder = QFileDialog.getExistingDirectory(row, translated(setting.title), line.text())
        if folder:
            line.setText(folder)

    browse.clicked.connect(choose)
    return Editor(row, lambda: line.text().strip(), lambda value: line.setText(str(value)))


def _text_list(_setting: Setting, parent: QWidget) -> Editor:
    box = QPlainTextEdit(parent)
    box.setFixedHeight(LIST_HEIGHT_PX)
    box.setMinimumWidth(FIELD_WIDTH_PX)
    box.setTabChangesFocus(True)
    box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def read() -> SettingValue:
        return tuple(line.strip() for line in box.toPlainText().splitlines() if line.strip())

    def show(value: SettingValue) -> None:
        box.setPlainText("\n".join(value) if isinstance(value, tuple) else str(value))

    return Editor(box, read, show)

"""All settings, a section a block, made from ``domain.settings``. Changes are kept with OK."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from twinlens.domain.errors import TwinlensError
from twinlens.domain.settings import ALL_SETTINGS, KEYS, RECENT_FOLDERS, Setting, SettingValue
from twinlens.gui.settings.editors import Editor, editor_for, translated
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, heading, set_in
from twinlens.preferences.store import Preferences

WIDTH_LETTERS = 88
EDITED = tuple(setting for setting in ALL_SETTINGS if setting not in (KEYS, RECENT_FOLDERS))  # those have menus
NEEDS_NEW_SCAN = {"embedding", "max_megapixels"}


class SettingsDialog(QDialog):
    """``saved`` names the settings that were changed."""

    saved = Signal(object)  # list of Setting

    def __init__(
        self, preferences: Preferences, parent: QWidget | None = None, change_keys: QAction | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._preferences = preferences
        self._editors: dict[str, Editor] = {}
        page = QWidget(self)
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(SECTION_PX, WIDE_PX, SECTION_PX, WIDE_PX)
        self._grid.setHorizontalSpacing(WIDE_PX)
        self._grid.setVerticalSpacing(UNIT_PX // 2)
        self._grid.setColumnStretch(1, 1)
        self._fill(page)
        self._error = QLabel(self)
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.hide()
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._error)
        layout.addWidget(without_pictures(self._buttons(change_keys)))
        letter = self.fontMetrics().averageCharWidth()
        self.resize(max(616, WIDTH_LETTERS * letter), 680)

    def _buttons(self, change_keys: QAction | None) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        buttons.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, WIDE_PX)
        standard = QDialogButtonBox.StandardButton
        buttons.setStandardButtons(standard.Ok | standard.Cancel | standard.RestoreDefaults)
        if change_keys is not None:
            keys = buttons.addButton(self.tr("Change &keys…"), QDialogButtonBox.ButtonRole.ResetRole)
            keys.clicked.connect(change_keys.trigger)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        defaults = buttons.button(standard.RestoreDefaults)
        defaults.setText(self.tr("&Restore defaults"))
        defaults.clicked.connect(self.show_defaults)
        return buttons

    def editor(self, setting: Setting) -> Editor:
        """The editor of a setting."""
        return self._editors[setting.key]

    @Slot()
    def show_defaults(self) -> None:
        """Put the defaults into all editors; kept only with OK."""
        for setting in EDITED:
            self._editors[setting.key].show(setting.default)

    def accept(self) -> None:
        """Keep what was changed."""
        changed: list[Setting] = []
        for setting in EDITED:
            value: SettingValue = self._editors[setting.key].read()
            if value != self._preferences.get(setting):
                try:
                    self._preferences.set(setting, value)
                except (TwinlensError, ValueError) as error:
                    self._error.setText(str(error))
                    self._error.setContentsMargins(SECTION_PX, UNIT_PX, SECTION_PX, 0)
                    self._error.show()
                    return
                changed.append(setting)
        if changed:
            self.saved.emit(changed)
        super().accept()

    def _fill(self, page: QWidget) -> None:
        section = ""
        for setting in EDITED:
            if setting.section != section:
                section = setting.section
                self._add_section(page, section)
            self._add_setting(page, setting)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add_section(self, page: QWidget, section: str) -> None:
        row = self._grid.rowCount()
        label = QLabel(translated(section), page)
        set_in(heading, label)
        if row > 1:
            self._grid.setRowMinimumHeight(row, SECTION_PX)
        self._grid.addWidget(label, row + 1, 0, 1, 2)

    def _add_setting(self, page: QWidget, setting: Setting) -> None:
        row = self._grid.rowCount()
        editor = editor_for(setting, self._preferences.get(setting), page)
        self._editors[setting.key] = editor
        if not isinstance(editor.widget, QCheckBox):
            label = QLabel(translated(setting.title), page)
            label.setBuddy(editor.widget)
            top = Qt.AlignmentFlag.AlignTop if editor.widget.maximumHeight() < 10_000 else Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(label, row, 0, top)
        stretches = editor.widget.sizePolicy().horizontalPolicy().value & 2 or editor.widget.layout() is not None
        side = Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(editor.widget, row, 1, side)
        note = QuietLabel(translated(setting.description), page)
        if setting.key in NEEDS_NEW_SCAN:
            note.setText(note.text() + " " + self.tr("Applies to the next scan."))
        note.setWordWrap(True)
        set_in(caption, note)
        note.setContentsMargins(0, 0, 0, UNIT_PX)
        self._grid.addWidget(note, row + 1, 1)

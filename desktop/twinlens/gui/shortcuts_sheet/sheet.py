"""All keys on one sheet, grouped as the menus are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from twinlens.gui.commands.actions import plain
from twinlens.gui.commands.command import MENUS
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.spacing import HALF_PX, SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import heading, set_in, strong

COLUMNS = (("&File", "&Edit", "&Help"), ("&View", "&Photo", "&Group"))


class ShortcutsSheet(QDialog):
    """Closes with Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        assert {name for column in COLUMNS for name in column} == set(MENUS)
        columns = QHBoxLayout()
        columns.setSpacing(2 * SECTION_PX)
        for names in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(WIDE_PX)
            for name in names:
                column.addLayout(self._section(name))
            if names is COLUMNS[0]:
                column.addLayout(self._arrows())
            column.addStretch(1)
            columns.addLayout(column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addLayout(columns)
        layout.addWidget(without_pictures(buttons))

    def _section(self, menu: str) -> QGridLayout:
        rows = [
            (
                plain(command.text),
                " / ".join(QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in command.keys),
            )
            for command in COMMANDS
            if command.menu == menu and command.keys
        ]
        return self._table(plain(menu), rows)

    def _arrows(self) -> QGridLayout:
        rows = [
            (self.tr("Photo before or behind"), "← / →"),
            (self.tr("Group or row before or behind"), "↑ / ↓"),
            (self.tr("Extend the selection"), self.tr("Shift + arrows")),
            (self.tr("Back from the preview"), self.tr("Esc")),
        ]
        return self._table(self.tr("Moving"), rows)

    def _table(self, name: str, rows: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SECTION_PX)
        grid.setVerticalSpacing(HALF_PX)
        head = QLabel(name, self)
        set_in(heading, head)
        head.setContentsMargins(0, 0, 0, UNIT_PX // 2)
        grid.addWidget(head, 0, 0, 1, 2)
        for number, (text, keys) in enumerate(rows, start=1):
            key = QLabel(keys, self)
            set_in(strong, key)
            key.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(text, self), number, 0)
            grid.addWidget(key, number, 1)
        grid.setColumnStretch(0, 1)
        return grid

"""All keys on one sheet, grouped as the menus are, as they are now; what is typed leaves only what fits."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from twinlens.gui.commands.actions import plain
from twinlens.gui.commands.command import MENUS
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.keys.words import action_keys
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.spacing import HALF_PX, SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import heading, set_in, strong

COLUMNS = 3


def balanced(heights: Sequence[int]) -> list[list[int]]:
    """Which tables go into each column: the highest ones first, each into the column that is emptiest; in each in their order."""
    columns: list[list[int]] = [[] for _ in range(COLUMNS)]
    for number in sorted(range(len(heights)), key=lambda number: -heights[number]):
        min(columns, key=lambda column: sum(heights[at] for at in column)).append(number)
    return sorted(sorted(column) for column in columns if column)


class _Row(Struct, frozen=True):
    """A line of the sheet and what it is found by."""

    text: QLabel
    keys: QLabel

    def show_if(self, wanted: str) -> bool:
        fits = wanted in f"{self.text.text()} {self.keys.text()}".casefold()
        self.text.setVisible(fits)
        self.keys.setVisible(fits)
        return fits


class ShortcutsSheet(QDialog):
    """Closes with Esc."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._sections: list[tuple[QWidget, list[_Row]]] = []
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a command or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        if actions["change_keys"].isEnabled():
            change = buttons.addButton(self.tr("Change &keys…"), QDialogButtonBox.ButtonRole.ActionRole)
            change.setAutoDefault(False)
            change.clicked.connect(self.reject)
            change.clicked.connect(actions["change_keys"].trigger, Qt.ConnectionType.QueuedConnection)
        self._nothing = QLabel(self.tr("No command and no key has this in its name."), self)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addWidget(self.search)
        layout.addWidget(self._nothing)
        layout.addWidget(self._page(actions), 1)
        layout.addWidget(without_pictures(buttons))
        self.search.setFocus()

    def rows(self) -> list[tuple[str, str]]:
        """The commands that are shown, with their keys."""
        return [
            (row.text.text(), row.keys.text())
            for _section, rows in self._sections
            for row in rows
            if not row.text.isHidden()
        ]

    def _page(self, actions: Mapping[str, QAction]) -> QScrollArea:
        tables = [(plain(menu), self._of_menu(menu, actions)) for menu in MENUS]
        tables.append((self.tr("Moving"), self._arrows()))
        page = QWidget(self)
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, WIDE_PX, 0)
        columns.setSpacing(2 * SECTION_PX)
        for numbers in balanced([len(rows) + 2 for _name, rows in tables]):
            column = self._column(columns)
            for number in numbers:
                column.insertWidget(column.count() - 1, self._table(page, *tables[number]))
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        room = self.screen().availableSize()
        wanted = page.sizeHint()
        scroll.setMinimumSize(min(wanted.width() + SECTION_PX, room.width() - 160), min(wanted.height(), 640))
        return scroll

    def _column(self, columns: QHBoxLayout) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(WIDE_PX)
        column.addStretch(1)
        columns.addLayout(column, 1)
        return column

    def _of_menu(self, menu: str, actions: Mapping[str, QAction]) -> list[tuple[str, str]]:
        return [
            (plain(command.text), keys)
            for command in COMMANDS
            if command.menu == menu and (keys := action_keys(actions[command.id]))
        ]

    def _arrows(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Photo before or behind"), "← / →"),
            (self.tr("Group or row before or behind"), "↑ / ↓"),
            (self.tr("First or last"), self.tr("Home / End")),
            (self.tr("Extend the selection"), self.tr("Shift + arrows")),
            (self.tr("Back, one level"), self.tr("Esc")),
            (self.tr("Next part of the window"), self.tr("Tab")),
        ]

    def _table(self, page: QWidget, name: str, rows: list[tuple[str, str]]) -> QWidget:
        section = QWidget(page)
        grid = QGridLayout(section)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SECTION_PX)
        grid.setVerticalSpacing(HALF_PX)
        head = QLabel(name, section)
        set_in(heading, head)
        head.setContentsMargins(0, 0, 0, UNIT_PX // 2)
        grid.addWidget(head, 0, 0, 1, 2)
        made = []
        for number, (text, keys) in enumerate(rows, start=1):
            row = _Row(QLabel(text, section), QLabel(keys, section))
            row.keys.setTextFormat(Qt.TextFormat.PlainText)
            set_in(strong, row.keys)
            row.keys.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(row.text, number, 0)
            grid.addWidget(row.keys, number, 1)
            made.append(row)
        grid.setColumnStretch(0, 1)
        self._sections.append((section, made))
        return section

    @Slot(str)
    def _find(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = False
        for section, rows in self._sections:
            shown = [row.show_if(wanted) for row in rows]
            section.setVisible(any(shown))
            found = found or any(shown)
        self._nothing.setVisible(not found)

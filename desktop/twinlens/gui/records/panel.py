"""A page with a heading, a sentence, buttons and a table; where there is nothing, it says what would be here."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from twinlens.gui.records.cell_delegate import CellDelegate
from twinlens.gui.records.model import SORT_ROLE, Column, RecordModel
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, title
from twinlens.gui.thumbnails.empty_state import EmptyState


class RecordPanel(QWidget):
    """Subclasses say which columns and which buttons."""

    def __init__(
        self, heading: str, columns: Sequence[Column[Any]], parent: QWidget | None = None, *, sign: str = ""
    ) -> None:
        super().__init__(parent)
        self.model: RecordModel[Any] = RecordModel(columns, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setFilterKeyColumn(-1)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = self._table(heading)
        self._heading, self.summary = QLabel(heading, self), QuietLabel("", self)
        self.summary.setWordWrap(True)
        self.empty = EmptyState(self, sign=sign)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._filled())
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(UNIT_PX)
        self.buttons.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX)
        self.buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, WIDE_PX, 0, 0)
        layout.setSpacing(UNIT_PX // 2)
        for label in (self._heading, self.summary):
            label.setContentsMargins(WIDE_PX, 0, WIDE_PX, 0)
            layout.addWidget(label)
        layout.addSpacing(UNIT_PX)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self.buttons)
        self.setFocusProxy(self.table)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.restyle()

    def show_values(self, values: Sequence[Any]) -> None:
        """Show these rows."""
        self.model.show_values(values)
        self._pages.setCurrentIndex(1 if values else 0)
        self.summary.setVisible(bool(values))
        self.update_buttons()

    def show_beside(self, widget: QWidget) -> None:
        """Give something a place at the right of the table."""
        self._row.addWidget(widget)

    def current(self) -> Any | None:
        """The value under the cursor; None where there is none."""
        index = self.table.currentIndex()
        return self.model.value(self._sorted.mapToSource(index).row()) if index.isValid() else None

    def selected(self) -> list[Any]:
        """The values of the selected rows."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.value(self._sorted.mapToSource(index).row()) for index in rows]

    def add_button(self, text: str, tip: str) -> QPushButton:
        """A button below the table."""
        button = QPushButton(text, self)
        button.setToolTip(tip)
        self.buttons.addWidget(button)
        return button

    def forbid_changes(self) -> None:
        """Show the rows only: every button of these panels changes something."""
        for place in range(self.buttons.count()):
            item = self.buttons.itemAt(place)
            button = item.widget() if item is not None else None
            if button is not None:
                button.hide()

    def filter(self, text: str) -> None:
        """Show only rows in which this occurs."""
        self._sorted.setFilterFixedString(text)

    def update_buttons(self) -> None:
        """The selection changed; subclasses enable what applies."""

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Order the rows."""
        self.table.sortByColumn(column, order)

    @Slot()
    def restyle(self) -> None:
        """Fonts and quiet colours from the palette in force."""
        set_in(title, self._heading)
        flat = quieted(self.palette())  # the style shades headers from the colour of buttons
        flat.setColor(QPalette.ColorRole.Button, flat.color(QPalette.ColorRole.Window))
        flat.setColor(QPalette.ColorRole.ButtonText, flat.color(QPalette.ColorRole.WindowText))
        self.table.header().setPalette(flat)

    @Slot()
    def _selection_changed(self) -> None:
        self.update_buttons()

    def _filled(self) -> QWidget:
        page = QWidget(self)
        self._row = QHBoxLayout(page)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.table, 1)
        return page

    def _table(self, heading: str) -> QTreeView:
        table = QTreeView(self)
        table.setAccessibleName(heading)
        table.setModel(self._sorted)
        table.setItemDelegate(CellDelegate(table))
        table.setRootIsDecorated(False)
        table.setIndentation(0)
        table.setUniformRowHeights(True)
        table.setAlternatingRowColors(True)
        table.setSortingEnabled(True)
        table.setAllColumnsShowFocus(True)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = table.header()
        header.setStretchLastSection(False)
        for number, column in enumerate(self.model.columns):
            if column.width_px:
                header.resizeSection(number, column.width_px)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        return table

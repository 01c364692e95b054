"""Frozen values as rows of a table."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from twinlens.gui.thumbnails.card_content import as_tip

Value = TypeVar("Value")
Index = QModelIndex | QPersistentModelIndex
AIR = "\u2002"  # a header has no margin of its own
SORT_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(Struct, Generic[Value], frozen=True):
    """One column: its title, its text, and by what it is sorted (the text where that is None)."""

    title: str
    text: Callable[[Value], str]
    sort_by: Callable[[Value], object] | None = None
    is_number: bool = False
    width_px: int = 0  # 0 takes what is left
    tip: Callable[[Value], str] | None = None


class RecordModel(QAbstractTableModel, Generic[Value]):
    """Read-only."""

    def __init__(self, columns: Sequence[Column[Value]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._values: tuple[Value, ...] = ()

    def show_values(self, values: Sequence[Value]) -> None:
        """Exchange all rows, if they are others than before."""
        if tuple(values) != self._values:
            self.beginResetModel()
            self._values = tuple(values)
            self.endResetModel()

    def value(self, row: int) -> Value:
        """What a row shows."""
        return self._values[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows of the table; a cell has none."""
        return 0 if parent.isValid() else len(self._values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the table; a cell has none."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, order, alignment and tip of a cell."""
        if not index.isValid():
            return None
        column, value = self.columns[index.column()], self._values[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(value)
        if role == SORT_ROLE:
            return column.sort_by(value) if column.sort_by else column.text(value).casefold()
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip((column.tip or column.text)(value))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns, aligned as their cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            title = self.columns[section].title
            return f"{title}{AIR}" if self.columns[section].is_number else f"{AIR * (2 if section == 0 else 1)}{title}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].is_number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

"""A table of a report: as high as its rows, scrolling by itself when there are many."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from twinlens.gui.records.cell_delegate import CellDelegate
from twinlens.gui.records.model import Column, RecordModel
from twinlens.lab.report import Cell, Table
from twinlens.lab.wording import cell_text, is_number

MOST_ROWS_SHOWN = 16
Row = tuple[Cell, ...]


def columns_of(table: Table) -> list[Column[Row]]:
    """Its columns for the model."""

    def column(number: int) -> Column[Row]:
        found = table.columns[number]
        return Column(
            found.title,
            lambda row: cell_text(row[number], found.kind, found.decimals),
            is_number=is_number(found.kind),
        )

    return [column(number) for number in range(len(table.columns))]


class TableView(QTreeView):
    """Read-only; rows can be selected and read out."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: RecordModel[Row] = RecordModel(columns_of(table), self)
        self._model.show_values(table.rows)
        self.setModel(self._model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(table.title)
        self.setAccessibleDescription(table.words)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if table.columns and not is_number(table.columns[0].kind):
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def sizeHint(self) -> QSize:
        """All rows, up to a limit."""
        rows = min(MOST_ROWS_SHOWN, self._model.rowCount())
        row_px = max(self.sizeHintForRow(0), 1)
        return QSize(640, self.header().sizeHint().height() + rows * row_px + 2)

    def minimumSizeHint(self) -> QSize:
        """The same height: the page scrolls, not the table, as long as rows are few."""
        return QSize(320, self.sizeHint().height())

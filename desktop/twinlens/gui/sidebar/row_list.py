"""A list in the sidebar that is as high as its rows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from twinlens.gui.sidebar.row_delegate import COUNT_ROLE, DETAIL_ROLE, ICON_ROLE, ID_ROLE, RowDelegate
from twinlens.gui.thumbnails.card_content import as_tip


class RowList(QListView):
    """Rows of icon, name, detail and count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def show_row(
        self, row_id: str, name: str, icon: str, *, detail: str = "", count: str = "", spoken: str = ""
    ) -> None:
        """Add the row, or change it if it is there."""
        item = self._item(row_id)
        if item is None:
            item = QStandardItem()
            item.setData(row_id, ID_ROLE)
            item.setEditable(False)
            self._rows.appendRow(item)
        for role, value in ((ICON_ROLE, icon), (DETAIL_ROLE, detail), (COUNT_ROLE, count)):
            if item.data(role) != value:
                item.setData(value, role)
        item.setText(name)
        item.setData(
            spoken or ", ".join(part for part in (name, detail, count) if part), Qt.ItemDataRole.AccessibleTextRole
        )
        self.updateGeometry()

    def set_tool_tip(self, row_id: str, text: str) -> None:
        """What the row says when pointed at."""
        item = self._item(row_id)
        if item is not None:
            item.setToolTip(as_tip(text))

    def keep_only(self, row_ids: set[str]) -> None:
        """Remove the other rows."""
        for number in reversed(range(self._rows.rowCount())):
            if self._rows.item(number).data(ID_ROLE) not in row_ids:
                self._rows.removeRow(number)
        self.updateGeometry()

    def select(self, row_id: str) -> None:
        """Make this row current."""
        item = self._item(row_id)
        if item is not None:
            self.setCurrentIndex(item.index())

    def current_id(self) -> str | None:
        """The current row."""
        row_id = self.currentIndex().data(ID_ROLE)
        return row_id if isinstance(row_id, str) else None

    def sizeHint(self) -> QSize:
        """Exactly the rows."""
        height = sum(self.sizeHintForRow(number) for number in range(self._rows.rowCount()))
        return QSize(160, height + 2)

    def minimumSizeHint(self) -> QSize:
        """The same: what does not fit makes the whole sidebar scroll."""
        return self.sizeHint()

    def _item(self, row_id: str) -> QStandardItem | None:
        for number in range(self._rows.rowCount()):
            item = self._rows.item(number)
            if item.data(ID_ROLE) == row_id:
                return item
        return None

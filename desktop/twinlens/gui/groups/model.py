"""Groups as a list model over a lazy sequence: only rows that are looked at are ever made."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from twinlens.domain.group import Group, Mark
from twinlens.gui.groups.row import GroupRow
from twinlens.gui.groups.strip import StripCursor
from twinlens.gui.thumbnails.card_content import CardState
from twinlens.gui.thumbnails.photo_shelf import Lookup, PhotoShelf, no_photos
from twinlens.review.overriding import overridden

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # GroupRow: one call an item
NO_PARENT = QModelIndex()
ROWS_KEPT = 256


class GroupListModel(QAbstractListModel):
    """One row a group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._count = 0
        self._shelf = PhotoShelf(no_photos)
        self._rows: OrderedDict[int, GroupRow] = OrderedDict()
        self._marks: Mapping[int, Mark] = {}

    @property
    def groups(self) -> Sequence[Group]:
        """What is shown."""
        return self._groups

    @property
    def marks(self) -> Mapping[int, Mark]:
        """The user's decisions by photo id."""
        return self._marks

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """The number of groups; a group has no children here."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The whole row at once; a line of text for Qt's own use."""
        if not index.isValid() or index.row() >= self._count:
            return None
        if role == ROW_ROLE:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).card(0).name  # what typing a name looks for
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.row(index.row()).spoken(self._count)
        return None

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups instead; none of them is looked at before it is on screen."""
        self.beginResetModel()
        self._groups = groups
        self._count = len(groups)
        self._rows.clear()
        self.endResetModel()

    def set_lookup(self, lookup: Lookup) -> None:
        """Where photos come from."""
        self._shelf = PhotoShelf(lookup)
        self._rows.clear()

    def fetch(self, photo_ids: Iterable[int]) -> None:
        """Look up together what cards of these photos need."""
        self._shelf.fetch(photo_ids)

    def set_marks(self, marks: Mapping[int, Mark]) -> None:
        """The user's decisions. The view repaints; rows stay as they are."""
        self._marks = marks

    def row(self, number: int) -> GroupRow:
        """The row with this number, from 0."""
        row = self._rows.get(number)
        if row is None:
            row = GroupRow(self._groups[number], number + 1, self._shelf)
            self._rows[number] = row
            if len(self._rows) > ROWS_KEPT:
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(number)
        return row

    def state(self, row: GroupRow, position: int, cursor: StripCursor | None) -> CardState:
        """How a member's card looks at the moment. ``cursor`` is None in a row that is not current."""
        member = overridden(row.group, self._marks).members[position]
        return CardState(
            mark=self._marks.get(member.photo_id),
            suggestion=member.suggestion,
            current=cursor is not None and position == cursor.current,
            selected=cursor is not None and position in cursor.selected,
        )

"""Photos as a list model: ids are all it holds, the rest is looked up for the rows on screen."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Mark
from twinlens.gui.thumbnails.awaited import AwaitedFile, is_awaited
from twinlens.gui.thumbnails.card_content import CardContent, CardState, as_tip, awaited_card, card_content
from twinlens.gui.thumbnails.photo_shelf import Lookup, PhotoShelf, no_photos
from twinlens.gui.thumbnails.words import tr

Index = QModelIndex | QPersistentModelIndex

CARD_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # CardContent: one call an item
NO_PARENT = QModelIndex()
CARDS_KEPT = 2048


class PhotoListModel(QAbstractListModel):
    """Photo ids in order. ``caption`` gives the third line of a row's card."""

    def __init__(self, parent: QObject | None = None, caption: Callable[[int], str] | None = None) -> None:
        super().__init__(parent)
        self._ids = np.zeros(0, np.int64)
        self._by_id: Int64Array | None = None  # rows in the order of their ids, made when first asked for
        self._shelf = PhotoShelf(no_photos)
        self._cards: OrderedDict[int, CardContent] = OrderedDict()
        self._marks: Mapping[int, Mark] = {}
        self._awaited: Callable[[int], AwaitedFile | None] = _nothing_awaited
        self._caption = caption if caption is not None else _no_caption

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """The number of photos; a photo has no children."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The whole card at once; its name, tooltip and spoken text for Qt's own use."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role == CARD_ROLE:
            return self.card(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.card(index.row()).name
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self.card(index.row()).tip)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def set_lookup(self, lookup: Lookup) -> None:
        """Where photos come from; what was remembered is forgotten."""
        self._shelf = PhotoShelf(lookup)
        self._cards.clear()

    def set_awaited(self, lookup: Callable[[int], AwaitedFile | None]) -> None:
        """Where the files of ids below zero come from."""
        self._awaited = lookup

    def set_ids(self, photo_ids: Sequence[int] | Int64Array) -> None:
        """Show these photos instead."""
        self.beginResetModel()
        self._ids = np.array(photo_ids, np.int64)
        self._by_id = None
        self._cards.clear()
        self.endResetModel()

    def append_ids(self, photo_ids: Sequence[int]) -> None:
        """Show these too, at the end."""
        if not photo_ids:
            return
        self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(photo_ids) - 1)
        self._ids = np.concatenate([self._ids, np.array(photo_ids, np.int64)])
        self._by_id = None
        self.endInsertRows()

    def replace_ids(self, pairs: Iterable[tuple[int, int]]) -> list[int]:
        """Let each first id of a pair become the second, in its row; returns the rows. Ids not shown are passed over."""
        placed = [(row, old, new) for old, new in pairs if (row := self.row_of(old)) is not None]
        for row, old, new in placed:  # all rows are known by now: the order of ids holds no longer
            self._ids[row] = new
            self._cards.pop(old, None)
        if placed:
            self._by_id = None
        rows = [row for row, _, _ in placed]
        for first, last in _runs(sorted(rows)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
        return rows

    def set_marks(self, marks: Mapping[int, Mark]) -> None:
        """The user's decisions. The view repaints; rows stay as they are."""
        self._marks = marks

    def forget(self, photo_ids: Collection[int]) -> None:
        """These photos changed: look them up again."""
        self._shelf.forget(photo_ids)
        for photo_id in photo_ids:
            self._cards.pop(photo_id, None)

    def ids(self, first: int = 0, end: int | None = None) -> list[int]:
        """The ids of the rows ``first`` to ``end``, the latter not included."""
        return list(self._ids[first:end].tolist())

    def all_ids(self) -> Int64Array:
        """The ids of all rows, int64 [n]; not to be changed."""
        return self._ids

    def id_at(self, row: int) -> int | None:
        """The photo of a row, None outside."""
        return int(self._ids[row]) if 0 <= row < len(self._ids) else None

    def paths(self, photo_ids: Collection[int]) -> list[str]:
        """The files of these photos, without those that have gone or whose volume is away."""
        photos = (self._shelf.photo(photo_id) for photo_id in photo_ids)
        return [photo.path for photo in photos if photo is not None and photo.online]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be dragged to other programs."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def row_of(self, photo_id: int) -> int | None:
        """The row of a photo."""
        if self._by_id is None:
            self._by_id = np.argsort(self._ids, kind="stable").astype(np.int64)
        place = int(np.searchsorted(self._ids, photo_id, sorter=self._by_id))
        row = int(self._by_id[place]) if place < len(self._ids) else -1
        return row if row >= 0 and self._ids[row] == photo_id else None

    def fetch(self, rows: range) -> None:
        """Look up together what the cards of these rows need."""
        ids = self.ids(rows.start, rows.stop)
        self._shelf.fetch(photo_id for photo_id in ids if photo_id not in self._cards and not is_awaited(photo_id))

    def card(self, row: int) -> CardContent:
        """The texts of a row's card."""
        photo_id = int(self._ids[row])
        card = self._cards.get(photo_id)
        if card is None:
            if is_awaited(photo_id):
                card = awaited_card(self._awaited(photo_id), photo_id)
            else:
                card = card_content(self._shelf.photo(photo_id), photo_id, self._caption(row))
            self._cards[photo_id] = card
            if len(self._cards) > CARDS_KEPT:
                self._cards.popitem(last=False)
        return card

    def state(self, row: int, *, current: bool, selected: bool) -> CardState:
        """How a row's card looks at the moment."""
        return CardState(mark=self._marks.get(int(self._ids[row])), current=current, selected=selected)

    def _spoken(self, row: int) -> str:
        card, state = self.card(row), self.state(row, current=False, selected=False)
        place = tr("{} of {}").format(row + 1, len(self._ids))
        return f"{card.accessible_text(state.mark, state.suggestion)}, {place}"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive rows."""
    for at, row in enumerate(rows):
        if at == 0 or rows[at - 1] != row - 1:
            first = row
        if at + 1 == len(rows) or rows[at + 1] != row + 1:
            yield first, row


def _nothing_awaited(_awaited_id: int) -> None:
    return None


def _no_caption(_row: int) -> str:
    return ""

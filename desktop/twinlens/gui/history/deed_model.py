"""Deeds as a tree: one row a deed, below it when it was taken back and its photos, read when the row is opened."""

import os.path
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from twinlens.domain.deed import Deed, DeedPhoto, DeedTurn
from twinlens.domain.group import Mark
from twinlens.gui.desks.history_desk import DeedDetail
from twinlens.gui.history.deed_words import deed_words, origin_words, state_words, tr
from twinlens.gui.history.when_words import when_words
from twinlens.gui.records.model import AIR
from twinlens.gui.records.moments import moment_words
from twinlens.gui.thumbnails.card_content import as_tip, printable
from twinlens.gui.thumbnails.words import count_words, file_size_words

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WHEN, WHAT, HOW, PHOTOS, SIZE, STATE = range(6)
NUMBERS = (PHOTOS, SIZE)


@dataclass(slots=True)
class _Entry:
    deed: Deed
    lines: "list[DeedTurn | DeedPhoto]"
    is_read: bool = False


class DeedModel(QAbstractItemModel):
    """Read-only. The number of a line's deed is its internal id, 0 for a deed itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[_Entry] = []
        self._row_of: dict[int, int] = {}

    def show_deeds(self, deeds: Sequence[Deed]) -> None:
        """Exchange all rows, if they are others than before."""
        if [entry.deed for entry in self._entries] == list(deeds):
            return
        self.beginResetModel()
        self._entries = [_Entry(deed, []) for deed in deeds]
        self._row_of = {deed.id: row for row, deed in enumerate(deeds)}
        self.endResetModel()

    def forget_details(self) -> None:
        """What is below the deeds is to be read again."""
        self.beginResetModel()
        for entry in self._entries:
            entry.lines, entry.is_read = [], False
        self.endResetModel()

    def show_detail(self, detail: DeedDetail) -> None:
        """What was read about one deed."""
        row = self._row_of.get(detail.deed_id)
        if row is None or self._entries[row].is_read:
            return
        lines: list[DeedTurn | DeedPhoto] = [*detail.turns, *detail.photos]
        self._entries[row].is_read = True
        if lines:
            self.beginInsertRows(self.index(row, 0), 0, len(lines) - 1)
            self._entries[row].lines = lines
            self.endInsertRows()

    def deed_at(self, index: Index) -> Deed | None:
        """The deed of a row, or the one that a line is below."""
        if not index.isValid():
            return None
        row = index.row() if not index.internalId() else index.internalId() - 1
        return self._entries[row].deed if row < len(self._entries) else None

    def photo_at(self, index: Index) -> DeedPhoto | None:
        """The photo of a line; None for a deed."""
        line = self._line(index)
        return line if isinstance(line, DeedPhoto) else None

    def needs_reading(self, index: Index) -> bool:
        """Whether what is below this deed was not read yet."""
        return index.isValid() and not index.internalId() and not self._entries[index.row()].is_read

    def row_of(self, deed_id: int) -> int | None:
        """Where a deed is."""
        return self._row_of.get(deed_id)

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """The place of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """The deed of a line."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Deeds, or the lines below one."""
        if not parent.isValid():
            return len(self._entries)
        return 0 if parent.internalId() or parent.column() else len(self._entries[parent.row()].lines)

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        """Whether there may be something below."""
        if not parent.isValid():
            return bool(self._entries)
        entry = None if parent.internalId() else self._entries[parent.row()]
        return entry is not None and (bool(entry.lines) or not entry.is_read)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The same for all."""
        return STATE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, alignment and tip of a cell; the whole row spoken in its first."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(index)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(text for text in self._texts(index) if text)
        if role == Qt.ItemDataRole.ToolTipRole:
            photo = self.photo_at(index)
            if photo is not None and index.column() != STATE:
                return as_tip(printable(photo.path))
            return as_tip(self._texts(index)[index.column()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns, aligned as their cells."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (tr("When"), tr("What"), tr("How"), tr("Photos"), tr("Size"), tr("Now"))
        if role == Qt.ItemDataRole.DisplayRole:
            title = titles[section]
            return f"{title}{AIR}" if section in NUMBERS else f"{AIR * (2 if section == 0 else 1)}{title}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _line(self, index: Index) -> "DeedTurn | DeedPhoto | None":
        if not index.isValid() or not index.internalId():
            return None
        lines = self._entries[index.internalId() - 1].lines
        return lines[index.row()] if index.row() < len(lines) else None

    def _texts(self, index: Index) -> tuple[str, ...]:
        line = self._line(index)
        if isinstance(line, DeedPhoto):
            folder, name = os.path.split(line.path)
            return "", printable(name), printable(folder), "", file_size_words(line.size_bytes), _change(line)
        if isinstance(line, DeedTurn):
            return "", tr("Taken back") if line.is_undo else tr("Done again"), moment_words(line.at), "", "", ""
        deed = self._entries[index.row()].deed
        count = count_words(deed.photo_count)
        size = file_size_words(deed.size_bytes)
        return when_words(deed.at), deed_words(deed), origin_words(deed), count, size, state_words(deed)


def _change(photo: DeedPhoto) -> str:
    if photo.fate:
        return photo.fate
    names = {Mark.KEEP: tr("keep"), Mark.REJECT: tr("reject"), None: tr("no mark")}
    if photo.before is photo.after:
        return ""
    return f"{names[photo.before]} → {names[photo.after]}"

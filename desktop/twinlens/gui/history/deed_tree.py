"""The list of deeds itself: rows that open, and stay open when the list is read again."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from twinlens.domain.deed import Deed
from twinlens.gui.desks.history_desk import HistoryList
from twinlens.gui.history.deed_model import HOW, NUMBERS, STATE, WHAT, WHEN, DeedModel
from twinlens.gui.records.cell_delegate import CellDelegate
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.spacing import UNIT_PX

# As wide as these in the font in use; what they say is translated, but takes about as much room.
WIDEST = {
    WHEN: "2026-12-28 23:59 ▸▸",
    WHAT: "Move 10,000 photos to the quarantine",
    HOW: "by the rule “Keep the suggested one”",
    NUMBERS[0]: "100,000",
    NUMBERS[1]: "999.9 MB",
}
SHARES = {WHAT: 35, HOW: 37}  # per cent, at most, of the room that times and figures leave
NARROWEST_PX = 80


class DeedTree(QTreeView):
    """One selected row; Right and Left open and close it, Enter on a photo goes there."""

    deedOpened = Signal(object)  # Deed: what is below it is wanted
    photoActivated = Signal(int)

    def __init__(self, model: DeedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds = model
        self._open: set[int] = set()
        self.setAccessibleName(self.tr("Decisions, newest first"))
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.header()
        header.setStretchLastSection(False)
        self._size_columns()
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Stretch)
        self.expanded.connect(self._expanded)
        self.collapsed.connect(self._collapsed)
        self.activated.connect(self._activated)

    def _size_columns(self) -> None:
        widths = {at: self.fontMetrics().horizontalAdvance(text) + 3 * UNIT_PX for at, text in WIDEST.items()}
        room = self.viewport().width() - widths[WHEN] - sum(widths[number] for number in NUMBERS)
        for column, per_cent in SHARES.items():
            widths[column] = max(NARROWEST_PX, min(widths[column], room * per_cent // 100))
        for column, width in widths.items():
            self.header().resizeSection(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit is shortened, not scrolled away."""
        super().resizeEvent(event)
        self._size_columns()

    def show_list(self, found: HistoryList) -> None:
        """Show these deeds; those that were open and the current one stay so."""
        chosen = self.current_deed()
        self._deeds.show_deeds(found.deeds)
        self._deeds.forget_details()
        for deed_id in sorted(self._open):
            row = self._deeds.row_of(deed_id)
            if row is not None:
                self.expand(self._deeds.index(row, 0))
        row = self._deeds.row_of(chosen.id) if chosen is not None else None
        if row is None and found.deeds:
            row = 0
        if row is not None:
            self.setCurrentIndex(self._deeds.index(row, 0))

    def current_deed(self) -> Deed | None:
        """The chosen deed, or the one that the chosen line is below."""
        return self._deeds.deed_at(self.currentIndex())

    def restyle(self) -> None:
        """The style shades headers from the colour of buttons: give it the page's, and quiet words."""
        flat = quieted(self.palette())
        flat.setColor(QPalette.ColorRole.Button, flat.color(QPalette.ColorRole.Window))
        flat.setColor(QPalette.ColorRole.ButtonText, flat.color(QPalette.ColorRole.WindowText))
        self.header().setPalette(flat)
        self._size_columns()  # the text may have another size

    @Slot(QModelIndex)
    def _expanded(self, index: QModelIndex) -> None:
        deed = self._deeds.deed_at(index)
        if deed is not None:
            self._open.add(deed.id)
            if self._deeds.needs_reading(index):
                self.deedOpened.emit(deed)

    @Slot(QModelIndex)
    def _collapsed(self, index: QModelIndex) -> None:
        deed = self._deeds.deed_at(index)
        if deed is not None:
            self._open.discard(deed.id)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        photo = self._deeds.photo_at(index)
        if photo is not None and photo.photo_id is not None:
            self.photoActivated.emit(int(photo.photo_id))

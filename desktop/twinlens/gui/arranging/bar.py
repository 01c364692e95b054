"""The line above the groups that says in which order they stand, and which of them are shown."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from twinlens.domain.arrangement import EVERYTHING, Arrangement, GroupFilter, Sort
from twinlens.gui.arranging.chips import FilterChips
from twinlens.gui.arranging.typing_guard import TypingGuard
from twinlens.gui.arranging.words import direction_words, sort_words
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.thumbnails.search_field import SearchField

if TYPE_CHECKING:
    from twinlens.gui.arranging.filter_row import FilterRow

TEXT_WIDTH_PX = 96
WIDE_ENOUGH_PX = 600  # for words beside the arrow
TYPING_REST_MS = 150  # while someone types, the groups follow at once, but not every letter


class ArrangementBar(QWidget):
    """Order, direction, text, undecided, and a line of further filters that opens when it is wanted."""

    arrangementChanged = Signal(object)  # Arrangement
    choicesWanted = Signal()  # the further filters are open: what can be chosen there?
    left = Signal()  # the user is done here

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._arrangement = Arrangement()
        self._guard = TypingGuard(self)
        self.sort, self.direction = QComboBox(self), QToolButton(self)
        self.text, self.undecided, self.more = SearchField(self), QToolButton(self), QToolButton(self)
        self.chips = FilterChips(self._guard, self)
        self.row: FilterRow | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_REST_MS)
        self._dress()
        self._lay_out()
        self.sort.activated.connect(self._sort_chosen)
        self.direction.clicked.connect(self.turn_round)
        self.text.textEdited.connect(self._typing.start)
        self._typing.timeout.connect(self._typed)
        self.undecided.clicked.connect(self._undecided_clicked)
        self.more.toggled.connect(self._show_row)
        self.chips.cleared.connect(self.clear)
        self.chips.allCleared.connect(self.clear_all)
        self.show_arrangement(self._arrangement)

    def arrangement(self) -> Arrangement:
        """What is asked for."""
        return self._arrangement

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """Show this without telling anyone."""
        self._arrangement, wanted = arrangement, arrangement.wanted
        self.sort.setCurrentIndex(self.sort.findData(str(arrangement.sort)))
        words = direction_words(arrangement.sort, descending=arrangement.descending)
        self.direction.setText(words)
        self.direction.setArrowType(Qt.ArrowType.DownArrow if arrangement.descending else Qt.ArrowType.UpArrow)
        self.direction.setAccessibleName(self.tr("Direction: {}").format(words))
        self.direction.setToolTip(self.tr("{}; press to turn the order round").format(words))
        if self.text.text().strip() != wanted.text.strip() and not self._typing.isActive():
            self.text.setText(wanted.text)
        self.undecided.setChecked(wanted.undecided_only)
        self.chips.show_filter(wanted)
        if self.row is not None:
            self.row.show_filter(wanted)

    @Slot()
    def turn_round(self) -> None:
        """The other direction."""
        self._tell(replace(self._arrangement, descending=not self._arrangement.descending))

    @Slot(str)
    def clear(self, field: str) -> None:
        """Ask for nothing any more by one part of the filter."""
        fields = ("first_day", "last_day") if field == "days" else (field,)
        if field == "text":
            self._typing.stop()
            self.text.clear()
        self._filter(replace(self._arrangement.wanted, **{name: getattr(EVERYTHING, name) for name in fields}))

    @Slot()
    def clear_all(self) -> None:
        """Show every group."""
        self._typing.stop()
        self.text.clear()
        self._filter(EVERYTHING)

    def show_undecided_only(self, on: bool) -> None:
        """Only groups that wait for a decision, or all."""
        self._filter(replace(self._arrangement.wanted, undecided_only=on))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Down go to the groups, Escape empties the field first."""
        if watched is self.text and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() is not QEvent.Type.KeyPress:
                return super().eventFilter(watched, event)
            if event.key() == Qt.Key.Key_Escape and self.text.text():
                self.clear("text")
                return True
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self._typed()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, an arrow says the direction, and its name and tooltip do."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE_ENOUGH_PX
        self._label.setVisible(is_wide)
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self.direction.setToolButtonStyle(beside if is_wide else alone)

    def _dress(self) -> None:
        for sort in Sort:
            self.sort.addItem(sort_words(sort), str(sort))
        self.sort.setAccessibleName(self.tr("Sort by"))
        self.sort.view().setAccessibleName(self.tr("Sort by"))
        self.text.setPlaceholderText(self.tr("Name or folder"))
        self.text.setAccessibleName(self.tr("Only groups with this in a name or folder"))
        self.undecided.setText(self.tr("Undecided"))
        self.undecided.setToolTip(self.tr("Only groups that wait for a decision"))
        self.more.setText(self.tr("Filters"))
        self.more.setToolTip(self.tr("Folder, camera and days"))
        for button in (self.direction, self.undecided, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for button in (self.undecided, self.more):
            button.setCheckable(True)
        for widget in (self.sort, self.direction, self.text, self.undecided, self.more):
            self._guard.guard(widget)
        self.text.installEventFilter(self)

    def _lay_out(self) -> None:
        self._label = label = QLabel(self.tr("S&ort by"), self)
        label.setBuddy(self.sort)
        self.text.setMinimumWidth(TEXT_WIDTH_PX)
        line = QHBoxLayout()
        line.setContentsMargins(WIDE_PX, UNIT_PX // 2, WIDE_PX, UNIT_PX)
        line.setSpacing(UNIT_PX)
        for widget in (label, self.sort, self.direction):
            line.addWidget(widget)
        line.addSpacing(UNIT_PX)
        line.addWidget(self.text, 1)
        line.addWidget(self.undecided)
        line.addWidget(self.more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(line)
        self._column.addWidget(self.chips)

    def _filter(self, wanted: GroupFilter) -> None:
        self._tell(replace(self._arrangement, wanted=wanted))

    def _tell(self, arrangement: Arrangement) -> None:
        changed = arrangement != self._arrangement
        self.show_arrangement(arrangement)
        if changed:
            self.arrangementChanged.emit(arrangement)

    @Slot(int)
    def _sort_chosen(self, at: int) -> None:
        sort = Sort(self.sort.itemData(at))
        if sort is not self._arrangement.sort:
            self._tell(self._arrangement.sorted_by(sort))

    @Slot()
    def _typed(self) -> None:
        self._typing.stop()
        self._filter(replace(self._arrangement.wanted, text=self.text.text()))

    @Slot(bool)
    def _undecided_clicked(self, on: bool) -> None:
        self.show_undecided_only(on)

    @Slot(bool)
    def _show_row(self, on: bool) -> None:
        if on and self.row is None:
            from twinlens.gui.arranging.filter_row import FilterRow  # made when it is first opened

            self.row = FilterRow(self._guard, self)
            self.row.changed.connect(self._filter)
            self._column.insertWidget(1, self.row)
            self.row.show_filter(self._arrangement.wanted)
        if self.row is not None:
            self.row.setVisible(on)
        if on:
            self.choicesWanted.emit()

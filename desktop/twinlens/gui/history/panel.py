"""The history: every decision, newest first, with what it did; searchable by name, and each to be taken back."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from twinlens.domain.deed import Deed
from twinlens.gui.desks.history_desk import DeedDetail, HistoryList
from twinlens.gui.history.answers import AnswerList
from twinlens.gui.history.deed_model import DeedModel
from twinlens.gui.history.deed_tree import DeedTree
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, title
from twinlens.gui.thumbnails.counts import COUNTS
from twinlens.gui.thumbnails.empty_state import EmptyState
from twinlens.gui.thumbnails.search_field import SearchField

TYPING_MS = 180
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryPanel(QWidget):
    """Asks for everything by signals; who answers calls ``show_list``, ``show_detail`` and ``show_obstacle``."""

    searched = Signal(str)
    deedOpened = Signal(object)  # Deed: what is below it is wanted
    deedChosen = Signal(object)  # Deed: can it be taken back?
    undoRequested = Signal(int)  # deed id
    restoreRequested = Signal(int)  # step id
    photoRequested = Signal(int)
    exportRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_write = True
        self._shown: HistoryList | None = None
        self.model = DeedModel(self)
        self.search, self.answers = SearchField(self), AnswerList(self)
        self.tree = DeedTree(self.model, self)
        self._heading, self.summary = QLabel(self.tr("History"), self), QuietLabel("", self)
        self.empty = EmptyState(self, sign="history")
        self.undo = QPushButton(self.tr("Take &back"), self)
        self.export = QPushButton(self.tr("E&xport…"), self)
        self._why = QuietLabel("", self)
        self._pages = QStackedWidget(self)
        self._typing = QTimer(self)
        self._lay_out()
        self._connect()
        self.restyle()
        self.show_list(HistoryList(0, "", (), 0, ()))

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Where did a photo go? Type a part of its name"))
        self.search.setAccessibleName(self.tr("Search the history by name"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(480)
        set_in(title, self._heading)
        self._why.setWordWrap(True)
        self.undo.setToolTip(self.tr("Undo this decision, whatever was decided after it"))
        self.export.setToolTip(self.tr("Write what is listed to a file: HTML, CSV or JSON"))
        for page in (self.empty, self.tree):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(WIDE_PX, 0, WIDE_PX, 0)
        head.setSpacing(WIDE_PX)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.search, 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX)
        foot.setSpacing(UNIT_PX)
        foot.addWidget(self._why, 1)
        foot.addWidget(self.export)
        foot.addWidget(self.undo)
        self.summary.setContentsMargins(WIDE_PX, 0, WIDE_PX, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, WIDE_PX, 0, 0)
        layout.setSpacing(UNIT_PX // 2)
        layout.addLayout(head)
        layout.addWidget(self.summary)
        layout.addSpacing(UNIT_PX)
        layout.addWidget(self.answers)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        for widget in (self.search, self.tree):
            widget.installEventFilter(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.search.textChanged.connect(self._typing.start)
        self.search.returnPressed.connect(self._ask)
        self.tree.deedOpened.connect(self.deedOpened)
        self.tree.photoActivated.connect(self.photoRequested)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.undo.clicked.connect(self._undo)
        self.export.clicked.connect(self.exportRequested)
        self.answers.restoreRequested.connect(self.restoreRequested)
        self.answers.photoRequested.connect(self.photoRequested)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter is the search's and the list's own here, not that of an action of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def show_list(self, found: HistoryList) -> None:
        """Show these deeds; those that were open and the chosen one stay so."""
        self._shown = found
        self.tree.show_list(found)
        self.answers.show_answers(found.text, found.answers, may_write=self._may_write)
        self._say(found)
        self._pages.setCurrentWidget(self.tree if found.deeds else self.empty)
        self.export.setEnabled(bool(found.deeds))
        self._chosen(self.tree.currentIndex())

    def _say(self, found: HistoryList) -> None:
        count = COUNTS.decisions(len(found.deeds))
        self.summary.setText(
            self.tr("{} with a photo of such a name").format(count)
            if found.text
            else self.tr("{}. Each can be taken back, unless a later one depends on it.").format(count)
        )
        self.summary.setVisible(bool(found.deeds))
        if found.text:
            self.empty.say(
                self.tr("Nothing was decided about such a photo"), self.tr("Try a shorter part of its name.")
            )
        else:
            self.empty.say(
                self.tr("Nothing was decided yet"),
                self.tr("Every mark and every removal is listed here, and can be taken back, after a restart too."),
            )

    def show_detail(self, detail: DeedDetail) -> None:
        """What was read about one deed."""
        if self._shown is not None and detail.text == self._shown.text:
            self.model.show_detail(detail)

    def show_obstacle(self, deed_id: int, sentence: str) -> None:
        """Why the chosen deed cannot be taken back; "" where it can."""
        deed = self.current_deed()
        if deed is not None and deed.id == deed_id:
            self._why.setText(sentence)
            self.undo.setEnabled(self._may_write and not sentence)

    def obstacle(self) -> str:
        """What is said beside the button."""
        return self._why.text()

    def current_deed(self) -> Deed | None:
        """The chosen deed."""
        return self.tree.current_deed()

    def shown_deeds(self) -> tuple[Deed, ...]:
        """What is listed."""
        return self._shown.deeds if self._shown is not None else ()

    def message(self) -> str:
        """What is said where nothing is listed."""
        return self.empty.texts()[0]

    def text(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def forbid_changes(self) -> None:
        """Show the list only."""
        self._may_write = False
        self.undo.hide()

    @Slot()
    def restyle(self) -> None:
        """The header is drawn in the quiet colours of the palette in force."""
        self.tree.restyle()

    @Slot()
    def _ask(self) -> None:
        self._typing.stop()
        self.searched.emit(self.text())

    @Slot(QModelIndex)
    def _chosen(self, index: QModelIndex) -> None:
        deed = self.model.deed_at(index)
        self._why.clear()
        self.undo.setEnabled(False)
        if deed is not None and self._may_write:
            self.deedChosen.emit(deed)

    @Slot()
    def _undo(self) -> None:
        deed = self.current_deed()
        if deed is not None:
            self.undoRequested.emit(deed.id)

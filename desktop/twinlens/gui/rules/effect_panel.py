"""What a rule would do: one line that says it, the folders one by one, and the ties that it leaves open."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from twinlens.gui.records.cell_delegate import CellDelegate
from twinlens.gui.records.model import Column, RecordModel
from twinlens.gui.rules.words import detail_words, folder_words, going_words, tie_words, tr
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import UNIT_PX
from twinlens.gui.theme.type_scale import heading, set_in
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.words import count_words, file_size_words
from twinlens.review.rules.effect import FolderEffect
from twinlens.review.rules.preview import RulePreview, TieLine

NUMBER_PX = 88


class EffectPanel(QWidget):
    """Shows the newest preview. A folder or a tie is activated by Enter or a double click."""

    folderActivated = Signal(str)
    tieActivated = Signal(object)  # TieLine
    tieBreakerWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary, self.detail = QLabel(self), QuietLabel("", self)
        for label in (self.summary, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        set_in(heading, self.summary)
        self.folders = RecordModel(_folder_columns(), self)
        self.ties = RecordModel(_tie_columns(), self)
        self.folder_table, self.tie_table = _table(self.folders, self), _table(self.ties, self)
        self.folder_table.setAccessibleName(self.tr("Effect by folder"))
        self.tie_table.setAccessibleName(self.tr("Groups left open"))
        self.folder_table.activated.connect(self._activated)
        self.tie_table.activated.connect(self._tie_activated)
        self.tie_table.setToolTip(self.tr("Enter or a double click goes to the group."))
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.folder_table, self.tr("By &folder"))
        self.break_ties = QPushButton(self.tr("Decide them by Twinlens' own su&ggestion"), self)
        self.break_ties.setAutoDefault(False)
        self.break_ties.setToolTip(self.tr("Adds it as the last criterion, which knows no ties"))
        self.break_ties.clicked.connect(self.tieBreakerWanted)
        ties = QWidget(self)
        column = QVBoxLayout(ties)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT_PX)
        column.addWidget(self.tie_table, 1)
        column.addWidget(self.break_ties, 0, Qt.AlignmentFlag.AlignLeft)
        self.tabs.addTab(ties, self.tr("T&ies"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self.summary)
        layout.addWidget(self.detail)
        layout.addWidget(self.tabs, 1)

    def show_preview(self, preview: RulePreview) -> None:
        """This is what it would do."""
        self.summary.setText(going_words(preview))
        self.detail.setText(detail_words(preview))
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(self, f"{self.summary.text()} {self.detail.text()}")
        )
        self.folders.show_values(preview.folders)
        self.ties.show_values(preview.ties)
        count = preview.tie_count
        if not count:
            self.tabs.setCurrentIndex(0)
        self.tabs.setTabEnabled(1, count > 0)
        self.tabs.setTabText(1, self.tr("T&ies ({})").format(count_words(count)) if count else self.tr("T&ies"))

    def show_waiting(self) -> None:
        """The first answer is on its way; later the last one stays until the next is there."""
        if not self.summary.text():
            self.summary.setText(self.tr("Working it out…"))

    def show_error(self, sentence: str) -> None:
        """It could not be worked out."""
        self.summary.setText(sentence)
        self.detail.clear()

    @Slot("QModelIndex")
    def _activated(self) -> None:
        row = self.folder_table.currentIndex().row()
        if row >= 0:
            self.folderActivated.emit(self.folders.value(row).path)

    @Slot("QModelIndex")
    def _tie_activated(self) -> None:
        row = self.tie_table.currentIndex().row()
        if row >= 0:
            self.tieActivated.emit(self.ties.value(row))


def _folder_columns() -> tuple[Column[FolderEffect], ...]:
    return (
        Column(tr("Folder"), lambda row: printable(folder_words(row.path)), tip=lambda row: printable(row.path)),
        Column(tr("Go"), lambda row: _number(row.going_count), lambda row: row.going_count, True, NUMBER_PX),
        Column(
            tr("Bytes"),
            lambda row: file_size_words(row.going_bytes) if row.going_count else "–",
            lambda row: row.going_bytes,
            True,
            NUMBER_PX,
        ),
        Column(tr("Stay"), lambda row: _number(row.staying_count), lambda row: row.staying_count, True, NUMBER_PX),
    )


def _number(count: int) -> str:
    return count_words(count) if count else "–"


def _tie_columns() -> tuple[Column[TieLine], ...]:
    return (
        Column(
            tr("Photos that are equal"),
            lambda line: printable(tie_words(line.paths[:3])),
            tip=lambda line: printable("\n".join(line.paths[:12])),
        ),
        Column(tr("Photos"), lambda line: count_words(len(line.paths)), lambda line: len(line.paths), True, NUMBER_PX),
    )


class _Table(QTableView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the row, and not for the button that marks as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


def _table(model: RecordModel, parent: QWidget) -> QTableView:  # type: ignore[type-arg]
    table = _Table(parent)
    table.setModel(model)
    table.setItemDelegate(CellDelegate(table))
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for number, column in enumerate(model.columns[1:], 1):
        header.resizeSection(number, column.width_px)
    return table

"""Sources with their state, and the views with their counts."""

import os.path
from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from twinlens.catalog.sources import Source
from twinlens.domain.protection import ProtectedFolder
from twinlens.gui.sidebar.protected_list import ProtectedList
from twinlens.gui.sidebar.row_list import RowList
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.spacing import ICON_PX, ROW_HEIGHT_PX, SECTION_PX, SIDEBAR_WIDTH_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, set_in, strong_caption
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.words import count_words, file_size_words
from twinlens.gui.views import VIEWS, ViewId


class Sidebar(QWidget):
    """Tells which view is wanted; shows what the window knows."""

    viewChosen = Signal(str)
    sourceRemovalRequested = Signal(object)  # Source
    sourceRescanRequested = Signal(object)  # Source
    protectRequested = Signal(str)  # absolute path
    unprotectRequested = Signal(object)  # ProtectedFolder

    def __init__(self, add_folder: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: dict[str, Source] = {}
        self._scanning: frozenset[str] = frozenset()
        self.views, self.sources = RowList(self), RowList(self)
        self.protected = ProtectedList(self)
        self.views.setAccessibleName(self.tr("Views"))
        self.sources.setAccessibleName(self.tr("Sources"))
        self.sources.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._total = QLabel(self)
        self._total.setAccessibleName(self.tr("Size of the library"))
        self._total.setWordWrap(True)  # at a large text size it is wider than the sidebar
        self._watching = QLabel(self)
        self._watching.setAccessibleName(self.tr("Watching of the folders"))
        self._watching.setWordWrap(True)
        self._watching.hide()
        self._labels = [self._label(self.tr("Library")), self._label(self.tr("Sources")), self.protected.label]
        self._add = QToolButton(self)
        add_folder.setIconText("\u2002" + add_folder.iconText())  # as far from its icon as the rows above
        self._add.setDefaultAction(add_folder)
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setAutoRaise(True)
        self._add.setIconSize(QSize(ICON_PX, ICON_PX))
        self._add.setMinimumHeight(ROW_HEIGHT_PX)
        self._add.setAccessibleName(self.tr("Add folder"))
        for entry in VIEWS:
            self.views.show_row(entry.id, entry.title, entry.icon)
        self._build_layout()
        self.views.selectionModel().currentChanged.connect(self._view_chosen)
        self.sources.customContextMenuRequested.connect(self._source_menu)
        self.protected.unprotectRequested.connect(self.unprotectRequested)

    def forbid_changes(self) -> None:
        """Show the folders only."""
        self._add.hide()
        self.sources.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.protected.forbid_changes()

    def show_view(self, view: ViewId) -> None:
        """Mark this view as the one in the middle."""
        if self.views.current_id() != view:
            self.views.select(view)

    def show_counts(self, counts: Mapping[ViewId, int]) -> None:
        """The numbers at the right of the views; 0 is not shown."""
        for entry in VIEWS:
            if entry.id in counts:
                number = counts[entry.id]
                self.views.show_row(entry.id, entry.title, entry.icon, count=count_words(number) if number else "")

    def show_total(self, photo_count: int, total_bytes: int) -> None:
        """The size of the library."""
        photos = self.tr("%Ln photo(s)", "", photo_count)
        self._total.setText(f"{photos}  ·  {file_size_words(total_bytes)}" if photo_count else "")

    def total_text(self) -> str:
        """The words shown of the size of the library."""
        return self._total.text()

    def show_watching(self, words: str) -> None:
        """What the watching does or has found; nothing where nothing is watched."""
        self._watching.setText(words)
        self._watching.setVisible(bool(words))
        self._total.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX // 2 if words else WIDE_PX)

    def watching_text(self) -> str:
        """The words shown."""
        return self._watching.text()

    def show_sources(self, sources: Sequence[Source], scanning: Collection[str]) -> None:
        """The folders, whether they are there, and whether they are being scanned."""
        self._sources = {source.path: source for source in sources}
        self._scanning = frozenset(scanning)
        paths = [*self._sources, *(path for path in scanning if path not in self._sources)]
        self.sources.keep_only(set(paths))
        for path in paths:
            source = self._sources.get(path)
            online = source is None or source.online
            detail = self._state(path, online)
            icon = "folder" if online else "folder-offline"
            if online and self._lock_of(source) is not None:
                icon = "folder-locked"
            name = printable(os.path.basename(path) or path)
            self.sources.show_row(path, name, icon, detail=detail)
            self.sources.set_tool_tip(path, printable(path))
        self._labels[1].setVisible(bool(paths))

    def show_protected(self, folders: Sequence[ProtectedFolder]) -> None:
        """The folders whose photos are never removed; sources among them get a padlock."""
        self.protected.show_folders(folders)
        self.show_sources(list(self._sources.values()), self._scanning)

    def _lock_of(self, source: Source | None) -> ProtectedFolder | None:
        return None if source is None else self.protected.lock_of(source.volume, source.relative_path)

    def _state(self, path: str, online: bool) -> str:
        if path in self._scanning:
            return self.tr("Scanning…")
        if not online:
            return self.tr("Not connected")
        place = printable(os.path.dirname(path))
        return place if self._lock_of(self._sources.get(path)) is None else self.tr("Protected · {}").format(place)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setContentsMargins(WIDE_PX, 0, WIDE_PX, 0)
        return label

    def _build_layout(self) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, WIDE_PX, 0, WIDE_PX)
        column.setSpacing(UNIT_PX // 2)
        column.addWidget(self._labels[0])
        column.addWidget(self.views)
        column.addSpacing(SECTION_PX)
        column.addWidget(self._labels[1])
        column.addWidget(self.sources)
        row = QHBoxLayout()
        row.setContentsMargins(UNIT_PX + 2, 0, UNIT_PX, 0)  # its icon under those of the rows
        row.addWidget(self._add)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.protected)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._total.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, WIDE_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._total)
        self._watching.setContentsMargins(WIDE_PX, 0, WIDE_PX, WIDE_PX)
        layout.addWidget(self._watching)
        self.setMinimumWidth(SIDEBAR_WIDTH_PX - 64)
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        """Fonts and quiet colours from the palette in force."""
        for label in (*self._labels, self._total, self._watching):
            set_in(strong_caption if label in self._labels else caption, label)
            label.setPalette(quieted(self.palette()))

    @Slot(QModelIndex)
    def _view_chosen(self, _index: QModelIndex) -> None:
        row_id = self.views.current_id()
        if row_id is not None:
            self.viewChosen.emit(row_id)

    @Slot(QPoint)
    def _source_menu(self, point: QPoint) -> None:
        index = self.sources.indexAt(point)
        if not index.isValid():
            return
        self.sources.setCurrentIndex(index)
        source = self._sources.get(self.sources.current_id() or "")
        if source is None:
            return
        menu = QMenu(self)
        rescan = menu.addAction(self.tr("Look for changes"))
        rescan.setEnabled(source.online)
        lock = self._lock_of(source)
        turn = menu.addAction(self._lock_words(lock))
        turn.setEnabled(source.online or lock is not None)
        forget = menu.addAction(self.tr("Remove from the library"))
        chosen = menu.exec(self.sources.viewport().mapToGlobal(point))
        menu.deleteLater()
        if chosen is rescan:
            self.sourceRescanRequested.emit(source)
        elif chosen is forget:
            self.sourceRemovalRequested.emit(source)
        elif chosen is turn and lock is not None:
            self.unprotectRequested.emit(lock)
        elif chosen is turn:
            self.protectRequested.emit(source.path)

    def _lock_words(self, lock: ProtectedFolder | None) -> str:
        if lock is None:
            return self.tr("Protect this folder")
        return self.tr("Unprotect {}").format(printable(os.path.basename(lock.path) or lock.path))

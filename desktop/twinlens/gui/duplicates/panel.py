"""The classes of duplicates as tabs with counts and bytes. One panel of groups serves all tabs."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twinlens.domain.relation import PhotoClass
from twinlens.gui.duplicates.flat_tabs import FlatTabBar
from twinlens.gui.groups.explanations import class_name, explanation_words
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.words import count_words, file_size_words

TABS = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS, PhotoClass.SAME_SHOT, PhotoClass.EDITED)


class DuplicatesPanel(QWidget):
    """Tells which class is wanted; the groups themselves are given to ``groups``."""

    classChosen = Signal(object)  # PhotoClass

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = FlatTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Classes of duplicates"))
        self.groups = GroupsPanel(loader, self)
        for number, kind in enumerate(TABS):
            self.tabs.addTab(class_name(kind))
            self.tabs.setTabToolTip(number, explanation_words(kind))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.groups, 1)
        self.setFocusProxy(self.groups)
        self.tabs.currentChanged.connect(self._chosen)

    def photo_class(self) -> PhotoClass:
        """The class of the current tab."""
        return TABS[max(0, self.tabs.currentIndex())]

    def choose(self, kind: PhotoClass) -> None:
        """Go to the tab of this class."""
        if kind in TABS:
            self.tabs.setCurrentIndex(TABS.index(kind))

    def show_totals(self, totals: Mapping[PhotoClass, tuple[int, int]]) -> None:
        """For each class its count of groups and the bytes that could be freed."""
        for number, kind in enumerate(TABS):
            if kind in totals:
                groups, size_bytes = totals[kind]
                words = count_words(groups)
                self.tabs.set_detail(number, f"{words} · {file_size_words(size_bytes)}" if size_bytes else words)

    @Slot(int)
    def _chosen(self, _number: int) -> None:
        self.classChosen.emit(self.photo_class())

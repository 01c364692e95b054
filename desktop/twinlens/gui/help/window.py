"""The help beside the window: pages at the left, the text at the right. Nothing is fetched from anywhere."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from twinlens.gui.help.pages import page, titles
from twinlens.gui.theme.spacing import HALF_PX, ROW_HEIGHT_PX, SECTION_PX, SIDEBAR_WIDTH_PX, WIDE_PX

SIZE_PX = (880, 640)


class HelpWindow(QDialog):
    """Stays open while one works; closes with Esc."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self._actions = actions
        self.contents, self.text = QListWidget(self), QTextBrowser(self)
        self.contents.setAccessibleName(self.tr("Pages"))
        self.contents.setFixedWidth(SIDEBAR_WIDTH_PX)
        self.contents.setSpacing(HALF_PX)
        self.text.setAccessibleName(self.tr("Text of the page"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(SECTION_PX)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, WIDE_PX, WIDE_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addWidget(self.contents)
        layout.addWidget(self.text, 1)
        self.contents.addItems(titles())
        for number in range(self.contents.count()):
            self.contents.item(number).setSizeHint(QSize(0, max(ROW_HEIGHT_PX, 2 * self.fontMetrics().height())))
        self.contents.currentRowChanged.connect(self.show_page)
        self.contents.setCurrentRow(0)
        self.resize(*SIZE_PX)

    @Slot(int)
    def show_page(self, number: int) -> None:
        """Show this page."""
        self.text.setMarkdown(page(number, self._actions))

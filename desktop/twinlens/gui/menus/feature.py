"""A table's menu offers what the buttons of its page do with the selection, on the menu key too."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QTreeView, QWidget

from twinlens.gui.window_parts import WindowParts


class TableMenus(QObject):
    """Of the quarantine, the history and the problems."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        workspace = parts.workspace
        self._pages: tuple[QWidget, ...] = (workspace.quarantine, workspace.history, workspace.problems)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Let the tables ask."""
        for page in self._pages:
            for table in page.findChildren(QTreeView):
                table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                table.customContextMenuRequested.connect(self._show)

    def restyle(self) -> None:
        """A menu is made whenever it opens."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot(QPoint)
    def _show(self, point: QPoint) -> None:
        table = self.sender()
        if not isinstance(table, QTreeView):
            return
        page = next(page for page in self._pages if page.isAncestorOf(table))
        menu = QMenu(table)
        for button in page.findChildren(QPushButton):
            if button.isVisible():
                action = menu.addAction(button.text())
                action.setEnabled(button.isEnabled())
                action.triggered.connect(button.click)
        if not menu.isEmpty():
            menu.exec(table.viewport().mapToGlobal(point))
        menu.deleteLater()

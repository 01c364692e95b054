"""Ctrl+R: ask which rule, show what it would do, and mark as one deed."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.deed import Origin
from twinlens.domain.group import Mark
from twinlens.gui.duplicates.panel import TABS
from twinlens.gui.window_parts import WindowParts


class RulesFeature(QObject):
    """Opens the dialog of rules."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._window, self._session, self._workspace = parts.window, parts.session, parts.workspace

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """One action."""
        actions["rule"].triggered.connect(self.mark_by_rule)

    def restyle(self) -> None:
        """The dialog is made anew each time."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot()
    def mark_by_rule(self) -> None:
        """Ask which rule, and mark."""
        desk = self._session.groups
        every = [groups for kind in TABS if (groups := desk.groups(kind)) is not None]
        scopes = [(self.tr("All duplicates"), every)]
        panel = self._workspace.groups_panel()
        if panel is not None and (shown := desk.groups(panel.query().photo_class)) is not None:
            scopes.insert(0, (self.tr("The groups shown"), [shown]))
        from twinlens.gui.rules.dialog import RuleDialog  # loaded when it is opened

        dialog = RuleDialog(self._session.rules, scopes, self._window)
        dialog.marksWanted.connect(self._mark)
        dialog.exec()
        dialog.deleteLater()

    @Slot(dict, str)
    def _mark(self, wanted: dict[int, Mark | None], rule: str) -> None:
        self._session.mark_many(wanted, Origin.RULE, rule)

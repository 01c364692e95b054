"""Ctrl+Del: the dialog of other ways than the quarantine; and progress and Stop of whatever moves files."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.events import StepsDone
from twinlens.domain.plan import DisposalKind
from twinlens.gui.desks.removal_desk import InsteadWish
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.gui.instead.dialog import InsteadDialog


class Instead(QObject):
    """Opens the dialog; remembers way and folder while the window is open."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._window, self._session, self._progress = parts.window, parts.session, parts.progress
        self._commands, self._workspace, self._toast = parts.loupe_commands, parts.workspace, parts.toast
        self._last: InsteadWish = InsteadWish(DisposalKind.HARDLINK)
        self.dialog: InsteadDialog | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """One action, and what the desk of removals tells."""
        actions["instead"].triggered.connect(self.open)
        removals = self._session.removals
        removals.progressed.connect(self._progressed)
        removals.busyChanged.connect(self._busy_changed)

    def restyle(self) -> None:
        """The dialog is made anew each time."""

    def shut_down(self) -> None:
        """Close the dialog."""
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def open(self) -> None:
        """Show the dialog, which leaves the window's loop alone."""
        if self.dialog is not None:
            return
        selected, rejected = self._workspace.selected_ids(), self._session.marks.rejected_count
        if not selected and not rejected:
            self._toast.say(self.tr("Reject or select photos first."))
            return
        from twinlens.gui.instead.dialog import InsteadDialog  # loaded when it is opened

        self.dialog = InsteadDialog(self._session.outlooks, self._ask, rejected, selected, self._window)
        self.dialog.show_kinds(self._last.kind, self._last.folder or "")
        self.dialog.wanted.connect(self._do)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _ask(self, wish: InsteadWish) -> None:
        self._session.outlooks.ask(wish, self._session.groups.all_groups())

    @Slot(object)
    def _do(self, wish: InsteadWish) -> None:
        self._last = wish
        self._session.removals.apply_instead(wish, self._session.groups.all_groups())

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self._session.outlooks.forget()
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object)
    def _progressed(self, steps: StepsDone) -> None:
        """Shown after the first hundred: what is quicker needs no progress."""
        if self._session.removals.busy:
            self._progress.show_moving(steps.done + steps.refused, steps.total)
            self._progress.show()

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        if not busy and not self._session.scans.running:
            self._progress.hide()

"""F1, and "Report a problem"."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication

from twinlens.gui.jobs import Task
from twinlens.gui.window_parts import WindowParts


class Help(QObject):
    """Opens the help, and puts diagnostics on the clipboard."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._actions: Mapping[str, QAction] = {}
        self._lines: list[str] = []
        self._asking = Task(parts.session.workers.queries, self)
        self._asking.done.connect(self._copy)
        self._asking.failed.connect(parts.toast.say)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Connect the actions."""
        self._actions = actions
        actions["help"].triggered.connect(self.show_help)
        actions["report"].triggered.connect(self.copy_diagnostics)

    @Slot()
    def show_help(self) -> None:
        """The pages of the help, beside the window."""
        from twinlens.gui.help.window import HelpWindow  # windows are loaded when they are opened

        window = HelpWindow(self._actions, self._parts.window)
        window.finished.connect(window.deleteLater)
        window.show()

    @Slot()
    def copy_diagnostics(self) -> None:
        """Collect what a report needs."""
        from twinlens.gui.help.diagnostics import machine_lines, window_lines

        self._lines = window_lines(self._parts.session, self._parts.theme)
        self._asking.run(machine_lines)

    def restyle(self) -> None:
        """Nothing here has a colour."""

    def shut_down(self) -> None:
        """The errand ends with the session."""

    @Slot(object)
    def _copy(self, lines: list[str]) -> None:
        QGuiApplication.clipboard().setText("\n".join([*self._lines, *lines]) + "\n")
        self._parts.toast.say(
            self.tr(
                "Versions, screens, settings and counts are on the clipboard, no paths: paste them into the report."
            )
        )

"""The user's own keys in a window: read at its start, edited in a dialog, followed by menus, tooltips, sheet and footer."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.settings import KEYS
from twinlens.gui.commands.actions import set_keys
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.keys.keymap import Keymap
from twinlens.gui.keys.words import action_keys
from twinlens.gui.window_parts import WindowParts


class Keys(QObject):
    """Holds the keymap of the window."""

    changed = Signal()

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._actions: Mapping[str, QAction] = {}
        self.keymap = Keymap.from_texts(parts.session.library.preferences.text_list(KEYS))

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Give the actions their keys."""
        self._actions = actions
        actions["keys"].triggered.connect(self.show_sheet)
        actions["change_keys"].triggered.connect(self.show_editor)
        self._apply()

    def set(self, keymap: Keymap) -> None:
        """Use these keys from now on, at the next start too."""
        if keymap == self.keymap:
            return
        try:
            self._parts.session.library.preferences.set(KEYS, keymap.texts())
        except LibraryUnusable as error:
            self._parts.toast.say(str(error))
            return
        self.keymap = keymap
        self._apply()
        self.changed.emit()

    @Slot()
    def show_sheet(self) -> None:
        """All keys on one sheet."""
        from twinlens.gui.shortcuts_sheet.sheet import ShortcutsSheet  # dialogs are loaded when they are opened

        sheet = ShortcutsSheet(self._actions, self._parts.window)
        sheet.exec()
        sheet.deleteLater()

    @Slot()
    def show_editor(self) -> None:
        """Change them."""
        from twinlens.gui.keys.editor import KeysDialog

        dialog = KeysDialog(self, self._parts.window)
        dialog.exec()
        dialog.deleteLater()

    def restyle(self) -> None:
        """Nothing here has a colour."""

    def shut_down(self) -> None:
        """Nothing runs."""

    def _apply(self) -> None:
        for command in COMMANDS:
            set_keys(self._actions[command.id], self.keymap.keys_of(command))
        keys = {name: action_keys(self._actions[name]).split(" / ")[0] for name in ("keep", "reject", "accept")}
        self._parts.footer.show_keys(keys)

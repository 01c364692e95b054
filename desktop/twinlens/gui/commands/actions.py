"""The declared commands made into actions, menus and keys."""

from collections.abc import Container, Iterable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from twinlens.gui.commands.command import MENUS
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.theme.icons import icon


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("Commands", text)


def plain(text: str) -> str:
    """A text of the table without mnemonic and dots."""
    return translated(text).replace("&", "").rstrip("…")


def build_actions(parent: QObject) -> dict[str, QAction]:
    """One action for each command, by id. Icons are set by ``refresh_icons``."""
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = QAction(translated(command.text), parent)
        action.setObjectName(command.id)
        action.setStatusTip(translated(command.tip))
        set_keys(action, command.keys)
        action.setCheckable(command.checkable)
        if command.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        actions[command.id] = action
    return actions


def set_keys(action: QAction, keys: Iterable[str]) -> None:
    """Give an action these keys; its menu entry and its tooltip name them."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{action.statusTip()} ({shown})" if shown else action.statusTip())


def refresh_icons(actions: dict[str, QAction], only: Container[str] | None = None) -> None:
    """Icons in the colours of the palette in force, of all actions or of ``only`` these."""
    for command in COMMANDS:
        if command.icon and (only is None or command.id in only):
            actions[command.id].setIcon(icon(command.icon))


def build_menus(bar: QMenuBar, actions: dict[str, QAction]) -> dict[str, QMenu]:
    """The menus of the window, in the order of the table."""
    menus = {name: bar.addMenu(translated(name)) for name in MENUS}
    for command in COMMANDS:
        menus[command.menu].addAction(actions[command.id])
        if command.ends_section:
            menus[command.menu].addSeparator()
    return menus


def give_local_keys(widget: QWidget, actions: dict[str, QAction]) -> None:
    """Let the keys of the local commands act in this widget."""
    for command in COMMANDS:
        if command.local:
            widget.addAction(actions[command.id])

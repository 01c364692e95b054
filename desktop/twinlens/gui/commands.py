"""Every action of the window, declared once: menus, shortcuts, tooltips, the sheet of keys and the tests come from here."""

from collections.abc import Container
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from twinlens.gui.theme.icons import icon


@dataclass(frozen=True, slots=True)
class Command:
    """One action. ``local`` keys act only where photos are, so that Enter still presses a button elsewhere."""

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    tip: str
    icon: str = ""
    local: bool = False
    checkable: bool = False
    ends_section: bool = False


FILE, EDIT, VIEW, PHOTO, GROUP, HELP = "&File", "&Edit", "&View", "&Photo", "&Group", "&Help"
MENUS = (FILE, EDIT, VIEW, PHOTO, GROUP, HELP)
VIEW_PREFIX = "view."
WRITING = (
    "open",
    "rescan",
    "pause",
    "stop",
    "undo",
    "rule",
    "settings",
    "keep",
    "reject",
    "clear",
    "remove",
    "accept",
    "refuse",
)
ON_BUTTONS = ("open", "pause", "stop", "remove")  # seen without opening a menu

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("open", "Add &folder…", ("Ctrl+O",), FILE, "Add a folder and scan it", "folder-add", ends_section=True),
    Command("rescan", "&Look for changes", ("F5",), FILE, "Scan all sources again; unchanged photos are not read", "rescan"),
    Command("pause", "&Pause", ("Ctrl+P",), FILE, "Let the scan rest, or go on", "pause"),
    Command("stop", "&Stop", ("Ctrl+.",), FILE, "End the scan and keep what is done", "stop", ends_section=True),
    Command("quit", "&Quit", ("Ctrl+Q",), FILE, "Close Twinlens", "quit"),
    Command("undo", "&Undo", ("Ctrl+Z",), EDIT, "Take back the last decision or removal", "undo", ends_section=True),
    Command("paste", "&Paste to search", ("Ctrl+V",), EDIT, "Find what looks like the picture on the clipboard", "paste"),
    Command("select_all", "Select &all", ("Ctrl+A",), EDIT, "All photos of the group or view", "select-all", local=True),
    Command("select_none", "Select &none", ("Ctrl+Shift+A",), EDIT, "Select nothing but the current photo", local=True),
    Command("rule", "Mark by &rule…", ("Ctrl+R",), EDIT, "Mark many photos at once by a rule", "rule", ends_section=True),
    Command("settings", "&Settings…", ("Ctrl+,",), EDIT, "Change how Twinlens looks and works", "settings"),
    Command("view.duplicates", "&Duplicates", ("Ctrl+1",), VIEW, "Photos that you have more than once", "duplicates"),
    Command("view.bursts", "&Bursts", ("Ctrl+2",), VIEW, "Photos shot within seconds", "bursts"),
    Command("view.photos", "All &photos", ("Ctrl+3",), VIEW, "Every photo of the library", "photos"),
    Command("view.quarantine", "&Quarantine", ("Ctrl+4",), VIEW, "Removed photos that can be put back", "quarantine"),
    Command("view.history", "&History", ("Ctrl+5",), VIEW, "Every removal, and what became of it", "history"),
    Command("view.problems", "P&roblems", ("Ctrl+6",), VIEW, "Files that could not be read", "problems", ends_section=True),
    Command("laboratory", "&Laboratory…", ("Ctrl+L",), VIEW, "Measure on your own photos what finds what", "laboratory"),
    Command("side_panel", "&Inspector", ("I",), VIEW, "Show or hide the inspector and the lookalikes", "info", checkable=True),
    Command("full_screen", "&Full screen", ("F11",), VIEW, "Use the whole screen", "full-screen", checkable=True),
    Command("keep", "&Keep", ("P",), PHOTO, "Mark the selected photos to be kept", "keep", local=True),
    Command("reject", "&Reject", ("X",), PHOTO, "Mark the selected photos to be removed", "reject", local=True),
    Command("clear", "&Clear mark", ("U",), PHOTO, "Unmark the selected photos", "clear", local=True, ends_section=True),
    Command("loupe", "&Large preview", ("Space",), PHOTO, "See the current photo large", "loupe", local=True),
    Command("similar", "Find &similar", ("S",), PHOTO, "Show what looks like the current photo", "similar", local=True),
    Command("copy_path", "Copy &path", ("Ctrl+C",), PHOTO, "Copy the path of the current photo", local=True),
    Command("reveal", "Show in &folder", ("Ctrl+E",), PHOTO, "Open its folder", "folder", local=True, ends_section=True),
    Command("remove", "&Move rejects to quarantine", ("Del",), PHOTO, "Rejected photos go to the quarantine", "quarantine"),
    Command("accept", "&Accept suggestion", ("Return", "Enter"), GROUP, "Take the suggestion and go on", "accept", local=True),
    Command("next", "&Next undecided", ("Ctrl+Down",), GROUP, "To the next group without a decision", "next", local=True),
    Command("refuse", "Not &duplicates", ("-",), GROUP, "Remember that these photos differ", "not-duplicates", local=True),
    Command("keys", "&Keyboard shortcuts", ("?", "Ctrl+/"), HELP, "See all keys", "keyboard"),
    Command("about", "&About Twinlens", (), HELP, "Version, formats and licences", "info"),
)
# fmt: on


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
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = translated(command.tip)
        action.setStatusTip(tip)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setCheckable(command.checkable)
        if command.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        actions[command.id] = action
    return actions


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

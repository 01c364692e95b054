"""Commands of the menu Edit: undo, selection, rules and settings."""

from twinlens.gui.commands.command import EDIT, Command

EDIT_COMMANDS: tuple[Command, ...] = (
    Command(
        "undo",
        "&Undo",
        ("Ctrl+Z",),
        EDIT,
        "Take back the last decision or removal",
        "undo",
        writes=True,
    ),
    Command(
        "redo",
        "&Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        EDIT,
        "Do again what was taken back last",
        "redo",
        ends_section=True,
        writes=True,
    ),
    Command(
        "paste", "&Paste to search", ("Ctrl+V",), EDIT, "Find what looks like the picture on the clipboard", "paste"
    ),
    Command(
        "select_all", "Select &all", ("Ctrl+A",), EDIT, "All photos of the group or view", "select-all", local=True
    ),
    Command("select_none", "Select &none", ("Ctrl+Shift+A",), EDIT, "Select nothing but the current photo", local=True),
    Command("invert", "&Invert selection", ("Ctrl+I",), EDIT, "Select what is not selected", local=True),
    Command(
        "find_name",
        "&Find in names…",
        ("Ctrl+F",),
        EDIT,
        "Show only groups with a name or folder that you type",
        "find",
        ends_section=True,
    ),
    Command(
        "rule",
        "Mark by &rule…",
        ("Ctrl+R",),
        EDIT,
        "Mark many photos at once by a rule",
        "rule",
        ends_section=True,
        writes=True,
    ),
    Command("change_keys", "Change &keys…", ("Ctrl+K",), EDIT, "Choose which key does what", "keyboard", writes=True),
    Command(
        "settings", "&Settings…", ("Ctrl+,",), EDIT, "Change how Twinlens looks and works", "settings", writes=True
    ),
)

"""Commands of the menu File: folders and the scan."""

from twinlens.gui.commands.command import FILE, Command

FILE_COMMANDS: tuple[Command, ...] = (
    Command(
        "open",
        "Add &folder…",
        ("Ctrl+O",),
        FILE,
        "Add a folder and scan it",
        "folder-add",
        writes=True,
    ),
    Command(
        "open_recent", "Open &recent", (), FILE, "Folders opened lately", "history", ends_section=True, writes=True
    ),
    Command(
        "rescan",
        "&Look for changes",
        ("F5",),
        FILE,
        "Scan all sources again; unchanged photos are not read",
        "rescan",
        writes=True,
    ),
    Command("pause", "&Pause", ("Ctrl+P",), FILE, "Let the scan rest, or go on", "pause", writes=True),
    Command(
        "stop", "&Stop", ("Ctrl+.",), FILE, "End the scan and keep what is done", "stop", ends_section=True, writes=True
    ),
    Command(
        "export_report",
        "&Export report…",
        ("Ctrl+Shift+E",),
        FILE,
        "Write the groups as they are shown into an HTML, CSV or JSON file",
        "export",
        ends_section=True,
    ),
    Command(
        "read_only",
        "Read-&only",
        (),
        FILE,
        "Look at everything and change nothing, until you switch it off",
        checkable=True,
        ends_section=True,
    ),
    Command("quit", "&Quit", ("Ctrl+Q", "Ctrl+W"), FILE, "Close Twinlens", "quit"),
)

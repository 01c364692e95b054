"""Commands of the menu Photo: what is done with photos."""

from twinlens.gui.commands.command import PHOTO, Command

PHOTO_COMMANDS: tuple[Command, ...] = (
    Command("keep", "&Keep", ("P",), PHOTO, "Mark the selected photos to be kept", "keep", local=True, writes=True),
    Command(
        "reject", "&Reject", ("X",), PHOTO, "Mark the selected photos to be removed", "reject", local=True, writes=True
    ),
    Command(
        "clear",
        "&Clear mark",
        ("U",),
        PHOTO,
        "Unmark the selected photos",
        "clear",
        local=True,
        ends_section=True,
        writes=True,
    ),
    Command(
        "auto_advance",
        "&Go on after a decision",
        ("Ctrl+Shift+N",),
        PHOTO,
        "After keep or reject, the next photo is current",
        checkable=True,
        ends_section=True,
    ),
    Command("similar", "Find &similar", ("S",), PHOTO, "Show what looks like the current photo", "similar", local=True),
    Command(
        "results",
        "Find similar in a full &view",
        ("Shift+S",),
        PHOTO,
        "All that looks like the current photo, to be filtered, sorted and marked",
        "similar",
        local=True,
    ),
    Command("copy_path", "Copy &path", ("Ctrl+C",), PHOTO, "Copy the path of the current photo", local=True),
    Command(
        "reveal", "Show in &folder", ("Ctrl+E",), PHOTO, "Open its folder", "folder", local=True, ends_section=True
    ),
    Command(
        "protect",
        "Pr&otect its folder, or unprotect it",
        ("Ctrl+Shift+L",),
        PHOTO,
        "Photos in a protected folder are never removed",
        "lock",
        local=True,
        writes=True,
    ),
    Command(
        "remove",
        "&Move rejects to quarantine",
        ("Del",),
        PHOTO,
        "Rejected photos go to the quarantine",
        "quarantine",
        writes=True,
    ),
    Command(
        "instead",
        "Link, move or copy &instead…",
        ("Ctrl+Del",),
        PHOTO,
        "Replace rejected or selected photos by links, or move or copy them to a folder",
        "folder",
        writes=True,
    ),
)

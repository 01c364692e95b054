"""Commands of the menu View: from the grid to the details of a photo and back, and how near one looks."""

from twinlens.gui.commands.command import VIEW, Command

LOOK_COMMANDS: tuple[Command, ...] = (
    Command(
        "loupe", "&Loupe", ("Space", "E"), VIEW, "See the current photo large, and look into it", "loupe", local=True
    ),
    Command("zoom_in", "Zoom &in", ("Ctrl+=", "Ctrl++"), VIEW, "Look nearer", "zoom-in", local=True),
    Command("zoom_out", "Zoom &out", ("Ctrl+-",), VIEW, "Look from further away", "zoom-out", local=True),
    Command(
        "actual", "&1:1", ("Z",), VIEW, "Each pixel of the photo on one of the screen, and back", "actual", local=True
    ),
    Command(
        "fit",
        "&Whole picture",
        ("F",),
        VIEW,
        "As large as it fits into the window",
        "fit",
        local=True,
        ends_section=True,
    ),
)

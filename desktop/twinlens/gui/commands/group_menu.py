"""Commands of the menu Group: what is decided about a group."""

from twinlens.gui.commands.command import GROUP, Command

GROUP_COMMANDS: tuple[Command, ...] = (
    Command(
        "accept",
        "&Accept suggestion",
        ("Return", "Enter"),
        GROUP,
        "Take the suggestion and go on",
        "accept",
        local=True,
        writes=True,
    ),
    Command(
        "next", "&Next undecided", ("Ctrl+Down",), GROUP, "To the next group without a decision", "next", local=True
    ),
    Command(
        "refuse",
        "Not &duplicates",
        ("-",),
        GROUP,
        "Remember that these photos differ",
        "not-duplicates",
        local=True,
        writes=True,
    ),
)

"""Commands of the menu Group: what is decided about a group."""

from twinlens.gui.commands.command import GROUP, Command

GROUP_COMMANDS: tuple[Command, ...] = (
    Command(
        "accept",
        "&Accept suggestion",
        ("Return", "Enter", "K"),
        GROUP,
        "Take the suggestion and go on",
        "accept",
        local=True,
        writes=True,
    ),
    Command(
        "keep_all", "&Keep all", ("A",), GROUP, "Every photo of the group stays", "keep-all", local=True, writes=True
    ),
    Command(
        "reject_rest",
        "&Reject the rest",
        ("Shift+X",),
        GROUP,
        "Every photo of the group goes that is not kept",
        "reject-rest",
        local=True,
        ends_section=True,
        writes=True,
    ),
    Command("next_group", "Ne&xt group", ("PgDown",), GROUP, "To the group behind; elsewhere a page on", local=True),
    Command(
        "previous_group", "&Previous group", ("PgUp",), GROUP, "To the group before; elsewhere a page back", local=True
    ),
    Command(
        "next",
        "&Next undecided",
        ("Ctrl+Down",),
        GROUP,
        "To the next group without a decision, of the next class where none is left",
        "next",
        local=True,
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
        ends_section=True,
    ),
    Command(
        "keep_best",
        "Keep &best of burst",
        ("Ctrl+B",),
        GROUP,
        "Mark the best shots of this burst, or of those selected, to be kept and the others to be removed",
        "best-shot",
        local=True,
        writes=True,
    ),
    Command(
        "keep_best_all",
        "Keep best of a&ll bursts shown",
        ("Ctrl+Shift+B",),
        GROUP,
        "The same in every burst of the list",
        writes=True,
        ends_section=True,
    ),
    Command(
        "undecided_only",
        "&Undecided only",
        ("Ctrl+U",),
        GROUP,
        "Show only groups that wait for a decision",
        "filter",
        checkable=True,
    ),
    Command("clear_filters", "Clear &filters", ("Ctrl+Shift+F",), GROUP, "Show every group again", "clear-filters"),
    Command("turn_order", "&Turn the order round", ("Ctrl+Shift+O",), GROUP, "Show the last groups first", "sort"),
)

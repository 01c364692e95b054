"""Commands of the menu Help: keys and versions."""

from twinlens.gui.commands.command import HELP, Command

HELP_COMMANDS: tuple[Command, ...] = (
    Command("help", "&Help", ("F1",), HELP, "What Twinlens does and how, without a network", "help"),
    Command("keys", "&Keyboard shortcuts", ("?", "Ctrl+/"), HELP, "See all keys", "keyboard"),
    Command(
        "report", "&Report a problem", (), HELP, "Copy versions, settings and counts, without any path", "problems"
    ),
    Command("about", "&About Twinlens", (), HELP, "Version, formats and licences", "info"),
)

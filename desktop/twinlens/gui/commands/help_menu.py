"""Commands of the menu Help: keys and versions."""

from twinlens.gui.commands.command import HELP, Command

HELP_COMMANDS: tuple[Command, ...] = (
    Command("keys", "&Keyboard shortcuts", ("?", "Ctrl+/"), HELP, "See all keys", "keyboard"),
    Command("about", "&About Twinlens", (), HELP, "Version, formats and licences", "info"),
)

"""Every action of the window, in the order of the menus: shortcuts, tooltips, the sheet of keys and the tests come from here."""

from twinlens.gui.commands.command import Command
from twinlens.gui.commands.edit_menu import EDIT_COMMANDS
from twinlens.gui.commands.file_menu import FILE_COMMANDS
from twinlens.gui.commands.group_menu import GROUP_COMMANDS
from twinlens.gui.commands.help_menu import HELP_COMMANDS
from twinlens.gui.commands.look_menu import LOOK_COMMANDS, WALK_COMMANDS
from twinlens.gui.commands.photo_menu import PHOTO_COMMANDS
from twinlens.gui.commands.view_menu import VIEW_COMMANDS

COMMANDS: tuple[Command, ...] = (
    *FILE_COMMANDS,
    *EDIT_COMMANDS,
    *LOOK_COMMANDS,
    *VIEW_COMMANDS,
    *PHOTO_COMMANDS,
    *GROUP_COMMANDS,
    *WALK_COMMANDS,
    *HELP_COMMANDS,
)
WRITING = tuple(command.id for command in COMMANDS if command.writes)
ON_BUTTONS = ("open", "pause", "stop", "remove")  # seen without opening a menu

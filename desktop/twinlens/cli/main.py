"""``twinlens``: the command words, and the window where there is none.

Nothing is imported here that costs time: a command's module is loaded when the command is called.
"""

import errno
import importlib
from collections.abc import Sequence
from typing import Any

import click

from twinlens import __version__
from twinlens.cli.shared import common_options

# Each is the module of this name in ``cli.commands``; the text stands in the list of commands.
COMMANDS: dict[str, str] = {
    "apply": "Carry a plan out: each step verified again and journalled.",
    "doctor": "Say what works here: codecs, model, index, screen, trash.",
    "duplicates": "Show the groups of duplicate photos.",
    "folders": "Show how much of each folder is contained in another.",
    "gui": "Open the window.",
    "history": "List what was removed, and what became of it.",
    "lab": "Measure on your own photos: what finds what, how well, how quickly.",
    "measure": "Look closely at the frames of bursts, to tell the best shot.",
    "plan": "Write down what a rule would remove, and why.",
    "protect": "Lock folders: none of their photos is ever removed.",
    "quarantine": "Show what waits to be put back or removed for good; empty it.",
    "report": "Write the groups with thumbnails into one HTML file.",
    "scan": "Bring the library up to date for folders.",
    "settings": "List, read and change settings.",
    "similar": "Show the lookalikes of one image.",
    "undo": "Put back what was removed.",
    "redo": "Do again what was taken back last.",
    "where": "Say what became of a photo.",
}
_WITH_VALUE = ("--library", "--quarantine")
_FLAGS = ("--json", "--help", "--version")


class CommandWords(click.Group):
    """The commands, loaded lazily. What is no command word is taken for folders to open in the window."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command words."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"twinlens.cli.commands.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"twinlens.cli.commands.{cmd_name}.command is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``gui`` in front of folders and of its own options."""
        at = _end_of_common(args)
        asks_for_help = any(word in ("--help", "--version") for word in args[:at])
        if not asks_for_help and (at == len(args) or args[at] not in COMMANDS):
            args = [*args[:at], "gui", *args[at:]]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it cannot do becomes one sentence on standard error."""
        from twinlens.domain.errors import TwinlensError

        try:
            return super().invoke(ctx)
        except (TwinlensError, OSError, KeyboardInterrupt) as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:  # the reader has gone: click ends quietly
                raise
            from twinlens.cli.failing import say_failure

            ctx.exit(say_failure(error))


def _end_of_common(args: Sequence[str]) -> int:
    """The place of the first word that is neither a common option nor its value."""
    at = 0
    while at < len(args):
        word = args[at]
        if word in _WITH_VALUE:
            at += 2
        elif word in _FLAGS or word.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            at += 1
        else:
            break
    return min(at, len(args))


@click.group(
    cls=CommandWords,
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
    subcommand_metavar="[PATH]... | COMMAND [ARGS]...",
    epilog="Without a command word, the window opens on the folders named.",
)
@common_options
@click.version_option(__version__, message="%(prog)s %(version)s", prog_name="twinlens")
def cli() -> None:
    """Find duplicate, near-duplicate and burst photos, and remove the surplus without losing a picture."""

"""``twinlens gui``, and ``twinlens`` without a command word: the window, or its work in the terminal."""

import os
from collections.abc import Sequence

import click

from twinlens.cli.no_window import NoWindow
from twinlens.cli.shared import Shared, common_options, shared_of
from twinlens.domain.settings import QUARANTINE_VARIABLE

DEFAULT_REPORT = "twinlens-report.html"


@click.command("gui")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH...]")
@click.option(
    "--sample", "use_sample", is_flag=True, help="Open the bundled sample photos, with a library of their own."
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    default=DEFAULT_REPORT,
    show_default=True,
    help="Where the report goes, if there is no screen.",
)
@common_options
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], use_sample: bool, output: str) -> None:
    """Open the window on these folders and scan them; without any, on the library as it is.

    Where there is no screen, the same is done in the terminal, and ends with a report of the groups in HTML.
    """
    from twinlens.cli.output import say

    shared = shared_of(context)
    _check(context, paths)
    if use_sample:
        from twinlens.library.sample import sample

        found = sample()
        paths = (*paths, str(found.photos))
        shared.library = shared.library or str(found.library)
    if shared.quarantine:
        os.environ[QUARANTINE_VARIABLE] = shared.quarantine
    open_window = shared.open_window or _no_window
    try:
        context.exit(open_window([os.path.abspath(path) for path in paths], shared.library))
    except NoWindow as error:
        say(f"No window: {error}. Doing the same in the terminal.")
        _in_the_terminal(shared, paths, output)


def _no_window(_paths: Sequence[str], _library_folder: str | None) -> int:
    raise NoWindow("this program was started without one")


def _check(context: click.Context, paths: tuple[str, ...]) -> None:
    from difflib import get_close_matches

    from twinlens.cli.main import COMMANDS

    for path in paths:
        if not os.path.lexists(path):
            near = get_close_matches(path, COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            words = f"{click.format_filename(path)!r} is neither a command nor a folder that exists.{hint}"
            raise click.UsageError(words, context.find_root())


def _in_the_terminal(shared: Shared, paths: tuple[str, ...], output: str) -> None:
    from twinlens.cli.finding import open_and_find
    from twinlens.cli.group_forms import print_tables
    from twinlens.cli.grouping import Wanted
    from twinlens.cli.output import path_fields, write_json, write_out
    from twinlens.review.report.files import write_file
    from twinlens.review.report.forms import document
    from twinlens.review.report.page import report_page

    with open_and_find(shared, paths, Wanted(), scan=True) as (library, found):
        if not len(found.data.photos) and not paths:
            raise click.UsageError("The library is empty: name a folder of photos, or try --sample.")
        write_file(output, report_page(library, found))
    written = os.path.abspath(output)
    if shared.json:
        write_json({**document(found), **path_fields(written, "report")})
        return
    print_tables(found)
    write_out(f"Report: {written}\n")

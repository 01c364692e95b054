"""From the declaration of an experiment to its command: options, progress, Ctrl+C, and the forms of its report."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from twinlens.cli.no_window import NoWindow
from twinlens.cli.shared import Shared, common_options, shared_of
from twinlens.lab.experiment import Experiment, Option, Value, Wants, Wishes

if TYPE_CHECKING:
    from twinlens.lab.report import LabReport
    from twinlens.library.open import Library


def command_of(experiment: Experiment) -> click.Command:
    """``twinlens lab WORD``."""

    def run(output: tuple[str, ...], *, window: bool, theme: str, **values: Value) -> None:
        _run(click.get_current_context(), experiment, values, output, window=window, theme=theme)

    decorated: Callable[..., Any] = common_options(run)
    for option in (
        click.option(
            "--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Of PNG."
        ),
        click.option("--window", is_flag=True, help="Show tables and plots in a window."),
        click.option(
            "--output",
            multiple=True,
            type=click.Path(dir_okay=False),
            metavar="FILE",
            help="Write tables and plots there: .html, .png or .json; may be repeated.",
        ),
        *(_parameter(option) for option in reversed(experiment.options)),
    ):
        decorated = option(decorated)
    return click.command(experiment.word, help=experiment.words)(decorated)


def _parameter(option: Option) -> Callable[[Any], Any]:
    many = option.wants is Wants.FOLDERS
    if option.argument:
        kind = click.Path(exists=True, dir_okay=option.wants is not Wants.PHOTO, file_okay=option.wants is Wants.PHOTO)
        return click.argument(option.name, nargs=-1 if many else 1, type=kind, required=option.required)
    name = "--" + option.name.replace("_", "-")
    if option.wants is Wants.SWITCH:
        return click.option(name, option.name, is_flag=True, default=bool(option.default), help=option.words)
    return click.option(
        name,
        option.name,
        type=_type(option),
        default=option.default,
        multiple=many,
        show_default=option.default not in (None, ()),
        help=option.words or option.title,
    )


def _type(option: Option) -> click.ParamType[Any]:
    if option.wants is Wants.COUNT:
        most = None if option.most is None else int(option.most)
        return click.IntRange(int(option.least or 0), most)
    if option.wants is Wants.NUMBER:
        return click.FloatRange(option.least, option.most)
    if option.wants is Wants.CHOICE:
        return click.Choice(option.choices)
    return click.Path(exists=True, dir_okay=option.wants is not Wants.PHOTO, file_okay=option.wants is Wants.PHOTO)


def _run(
    context: click.Context,
    experiment: Experiment,
    values: dict[str, Value],
    output: Sequence[str],
    *,
    window: bool,
    theme: str,
) -> None:
    from twinlens.cli.interruption import INTERRUPTED, interruption
    from twinlens.cli.lab_forms import print_report
    from twinlens.cli.output import say, write_json
    from twinlens.cli.progress import progress
    from twinlens.lab.document import document
    from twinlens.lab.files import as_file, check_form
    from twinlens.lab.workbench import Stopped, Workbench
    from twinlens.review.report.files import write_bytes

    shared = shared_of(context)
    for path in output:
        check_form(path)  # before minutes of work, not behind them
    try:
        with interruption() as control, progress() as emit:
            report = experiment.run(Workbench(lambda folders: _library(shared, folders), control, emit), Wishes(values))
    except Stopped:
        say("Interrupted.")
        context.exit(INTERRUPTED)
    for path in output:
        write_bytes(path, as_file(report, path, "dark" if theme == "dark" else "light"))
    if shared.json:
        write_json(document(report))
    else:
        print_report(report)
    if window:
        _show(shared, report)


@contextmanager
def _library(shared: Shared, folders: Sequence[str]) -> "Iterator[Library]":
    """As it is where it knows these folders; otherwise they are scanned into it first."""
    from twinlens.cli.opening import for_reading, for_writing
    from twinlens.cli.scanned import scan_or_leave

    unknown = _never_scanned(shared, folders)
    with (for_writing if unknown else for_reading)(shared) as library:
        scan_or_leave(library, unknown)
        yield library


def _never_scanned(shared: Shared, folders: Sequence[str]) -> list[str]:
    """Those of these folders that lie in no source of the library."""
    from twinlens.cli.opening import for_reading, is_under, places
    from twinlens.domain.errors import LibraryUnusable

    if not folders:
        return []
    try:
        with for_reading(shared) as library:
            sources = [source.path for source in library.catalog().sources.all()]
    except LibraryUnusable:  # absent, most likely; what else it is comes to light when it is opened for writing
        return list(folders)
    return [place for place in places(folders) if not sources or not is_under(place, sources)]


def _show(shared: Shared, report: "LabReport") -> None:
    from twinlens.cli.output import say

    if shared.show_report is None:
        say("No window: this program was started without one.")
        return
    try:
        shared.show_report(report, shared.library)
    except NoWindow as error:
        say(f"No window: {error}.")

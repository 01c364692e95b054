"""``twinlens measure``: look at the frames of series closely enough to tell the best shot."""

import click

from twinlens.cli.shared import common_options, shared_of


@click.command("measure")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH...]")
@common_options
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...]) -> None:
    """Measure sharpness, exposure and noise of the frames of bursts that the library knows under these folders.

    Only frames that have not been measured are read. The groups of ``duplicates`` say then which shot is the best, and why.
    """
    from twinlens.cli.interruption import INTERRUPTED
    from twinlens.cli.measured import measure_under
    from twinlens.cli.opening import for_writing
    from twinlens.cli.output import counted, say, write_json

    shared = shared_of(context)
    with for_writing(shared) as library:
        measured, finished = measure_under(library, paths)
        left = len(library.catalog().measures.missing())
    if shared.json:
        write_json({"measured": measured, "missing": left})
    else:
        more = "" if not left else f"; {counted(left, 'frame')} of series not measured yet"
        say(f"Measured {counted(measured, 'frame')}{more}.")
    if not finished:
        context.exit(INTERRUPTED)

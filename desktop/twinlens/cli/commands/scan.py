"""``twinlens scan``: bring the library up to date."""

import click

from twinlens.cli.output import write_json
from twinlens.cli.shared import common_options, shared_of


@click.command("scan")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True), metavar="PATH...")
@click.option(
    "--no-embedding", is_flag=True, help="Leave out the network: no lookalikes, no bursts, fewer edits found."
)
@click.option("--threads", type=click.IntRange(0, 64), help="Photos decoded at once; 0 uses every core.")
@common_options
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], no_embedding: bool, threads: int | None) -> None:
    """Bring the library up to date for these folders: only new and changed files are read."""
    from twinlens.cli.interruption import INTERRUPTED
    from twinlens.cli.opening import for_writing
    from twinlens.cli.output import say
    from twinlens.cli.scanned import say_problems, scan_folders, summary
    from twinlens.review.report.forms import problem_documents

    shared = shared_of(context)
    with for_writing(shared) as library:
        finished = scan_folders(library, paths, embedding=False if no_embedding else None, threads=threads)
    if shared.json:
        write_json(
            {
                "photos": finished.photos,
                "new": finished.new,
                "changed": finished.changed,
                "unchanged": finished.unchanged,
                "gone": finished.gone,
                "seconds": round(finished.duration_s, 3),
                "stages": {name: round(seconds, 3) for name, seconds in finished.stages_s.items()},
                "problems": problem_documents(finished.problems),
            }
        )
    else:
        say_problems(finished.problems)
        say(summary(finished))
    if finished.stopped:
        context.exit(INTERRUPTED)

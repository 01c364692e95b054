"""``twinlens apply``: carry a plan out."""

from typing import TYPE_CHECKING

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.review.apply import ApplyReport


@click.command("apply")
@click.argument("plan", type=click.Path(exists=True, dir_okay=False), metavar="PLAN.json")
@click.option("--dry-run", is_flag=True, help="Verify every step and say what would be done; touch nothing.")
@click.option(
    "--to",
    "destination",
    type=click.Choice(["quarantine", "trash", "hardlink", "reflink", "symlink", "move", "copy"]),
    default="quarantine",
    show_default=True,
    help="Where the photos go, or what takes their place. What went to the trash cannot be taken back by undo.",
)
@click.option("--folder", type=click.Path(exists=True, file_okay=False), help="The folder for --to move and --to copy.")
@common_options
@click.pass_context
def command(context: click.Context, plan: str, dry_run: bool, destination: str, folder: str | None) -> None:
    """Carry a plan out. Every photo and its keeper are verified again at the moment of acting.

    Ends with 1 when a step was refused: the others are done, and the refused ones were not touched.
    """
    from twinlens.cli.interruption import INTERRUPTED, interruption
    from twinlens.cli.opening import for_writing
    from twinlens.cli.progress import progress
    from twinlens.domain.plan import DisposalKind
    from twinlens.review.apply import apply_plan
    from twinlens.review.plan_file import read_plan

    shared = shared_of(context)
    if (destination in ("move", "copy")) != (folder is not None):
        raise click.UsageError("--folder belongs to --to move and --to copy, which need it.")
    chosen = read_plan(plan)
    with for_writing(shared) as library, interruption() as control, progress() as emit:
        report = apply_plan(
            library,
            chosen,
            DisposalKind(destination),
            quarantine_folder=shared.quarantine_folder(library.preferences),
            folder=folder,
            dry_run=dry_run,
            control=control,
            emit=emit,
        )
    _tell(report, destination, as_json=shared.json)
    if report.stopped:
        context.exit(INTERRUPTED)
    if report.refused:
        context.exit(1)


def _tell(report: "ApplyReport", destination: str, *, as_json: bool) -> None:
    from twinlens.cli.output import counted, human_bytes, say, write_json
    from twinlens.cli.receipts import refusal_documents, removal_document, say_refusals

    dry_run = report.session_id is None
    if as_json:
        write_json(
            {
                "session": report.session_id,
                "dry_run": dry_run,
                "to": destination,
                "removed": [removal_document(step) for step in report.done],
                "refused": refusal_documents(report.refused),
                "bytes": report.freed_bytes,
                "stopped": report.stopped,
            }
        )
    say_refusals(report.refused)
    verb = "would go" if dry_run else "went"
    words = f"{counted(len(report.done), 'photo')}, {human_bytes(report.freed_bytes)}, {verb} to {_PLACES[destination]}"
    refused = f"; {counted(len(report.refused), 'step')} refused" if report.refused else ""
    undo = f" Session {report.session_id}." if not dry_run else ""
    say(f"{'Interrupted: ' if report.stopped else ''}{words}{refused}.{undo}")


_PLACES = {
    "quarantine": "quarantine",
    "trash": "the system's trash",
    "hardlink": "hard links to the photos kept",
    "reflink": "clones of the photos kept",
    "symlink": "symbolic links to the photos kept",
    "move": "the folder named",
    "copy": "the folder named, as copies",
}

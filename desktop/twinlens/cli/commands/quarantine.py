"""``twinlens quarantine``: what waits there, and its emptying."""

from typing import TYPE_CHECKING

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.domain.plan import Receipt
    from twinlens.review.quarantine_contents import PurgeReport


@click.command("quarantine")
@click.option(
    "--empty", is_flag=True, help="Remove for good what waits, each photo and what is kept of it checked before."
)
@click.option("--older-than", "days", type=click.FloatRange(0), metavar="DAYS", help="Only what has waited so long.")
@click.option("--without-copy", is_flag=True, help="With --empty: also photos of which no copy can be verified now.")
@common_options
@click.pass_context
def command(context: click.Context, empty: bool, days: float | None, without_copy: bool) -> None:
    """List the photos in quarantine and say what emptying it would free; with --empty, empty it.

    Until then removing frees nothing. Ends with 1 when a photo was left because its check failed.
    """
    from twinlens.cli.interruption import INTERRUPTED, interruption
    from twinlens.cli.opening import for_reading, for_writing
    from twinlens.cli.progress import progress
    from twinlens.review.quarantine_contents import purge
    from twinlens.review.quarantine_due import older_than

    shared = shared_of(context)
    if without_copy and not empty:
        raise click.UsageError("--without-copy belongs to --empty.")
    if not empty:
        with for_reading(shared) as library:
            _list(older_than(library.catalog(), days or 0), as_json=shared.json)
        return
    with for_writing(shared) as library, interruption() as control, progress() as emit:
        steps = [receipt.step_id for receipt in older_than(library.catalog(), days or 0)]
        report = purge(library, steps, allow_without_copy=without_copy, control=control, emit=emit)
    _tell(report, as_json=shared.json)
    if report.stopped:
        context.exit(INTERRUPTED)
    if report.refused:
        context.exit(1)


def _list(receipts: "list[Receipt]", *, as_json: bool) -> None:
    from twinlens.cli.output import counted, human_bytes, say, write_json, write_out
    from twinlens.cli.receipts import receipt_document
    from twinlens.disposal.wording import shown
    from twinlens.review.history import fate
    from twinlens.review.quarantine_due import freeing_bytes

    free = freeing_bytes(receipts)
    if as_json:
        write_json({"waiting": [receipt_document(receipt) for receipt in receipts], "freeing_bytes": free})
        return
    for receipt in receipts:
        write_out(f"{shown(receipt.path)}: {shown(fate(receipt))}\n")
    say(f"{counted(len(receipts), 'photo')} in quarantine; emptying it frees {human_bytes(free)}.")


def _tell(report: "PurgeReport", *, as_json: bool) -> None:
    from twinlens.cli.output import counted, human_bytes, say, write_json
    from twinlens.cli.receipts import receipt_document, refusal_documents, say_refusals

    if as_json:
        write_json(
            {
                "removed_for_good": [receipt_document(receipt) for receipt in report.purged],
                "refused": refusal_documents(report.refused),
                "freed_bytes": report.freed_bytes,
                "stopped": report.stopped,
            }
        )
    say_refusals(report.refused)
    left = f"; {counted(len(report.refused), 'photo')} left" if report.refused else ""
    start = "Interrupted: " if report.stopped else ""
    say(
        f"{start}{counted(len(report.purged), 'photo')} removed for good, {human_bytes(report.freed_bytes)} freed{left}."
    )

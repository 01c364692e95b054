"""``twinlens undo``: put back what was removed."""

import click

from twinlens.cli.shared import common_options, shared_of


@click.command("undo")
@click.argument("session", required=False, type=click.IntRange(1))
@click.option("--decision", is_flag=True, help="The newest decision instead, of whatever kind: marks and verdicts too.")
@click.option("--deed", type=click.IntRange(1), metavar="NUMBER", help="This decision (see history --decisions).")
@common_options
@click.pass_context
def command(context: click.Context, session: int | None, decision: bool, deed: int | None) -> None:
    """Put back what the last session removed, or the one with this number (see history)."""
    from twinlens.cli.interruption import INTERRUPTED, interruption
    from twinlens.cli.opening import for_writing
    from twinlens.cli.output import counted, say, write_json
    from twinlens.cli.progress import progress
    from twinlens.cli.receipts import receipt_document, refusal_documents, say_refusals
    from twinlens.cli.turning import turn_decision
    from twinlens.review.undo import undo_session

    shared = shared_of(context)
    if decision or deed is not None:
        if session is not None:
            raise click.UsageError("Name a session or a decision, not both.")
        turn_decision(context, shared, deed, undo=True)
        return
    with for_writing(shared) as library, interruption() as control, progress() as emit:
        report = undo_session(library, session, control, emit)
    if shared.json:
        write_json(
            {
                "session": report.session_id,
                "restored": [receipt_document(receipt) for receipt in report.restored],
                "refused": refusal_documents(report.refused),
                "stopped": report.stopped,
            }
        )
    say_refusals(report.refused)
    refused = f"; {counted(len(report.refused), 'photo')} could not be" if report.refused else ""
    start = "Interrupted: " if report.stopped else ""
    say(f"{start}{counted(len(report.restored), 'photo')} of session {report.session_id} put back{refused}.")
    if report.stopped:
        context.exit(INTERRUPTED)
    if report.refused:
        context.exit(1)

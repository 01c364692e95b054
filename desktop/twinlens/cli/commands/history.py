"""``twinlens history``: sessions and their receipts."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.domain.plan import Receipt, SessionSummary


@click.command("history")
@click.argument("session", required=False, type=click.IntRange(1))
@common_options
@click.pass_context
def command(context: click.Context, session: int | None) -> None:
    """List the sessions of removal, newest first; with a number, the receipts of that session."""
    from twinlens.cli.opening import for_reading
    from twinlens.cli.output import write_json
    from twinlens.domain.errors import TwinlensError

    shared = shared_of(context)
    with for_reading(shared) as library:
        journal = library.catalog().journal
        sessions = [found for found in journal.sessions() if session is None or found.id == session]
        if session is not None and not sessions:
            raise TwinlensError(f"There is no session {session}.")
        receipts = journal.receipts(session) if shared.json or session is not None else []
    if shared.json:
        write_json({"sessions": [_document(found, receipts) for found in sessions]})
    elif session is None:
        _print_sessions(sessions)
    else:
        _print_receipts(receipts)


def _document(session: "SessionSummary", receipts: "Sequence[Receipt]") -> dict[str, Any]:
    from twinlens.cli.receipts import receipt_document

    return {
        "id": session.id,
        "kind": session.kind.value,
        "rule": session.rule,
        "started": session.started_at.isoformat(),
        "finished": _iso(session.finished_at),
        "undone": _iso(session.undone_at),
        "counts": {
            "done": session.done,
            "refused": session.refused,
            "undone": session.undone,
            "purged": session.purged,
        },
        "bytes": session.size_bytes,
        "receipts": [receipt_document(receipt) for receipt in receipts if receipt.session_id == session.id],
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _print_sessions(sessions: "Sequence[SessionSummary]") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console, human_bytes, say

    if not sessions:
        say("Nothing was removed yet.")
        return
    table = Table("session", "started", "to", "rule", box=box.SIMPLE_HEAD)
    for heading in ("waiting", "refused", "put back", "purged", "size"):
        table.add_column(heading, justify="right")
    for session in sessions:
        counts = (session.done, session.refused, session.undone, session.purged)
        table.add_row(
            str(session.id),
            f"{session.started_at.astimezone():%Y-%m-%d %H:%M}",
            session.kind.value,
            Text(session.rule),
            *(f"{count:,}" for count in counts),
            human_bytes(session.size_bytes),
        )
    console().print(table)


def _print_receipts(receipts: "Sequence[Receipt]") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console
    from twinlens.disposal.wording import shown
    from twinlens.review.history import fate

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("photo", overflow="fold", ratio=1)
    table.add_column("what became of it", overflow="fold", ratio=1)
    for receipt in receipts:
        table.add_row(Text(shown(receipt.path)), Text(fate(receipt)))
    console().print(table)

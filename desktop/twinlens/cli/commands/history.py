"""``twinlens history``: sessions and their receipts, or every decision."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.domain.deed import Deed
    from twinlens.domain.plan import Receipt, SessionSummary


@click.command("history")
@click.argument("session", required=False, type=click.IntRange(1))
@click.option("--decisions", is_flag=True, help="All decisions instead: marks, verdicts, removals, photos put back.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "csv", "json"]),
    help="Write all decisions with their photos in this form.",
)
@click.option("--output", type=click.Path(dir_okay=False), help="Write to this file instead of the screen.")
@common_options
@click.pass_context
def command(context: click.Context, session: int | None, decisions: bool, form: str | None, output: str | None) -> None:
    """List the sessions of removal, newest first; with a number, the receipts of that session."""
    from twinlens.cli.opening import for_reading
    from twinlens.cli.output import write_json
    from twinlens.domain.errors import TwinlensError

    if session is not None and (decisions or form or output):
        raise click.UsageError("A session is listed alone, without --decisions, --format and --output.")
    shared = shared_of(context)
    if decisions or form or output:
        _decisions(context, form, output)
        return
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


def _decisions(context: click.Context, form: str | None, output: str | None) -> None:
    from twinlens.cli.opening import for_reading
    from twinlens.cli.output import write_out
    from twinlens.review.history_export import FORMS
    from twinlens.review.report.files import write_file

    shared = shared_of(context)
    chosen = "json" if shared.json else form
    if output and chosen is None:
        chosen = output.rpartition(".")[2].lower()
        if chosen not in FORMS:
            raise click.UsageError("Say by --format in which form to write: html, csv or json.")
    with for_reading(shared) as library:
        catalog = library.catalog()
        if chosen is None:
            _print_deeds(catalog.deed_list.all())
            return
        text = FORMS[chosen](catalog, None)
    if output:
        write_file(output, text)
    else:
        write_out(text)


def _print_deeds(deeds: "Sequence[Deed]") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console, human_bytes, say
    from twinlens.review.deed_words import deed_words, origin_words

    if not deeds:
        say("Nothing was decided yet.")
        return
    table = Table("deed", "when", "what", "how", "size", "taken back", box=box.SIMPLE_HEAD)
    for deed in deeds:
        back = "" if deed.undone_at is None else f"{deed.undone_at.astimezone():%Y-%m-%d %H:%M}"
        at = f"{deed.at.astimezone():%Y-%m-%d %H:%M}"
        what, how = Text(deed_words(deed)), Text(origin_words(deed))
        table.add_row(str(deed.id), at, what, how, human_bytes(deed.size_bytes), back)
    console().print(table)


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

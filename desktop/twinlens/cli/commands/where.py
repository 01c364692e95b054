"""``twinlens where``: what became of a photo."""

from typing import TYPE_CHECKING, Any

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.review.history import Whereabouts


@click.command("where")
@click.argument("name")
@common_options
@click.pass_context
def command(context: click.Context, name: str) -> None:
    """Say what became of photos of this name (or a part of it): kept, in quarantine, put back, with the receipt.

    Ends with 1 when nothing is known of the name.
    """
    from twinlens.cli.opening import for_reading
    from twinlens.cli.output import path_fields, say, write_json, write_out
    from twinlens.disposal.wording import shown
    from twinlens.review.history import where

    shared = shared_of(context)
    with for_reading(shared) as library:
        answers = where(library.catalog(), name)
    if shared.json:
        write_json({**path_fields(name, "query"), "answers": [_document(answer) for answer in answers]})
    else:
        for answer in answers:
            write_out(f"{shown(answer.path)}: {shown(answer.answer)}\n")
    if not answers:
        say(f"Nothing is known of {name}.")
        context.exit(1)


def _document(answer: "Whereabouts") -> dict[str, Any]:
    from twinlens.cli.output import path_fields
    from twinlens.cli.receipts import receipt_document

    state = "kept" if answer.receipt is None else answer.receipt.state.value
    if answer.photo is not None and not answer.photo.online:
        state = "offline"
    receipt = None if answer.receipt is None else receipt_document(answer.receipt)
    return {**path_fields(answer.path), "state": state, "answer": answer.answer, "receipt": receipt}

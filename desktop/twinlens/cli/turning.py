"""Taking decisions of any kind back, and doing them again: what ``undo --decision``, ``undo --deed`` and ``redo`` share."""

from typing import Any

import click

from twinlens.cli.shared import Shared


def turn_decision(context: click.Context, shared: Shared, deed_id: int | None, *, undo: bool) -> None:
    """Take back the newest decision, or this one, or do again what was taken back last; says what it was.

    Raises:
        NothingToUndo: there is none, or it cannot be taken back; the sentence says why.
    """
    from twinlens.cli.interruption import INTERRUPTED, interruption
    from twinlens.cli.opening import for_writing
    from twinlens.cli.output import say, write_json
    from twinlens.cli.progress import progress
    from twinlens.cli.receipts import refusal_documents, say_refusals
    from twinlens.domain.errors import NothingToUndo
    from twinlens.review import decisions
    from twinlens.review.deed_files import turn_files
    from twinlens.review.deed_words import deed_words

    with for_writing(shared) as library, interruption() as control, progress() as emit:
        turned = decisions.turn(library, deed_id, undo=undo)
        if turned.deed is None:
            raise NothingToUndo("There is nothing to take back." if undo else "There is nothing to do again.")
        files = (
            turn_files(library, turned.deed.id, undo=undo, control=control, emit=emit) if turned.moves_files else None
        )
    refused = files.refused if files is not None else ()
    if shared.json:
        document: dict[str, Any] = {"deed": turned.deed.id, "what": deed_words(turned.deed), "undone": undo}
        write_json({**document, "missing": turned.missing, "refused": refusal_documents(refused)})
    say_refusals(refused)
    say(f"{'Taken back' if undo else 'Done again'}: {deed_words(turned.deed)}.")
    if files is not None and files.stopped:
        context.exit(INTERRUPTED)
    if refused:
        context.exit(1)

"""``twinlens redo``: do again what was taken back last."""

import click

from twinlens.cli.shared import common_options, shared_of


@click.command("redo")
@common_options
@click.pass_context
def command(context: click.Context) -> None:
    """Do again the decision that was taken back last: marks, "not duplicates", or a removal, each photo verified anew.

    Ends with 1 when there is none, or something new was decided since.
    """
    from twinlens.cli.turning import turn_decision

    turn_decision(context, shared_of(context), None, undo=False)

"""``twinlens doctor``: what works here."""

import os

import click

from twinlens.cli.shared import common_options, shared_of
from twinlens.domain.settings import QUARANTINE_VARIABLE


@click.command("doctor")
@common_options
@click.pass_context
def command(context: click.Context) -> None:
    """Say what works here: versions, codecs, model, index, screen, library, quarantine and trash. Leaves nothing changed."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console, write_json
    from twinlens.disposal.wording import shown
    from twinlens.health.check import State
    from twinlens.health.doctor import examine

    shared = shared_of(context)
    checks = examine(shared.library_folder, shared.quarantine or os.environ.get(QUARANTINE_VARIABLE))
    if shared.json:
        rows = [
            {"area": check.area, "name": check.name, "state": check.state.value, "detail": check.detail}
            for check in checks
        ]
        write_json({"ok": all(check.state is not State.BROKEN for check in checks), "checks": rows})
        return
    table = Table("", "what", "state", "detail", box=box.SIMPLE_HEAD)
    styles = {State.WORKS: "green", State.LIMITED: "yellow", State.BROKEN: "bold red"}
    area = ""
    for check in checks:
        heading = check.area if check.area != area else ""
        area = check.area
        state = Text(check.state.value, style=styles[check.state])
        table.add_row(heading, Text(shown(check.name)), state, Text(shown(check.detail)))
    console().print(table)

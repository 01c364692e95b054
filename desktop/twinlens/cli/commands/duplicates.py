"""``twinlens duplicates``: the groups."""

from typing import TYPE_CHECKING, Unpack

import click

from twinlens.cli.arranging import ArrangingOptions, arranged, arranged_from, arranging_options
from twinlens.cli.grouping import grouping_options, wanted_from
from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.library.open import Library
    from twinlens.review.report.found import Found


@click.command("duplicates")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH...]")
@grouping_options
@arranging_options
@click.option("--no-scan", is_flag=True, help="Show what the library knows; do not look at the folders again.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True
)
@click.option("--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write there, not to standard output.")
@common_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    classes: tuple[str, ...],
    similarity: float | None,
    time_gap: float | None,
    no_scan: bool,
    form: str,
    output: str | None,
    **arranging: Unpack[ArrangingOptions],
) -> None:
    """Show the groups among the photos under these folders, or of the whole library; scans first."""
    from twinlens.cli.finding import open_and_find

    shared, how = shared_of(context), arranged_from(arranging)
    with open_and_find(shared, paths, wanted_from(classes, similarity, time_gap), scan=not no_scan) as (library, found):
        _write(library, arranged(library, found, how), "json" if shared.json else form, output)


def _write(library: "Library", found: "Found", form: str, output: str | None) -> None:
    from twinlens.cli.group_forms import print_tables, tables_text
    from twinlens.cli.output import json_text, write_out
    from twinlens.review.report.files import write_file
    from twinlens.review.report.forms import as_csv, document

    if form == "table" and output is None:
        print_tables(found)
        return
    if form == "json":
        text = json_text(document(found))
    elif form == "csv":
        text = as_csv(found)
    elif form == "html":
        from twinlens.review.report.page import report_page

        text = report_page(library, found)
    else:
        text = tables_text(found)
    if output is None:
        write_out(text)
    else:
        write_file(output, text)

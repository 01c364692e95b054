"""``twinlens report``: the groups with thumbnails in one HTML file."""

import click

from twinlens.cli.grouping import grouping_options, wanted_from
from twinlens.cli.shared import common_options, shared_of

DEFAULT_OUTPUT = "twinlens-report.html"


@click.command("report")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH...]")
@grouping_options
@click.option("--no-scan", is_flag=True, help="Show what the library knows; do not look at the folders again.")
@click.option("--output", type=click.Path(dir_okay=False), default=DEFAULT_OUTPUT, show_default=True, metavar="FILE")
@common_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    classes: tuple[str, ...],
    similarity: float | None,
    time_gap: float | None,
    no_scan: bool,
    output: str,
) -> None:
    """Write the groups with thumbnails into one HTML file that needs nothing else, and print its path."""
    import os

    from twinlens.cli.finding import open_and_find
    from twinlens.cli.output import path_fields, write_json, write_out
    from twinlens.review.report.files import write_file
    from twinlens.review.report.page import report_page

    shared = shared_of(context)
    with open_and_find(shared, paths, wanted_from(classes, similarity, time_gap), scan=not no_scan) as (library, found):
        write_file(output, report_page(library, found))
        groups = sum(len(group_list) for group_list in found.lists)
    written = os.path.abspath(output)
    if shared.json:
        write_json({**path_fields(written, "report"), "groups": groups})
    else:
        write_out(written + "\n")

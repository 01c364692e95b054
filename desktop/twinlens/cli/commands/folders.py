"""``twinlens folders``: how much of each folder is contained in another."""

from typing import TYPE_CHECKING, Any

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.cli.containment import FolderContained

SHOWN_CONTAINERS = 3


@click.command("folders")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH...]")
@click.option("--no-scan", is_flag=True, help="Show what the library knows; do not look at the folders again.")
@common_options
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], no_scan: bool) -> None:
    """Show how much of each folder is contained, byte for byte, in another folder of the library."""
    from twinlens.cli.containment import containment
    from twinlens.cli.finding import check_existing
    from twinlens.cli.opening import for_reading, for_writing, places
    from twinlens.cli.output import write_json
    from twinlens.cli.scanned import known_sources, scan_or_leave

    shared = shared_of(context)
    with (for_reading if no_scan else for_writing)(shared) as library:
        if not no_scan:
            scan_or_leave(library, check_existing(paths) or known_sources(library))
        found = containment(library.catalog().photos.columns(), places(paths))
    if shared.json:
        write_json({"folders": [_document(folder) for folder in found]})
    else:
        _print(found)


def _document(folder: "FolderContained") -> dict[str, Any]:
    from twinlens.cli.output import path_fields

    return {
        **path_fields(folder.path),
        "photos": folder.photos,
        "bytes": folder.size_bytes,
        "elsewhere": folder.elsewhere,
        "contained_in": [
            {**path_fields(other), "photos": photos, "fraction": round(photos / folder.photos, 4)}
            for other, photos in folder.contained_in
        ],
    }


def _print(found: "list[FolderContained]") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console, say
    from twinlens.disposal.wording import shown

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("folder", overflow="fold", ratio=1)
    table.add_column("photos", justify="right", no_wrap=True)
    table.add_column("elsewhere", justify="right", no_wrap=True)
    table.add_column("contained in", overflow="fold", ratio=1)
    rows = [folder for folder in found if folder.contained_in]
    for folder in rows:
        others = folder.contained_in[:SHOWN_CONTAINERS]
        words = "\n".join(f"{photos / folder.photos:.0%}  {shown(other)}" for other, photos in others)
        elsewhere = f"{folder.elsewhere / folder.photos:.0%}"
        table.add_row(Text(shown(folder.path)), f"{folder.photos:,}", elsewhere, Text(words))
    if rows:
        console().print(table)
    say(f"{len(found) - len(rows):,} of {len(found):,} folders share no photo with another.")

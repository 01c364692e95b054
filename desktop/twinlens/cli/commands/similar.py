"""``twinlens similar``: the lookalikes of one image."""

import os
from typing import TYPE_CHECKING

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.domain.group import Match
    from twinlens.library.open import Library

Region = tuple[float, float, float, float]


class RegionType(click.ParamType[Region]):
    """``x,y,w,h``: a rectangle in fractions of the upright image."""

    name = "x,y,w,h"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Region:
        """Four numbers, checked against the edges of the image."""
        try:
            x, y, width, height = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not four numbers separated by commas.", param, ctx)
        inside = 0 <= x < 1 and 0 <= y < 1 and 0 < width <= 1 and 0 < height <= 1
        if not inside or x + width > 1.000001 or y + height > 1.000001:
            self.fail(f"{value!r} does not lie inside the image, which spans 0 to 1.", param, ctx)
        return x, y, width, height


@click.command("similar")
@click.argument("image", type=click.Path(exists=True, dir_okay=False))
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many.")
@click.option(
    "--region",
    type=RegionType(),
    help="Only this part of the image, in fractions of it; photos that contain it come first.",
)
@common_options
@click.pass_context
def command(context: click.Context, image: str, limit: int, region: Region | None) -> None:
    """Show the lookalikes of one image, in the library or not, best first."""
    from twinlens.cli.opening import for_reading, places
    from twinlens.cli.output import path_fields, write_json
    from twinlens.domain.errors import PhotoUnreadable, TwinlensError
    from twinlens.review.similar import SimilarFinder

    shared = shared_of(context)
    query = places([image])[0]
    with for_reading(shared) as library:
        try:
            matches = SimilarFinder(library).to_file(query, limit, region)
        except PhotoUnreadable as error:
            raise TwinlensError(f"{query} cannot be read: {error}.") from error
        paths = _paths(library, matches)
    if not shared.json:
        _print(matches, paths)
        return
    rows = [
        {
            **path_fields(paths[match.photo_id]),
            "score": round(match.score, 4),
            "class": match.photo_class.value,
            **({"contains": match.contains} if region else {}),
        }
        for match in matches
        if match.photo_id in paths
    ]
    write_json({**path_fields(query, "query"), "matches": rows})


def _paths(library: "Library", matches: "list[Match]") -> dict[int, str]:
    photos = library.catalog().photos.get_many([match.photo_id for match in matches])
    return {photo.id: os.fspath(photo.path) for photo in photos}


def _print(matches: "list[Match]", paths: dict[int, str]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console, say
    from twinlens.disposal.wording import shown

    if not matches:
        say("Nothing in the library looks like it.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("score", justify="right")
    table.add_column("class", no_wrap=True)
    table.add_column("photo", overflow="fold")
    for match in matches:
        kind = "contains it" if match.contains else match.photo_class.value
        table.add_row(f"{match.score:.3f}", kind, Text(shown(paths.get(match.photo_id, "?"))))
    console().print(table)

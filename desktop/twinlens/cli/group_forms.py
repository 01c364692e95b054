"""Groups as a JSON document, as CSV and as tables."""

import csv
import io
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

from twinlens.cli.grouping import Found, ShownGroup, ShownPhoto
from twinlens.cli.output import console, counted, human_bytes, path_fields, say
from twinlens.cli.scanned import problem_documents
from twinlens.disposal.wording import shown
from twinlens.domain.group import Bridge, SeriesKind
from twinlens.domain.photo import PhotoId

if TYPE_CHECKING:
    from rich.table import Table

    from twinlens.domain.difference import Difference

SHOWN_GROUPS = 200  # of each class in a table on a terminal; the other forms are complete

CSV_COLUMNS = (
    "group", "class", "path", "bytes", "width", "height", "taken", "suggestion", "reason", "relation", "score", "transform",
    "kind",
)  # fmt: skip


def document(found: Found) -> dict[str, Any]:
    """The document of ``duplicates --json``, without its schema."""
    return {
        "groups": [_group_document(shown_group) for shown_group in found.groups()],
        "problems": problem_documents(found.problems),
    }


def _group_document(shown_group: ShownGroup) -> dict[str, Any]:
    group, keeper = shown_group.group, shown_group.photos[0]
    paths = {photo.photo_id: photo.path for photo in shown_group.photos}
    return {
        "id": group.id,
        "class": group.photo_class.value,
        **({} if group.kind is None else {"kind": group.kind.value}),
        **path_fields(keeper.path, "keeper"),
        "reclaimable_bytes": group.reclaimable_bytes,
        "photos": [_photo_document(photo, paths) for photo in shown_group.photos],
        "also_related": [_bridge_document(bridge, paths) for bridge in group.bridges],
    }


def _bridge_document(bridge: Bridge, paths: Mapping[PhotoId, str]) -> dict[str, Any]:
    """A relation that leads out of the group, to a photo of another group or of none, and was not followed."""
    relation = bridge.relation
    return {
        **path_fields(paths[relation.first], "from"),
        **path_fields(bridge.path, "to"),
        "group": bridge.group_id,
        "class": relation.photo_class.value,
        "score": round(relation.score, 4),
        "transform": relation.transform.value,
    }


def _photo_document(photo: ShownPhoto, paths: Mapping[PhotoId, str]) -> dict[str, Any]:
    relation = photo.member.relation
    return {
        **path_fields(photo.path),
        "bytes": photo.size_bytes,
        "width": photo.width_px,
        "height": photo.height_px,
        "taken": None if photo.taken is None else photo.taken.isoformat(),
        "suggestion": photo.member.suggestion.value,
        "reason": photo.member.reason,
        "relation": None
        if relation is None
        else {
            **path_fields(paths[relation.first], "to"),
            "class": relation.photo_class.value,
            "score": round(relation.score, 4),
            "transform": relation.transform.value,
            "difference": None if relation.difference is None else _difference_document(relation.difference),
        },
    }


def _difference_document(difference: "Difference") -> dict[str, Any]:
    """How a photo lies over the one that ``to`` names: ``affine`` leads from fractions of the photo to fractions of that."""
    return {
        "affine": [round(value, 5) for value in difference.affine],
        "keeper_shown": round(difference.first_shared, 3),
        "photo_shown": round(difference.second_shared, 3),
        "keeper_border": round(difference.first_border, 3),
        "photo_border": round(difference.second_border, 3),
        "turn_degrees": round(difference.turn_degrees, 2),
        "changes": [(change.name or "").lower().replace("_", "-") for change in difference.changes],
    }


def as_csv(found: Found) -> str:
    """One line a photo, with a heading. Line ends are those of RFC 4180."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for shown_group in found.groups():
        for photo in shown_group.photos:
            relation = photo.member.relation
            tie = ("", "", "")
            if relation is not None:
                tie = (relation.photo_class.value, f"{relation.score:.4f}", relation.transform.value)
            facts = (photo.size_bytes, photo.width_px, photo.height_px, photo.taken.isoformat() if photo.taken else "")
            group, member = shown_group.group, photo.member
            kind = "" if group.kind is None else group.kind.value
            writer.writerow(
                (
                    group.id,
                    group.photo_class.value,
                    photo.path,
                    *facts,
                    member.suggestion.value,
                    member.reason,
                    *tie,
                    kind,
                )
            )
    return text.getvalue()


def tables_text(found: Found) -> str:
    """What ``print_tables`` prints, as text."""
    text = io.StringIO()
    print_tables(found, text)
    return text.getvalue()


def print_tables(found: Found, file: IO[str] | None = None) -> None:
    """A table a class on standard output (or into a file), and a line of totals under it."""
    terminal = console(file)
    for group_list in found.lists:
        if not len(group_list):
            continue
        table = _table(group_list.query.photo_class.value)
        for number, shown_group in enumerate(found.groups(group_list), 1):
            if number > SHOWN_GROUPS:
                break
            _add_group(table, shown_group)
        terminal.print(table)
        left_out = max(0, len(group_list) - SHOWN_GROUPS)
        more = f"; {left_out:,} more groups are not shown (--format csv, json or html has all)" if left_out else ""
        total = human_bytes(group_list.total_reclaimable_bytes)
        photos = counted(group_list.photo_count, "photo")
        fate = "could go" if group_list.query.photo_class.may_be_preselected else "beside the keepers"
        terminal.print(f"{counted(len(group_list), 'group')}, {photos}, {total} {fate}{more}.\n", markup=False)
    if not any(len(group_list) for group_list in found.lists):
        terminal.print("No groups.", markup=False)
    if found.problems:
        say(f"{counted(len(found.problems), 'file')} could not be read; --json and the report list them.")


def _table(title: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, expand=False)
    table.add_column("", no_wrap=True)
    table.add_column("photo", overflow="fold", ratio=3)
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("pixels", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold", ratio=2)
    return table


def _add_group(table: "Table", shown_group: ShownGroup) -> None:
    from rich.text import Text

    last = len(shown_group.photos) - 1
    kind = shown_group.group.kind
    named = kind is not None and kind is not SeriesKind.BURST
    for place, photo in enumerate(shown_group.photos):
        suggestion = photo.member.suggestion.value
        table.add_row(
            Text(suggestion if suggestion != "none" else "-", style="bold" if place == 0 else ""),
            Text(shown(photo.path)),
            human_bytes(photo.size_bytes),
            f"{photo.width_px} x {photo.height_px}",
            Text(f"{kind}: {photo.member.reason}" if named and place == 0 else photo.member.reason),
            end_section=place == last,
        )

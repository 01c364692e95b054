"""Groups as tables on the terminal."""

import io
from typing import IO, TYPE_CHECKING

from twinlens.cli.output import console, counted, human_bytes, say
from twinlens.disposal.wording import shown
from twinlens.domain.group import SeriesKind
from twinlens.review.report.found import Found, ShownGroup

if TYPE_CHECKING:
    from rich.table import Table


SHOWN_GROUPS = 200  # of each class in a table on a terminal; the other forms are complete


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

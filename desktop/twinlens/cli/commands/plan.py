"""``twinlens plan``: what a rule would remove, and why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.cli.shared import Shared
    from twinlens.domain.folders import FolderPlace
    from twinlens.domain.plan import Plan
    from twinlens.matching.rules.rule import Rule


@click.command("plan")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH...]")
@click.option("--rule", default="suggested", show_default=True, metavar="NAME", help="How to decide a group.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead, the user's own too.")
@click.option(
    "--prefer", multiple=True, metavar="FOLDER", help="Keep photos in this folder; repeat it, the most preferred first."
)
@click.option(
    "--protect", multiple=True, metavar="FOLDER", help="Take nothing from this folder, beside the protected ones."
)
@click.option("--keep", type=click.IntRange(1), metavar="N", help="How many frames of a burst stay (rule best-shot).")
@click.option("--similarity", type=click.FloatRange(0, 1), metavar="0..1", help="How sure a match must be.")
@click.option("--output", type=click.Path(dir_okay=False), metavar="PLAN.json", help="Write the plan there.")
@common_options
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    rule: str,
    list_rules: bool,
    prefer: tuple[str, ...],
    protect: tuple[str, ...],
    keep: int | None,
    similarity: float | None,
    output: str | None,
) -> None:
    """Make a plan of what a rule would remove among the photos the library knows under these folders.

    Nothing is changed. The plan is readable and may be edited; without --output it is printed. What a rule leaves open
    because its criteria find photos equal is counted, and stays.
    """
    from twinlens.cli.finding import open_and_find
    from twinlens.cli.grouping import Wanted
    from twinlens.cli.opening import for_reading
    from twinlens.cli.rule_list import show_rules
    from twinlens.review.plan import plan_by_rule
    from twinlens.review.plan_file import write_plan
    from twinlens.review.rules.finding import rule_named

    shared = shared_of(context)
    preferred, locked = _places(prefer), _places(protect)
    with for_reading(shared) as library:
        if list_rules:
            show_rules(library.catalog(), as_json=shared.json)
            return
        chosen = rule_named(library.catalog(), rule)
    chosen = replace(chosen.preferring(preferred) if preferred else chosen, locked=locked)
    chosen = _thinning(chosen, keep, shared, paths)
    classes = tuple(sorted(chosen.acts_on, key=lambda photo_class: photo_class.rank))
    with open_and_find(shared, paths, Wanted(classes, similarity), scan=False) as (library, found):
        plan = plan_by_rule(library.catalog(), found.lists, chosen)
    if output is not None:
        write_plan(plan, output)
    _tell(plan, shared, is_written=output is not None)


def _thinning(rule: "Rule", keep: int | None, shared: "Shared", paths: Sequence[str]) -> "Rule":
    """The rule with the number of frames that stay; what it needs to know of bursts is measured first."""
    from twinlens.cli.measured import measure_where_needed
    from twinlens.domain.relation import PhotoClass

    if PhotoClass.BURST in rule.acts_on:
        measure_where_needed(shared, paths)
    elif keep is not None:
        raise click.UsageError("--keep is for a rule that asks for the best shot, such as best-shot.")
    return replace(rule, keep=keep or 1)


def _places(folders: Sequence[str]) -> "tuple[FolderPlace, ...]":
    from twinlens.volumes.folder_place import place_of

    try:
        return tuple(place_of(folder) for folder in folders)
    except NotADirectoryError as error:
        raise click.BadParameter(f"{error}.") from error


def _tell(plan: "Plan", shared: "Shared", *, is_written: bool) -> None:
    from twinlens.cli.output import counted, human_bytes, json_text, say, write_out
    from twinlens.review.plan_file import plan_document

    if shared.json:
        write_out(json_text(plan_document(plan)))
    elif not is_written:
        _print(plan)
    total = human_bytes(plan.removal_bytes)
    say(f"The rule {plan.rule} would remove {counted(plan.removal_count, 'photo')}, {total}; nothing was changed.")
    if plan.ties:
        say(f"It leaves {counted(len(plan.ties), 'group')} open, whose photos its criteria find equal.")


def _print(plan: "Plan") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console, human_bytes
    from twinlens.disposal.wording import shown

    if not plan.groups:
        return
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("", no_wrap=True)
    table.add_column("photo", overflow="fold", ratio=3)
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold", ratio=2)
    for group in plan.groups:
        for path in group.keep:
            table.add_row(Text("keep", style="bold"), Text(shown(path)), "", "")
        for place, step in enumerate(group.remove, 1):
            size = human_bytes(step.size_bytes)
            is_last = place == len(group.remove)
            table.add_row("remove", Text(shown(step.path)), size, Text(step.reason), end_section=is_last)
    console().print(table)

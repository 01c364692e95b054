"""The rules that ``plan`` knows, as a table or as JSON."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twinlens.catalog.database import Catalog
    from twinlens.matching.rules.rule import Rule, Step


def show_rules(catalog: "Catalog", *, as_json: bool) -> None:
    """Write every rule by name: what it is for, its criteria in order, and the classes in which it acts."""
    from twinlens.cli.output import json_text, write_out
    from twinlens.matching.rules.built_in import RULES
    from twinlens.review.rules.finding import all_rules

    rules = all_rules(catalog)
    if as_json:
        documents = [_document(rule, built_in=rule.name in RULES) for rule in rules.values()]
        write_out(json_text({"schema": 1, "rules": documents}))
    else:
        _print(rules)


def _document(rule: "Rule", *, built_in: bool) -> dict[str, Any]:
    return {
        "name": rule.name,
        "title": rule.title,
        "built_in": built_in,
        "criteria": [{"id": step.criterion, "turned": step.turned} for step in rule.active],
        "classes": [kind.value for kind in sorted(rule.acts_on, key=lambda kind: kind.rank)],
    }


def _print(rules: "dict[str, Rule]") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from twinlens.cli.output import console
    from twinlens.disposal.wording import shown

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("rule", no_wrap=True)
    table.add_column("what it does", overflow="fold", ratio=1)
    table.add_column("criteria", overflow="fold", ratio=2)
    for rule in rules.values():
        criteria = ", ".join(_words(step) for step in rule.active)
        table.add_row(Text(shown(rule.name)), Text(shown(rule.title)), Text(criteria))
    console().print(table)


def _words(step: "Step") -> str:
    return step.asked.opposite_title if step.turned and step.asked.has_direction else step.asked.title

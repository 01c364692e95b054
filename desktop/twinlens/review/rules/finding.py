"""Rules by name: the built-in ones and the user's own."""

import logging

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.errors import PlanInvalid
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.document import rule_document, rule_from
from twinlens.matching.rules.rule import Rule

logger = logging.getLogger(__name__)

LONGEST_NAME = 80


def rule_named(catalog: Catalog, name: str) -> Rule:
    """The rule of this name: the built-in one, or the user's own.

    Raises:
        PlanInvalid: there is none; the sentence names those that there are.
    """
    known = all_rules(catalog)
    if name not in known:
        raise PlanInvalid(f"There is no rule named {shown(name)}; the rules are: {', '.join(map(shown, known))}.")
    return known[name]


def all_rules(catalog: Catalog) -> dict[str, Rule]:
    """Every rule by name, the built-in ones first."""
    return {**RULES, **own_rules(catalog)}


def own_rules(catalog: Catalog) -> dict[str, Rule]:
    """The user's own rules; one that cannot be read is passed over, and stays where it is."""
    found: dict[str, Rule] = {}
    for name, document in catalog.rules.all().items():
        try:
            found[name] = rule_from(name, document)
        except ValueError as error:
            logger.info("a rule of this library cannot be read: %s", error)
    return found


def save_rule(catalog: Catalog, rule: Rule) -> None:
    """Keep a rule under its name.

    Raises:
        PlanInvalid: a rule may not have this name.
    """
    _check_name(rule.name)
    catalog.rules.save(rule.name, rule_document(rule))


def rename_rule(catalog: Catalog, name: str, other: str) -> None:
    """Give one of the user's own rules another name.

    Raises:
        PlanInvalid: a rule may not have this name.
    """
    _check_name(other)
    catalog.rules.rename(name, other)


def _check_name(name: str) -> None:
    if name in RULES:
        raise PlanInvalid(f"{name} is a built-in rule: choose another name.")
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable() or name.startswith("-"):
        raise PlanInvalid(f"A rule needs a name of at most {LONGEST_NAME} letters that does not begin with a hyphen.")

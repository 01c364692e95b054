"""Rules by name."""

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.errors import PlanInvalid
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.rule import Rule


def rule_named(catalog: Catalog, name: str) -> Rule:
    """The rule of this name: the built-in one, or the user's own.

    Raises:
        PlanInvalid: there is none; the sentence names those that there are.
    """
    known = all_rules(catalog)
    if name not in known:
        raise PlanInvalid(f"There is no rule named {shown(name)}; the rules are: {', '.join(map(shown, known))}.")
    return known[name]


def all_rules(_catalog: Catalog) -> dict[str, Rule]:
    """Every rule by name, the built-in ones first."""
    return dict(RULES)

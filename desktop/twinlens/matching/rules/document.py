"""A rule as JSON, written for the catalog, and read as if a stranger had written it."""

from typing import Annotated, Any

import msgspec

from twinlens.domain.folders import FolderPlace
from twinlens.domain.photo import VolumeId
from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.criteria import CRITERIA
from twinlens.matching.rules.rule import Rule, Step

_Text = Annotated[str, msgspec.Meta(max_length=16_384)]
_Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class _Step(msgspec.Struct):
    criterion: _Text
    turned: bool = False
    on: bool = True


class _Folder(msgspec.Struct):
    volume: _Text
    path: _Text
    folds_case: bool = False


class _Document(msgspec.Struct):
    steps: list[_Step]
    folders: list[_Folder] = []
    classes: list[PhotoClass] = []
    keep_all_raw: bool = False
    keep: _Count = 1


def rule_document(rule: Rule) -> dict[str, Any]:
    """Everything of a rule but its name."""
    return {
        "steps": [{"criterion": step.criterion, "turned": step.turned, "on": step.on} for step in rule.steps],
        "folders": [
            {"volume": place.volume, "path": place.relative_path, "folds_case": place.folds_case}
            for place in rule.folders
        ],
        "classes": [kind.value for kind in sorted(rule.classes, key=lambda kind: kind.rank)],
        "keep_all_raw": rule.keep_all_raw,
        "keep": rule.keep,
    }


def rule_from(name: str, document: object) -> Rule:
    """The rule of this name; criteria that this Twinlens does not know are left out.

    Raises:
        ValueError: this is no rule.
    """
    try:
        found = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        raise ValueError(f"{name} is no rule: {error}") from error
    steps = tuple(Step(step.criterion, step.turned, step.on) for step in found.steps if step.criterion in CRITERIA)
    folders = tuple(FolderPlace(VolumeId(each.volume), each.path, each.folds_case) for each in found.folders)
    return Rule(name, name, steps, folders, frozenset(found.classes), found.keep_all_raw, keep=found.keep)

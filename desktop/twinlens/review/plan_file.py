"""PLAN.json: written for people to read and edit, read as if a stranger had written it."""

import base64
import json
import os
import tempfile
from typing import Annotated, Any

import msgspec

from twinlens.disposal.wording import why
from twinlens.domain.errors import PlanInvalid
from twinlens.domain.plan import Plan, PlannedGroup, PlannedRemoval
from twinlens.domain.relation import PhotoClass, Transform

MAX_PLAN_BYTES = 256 * 1024**2
_SCHEMA = 1

_Path = Annotated[str, msgspec.Meta(min_length=1, max_length=16_384)]
_Text = Annotated[str, msgspec.Meta(max_length=4_096)]


class _Removal(msgspec.Struct):
    path: _Path
    bytes: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
    sha: Annotated[str, msgspec.Meta(pattern="^[0-9a-fA-F]{32}$")]
    reason: _Text
    photo_class: PhotoClass | None = msgspec.field(default=None, name="class")
    score: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    transform: Transform = Transform.NONE


class _Group(msgspec.Struct):
    id: _Text
    photo_class: PhotoClass = msgspec.field(name="class")
    keep: list[_Path]
    remove: list[_Removal]


class _Document(msgspec.Struct):
    schema: int
    rule: _Text
    groups: list[_Group]


def plan_document(plan: Plan) -> dict[str, Any]:
    """The plan as the JSON document of CLI.md."""
    ties = [{"class": tie.photo_class.value, "photos": list(tie.paths)} for tie in plan.ties]
    return {
        "schema": _SCHEMA,
        "rule": plan.rule,
        "groups": [
            {
                "id": group.id,
                "class": group.photo_class.value,
                "keep": list(group.keep),
                "remove": [_removal_document(step) for step in group.remove],
            }
            for group in plan.groups
        ],
        **({"ties": ties} if ties else {}),
    }


def _removal_document(step: PlannedRemoval) -> dict[str, Any]:
    document: dict[str, Any] = {
        "path": step.path,
        "bytes": step.size_bytes,
        "sha": step.content_hex,
        "reason": step.reason,
        "class": step.photo_class.value,
        "score": round(step.score, 4),
        "transform": step.transform.value,
    }
    raw = os.fsencode(step.path)
    if raw.decode("utf-8", "replace") != step.path:
        document["path_bytes"] = base64.b64encode(raw).decode("ascii")
    return document


def write_plan(plan: Plan, path: str) -> None:
    """Write the plan beside and put it in place; raises PlanInvalid when that cannot be done."""
    folder = os.path.dirname(os.path.abspath(path))
    try:
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".plan-", delete=False, encoding="ascii") as file:
            json.dump(plan_document(plan), file, indent=1)
        os.replace(file.name, path)
    except OSError as error:
        raise PlanInvalid(f"The plan cannot be written to {path}: {why(error)}.") from error


def read_plan(path: str) -> Plan:
    """The plan in a file; raises PlanInvalid for anything that is not one, whatever it is."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_PLAN_BYTES + 1)
    except OSError as error:
        raise PlanInvalid(f"The plan {path} cannot be read: {why(error)}.") from error
    if len(data) > MAX_PLAN_BYTES:
        raise PlanInvalid(f"The plan {path} is larger than {MAX_PLAN_BYTES} bytes.")
    return parse_plan(data, path)


def parse_plan(data: bytes, name: str) -> Plan:
    """The plan in these bytes; ``name`` is used in messages. Raises PlanInvalid."""
    try:
        # Not msgspec's own decoder: names that are no UTF-8 are written with lone surrogates, which only json reads.
        document = msgspec.convert(json.loads(data), _Document, strict=True)
    except (ValueError, RecursionError) as error:  # msgspec.ValidationError is a ValueError
        raise PlanInvalid(f"{name} is not a plan: {error}.") from error
    if document.schema != _SCHEMA:
        raise PlanInvalid(f"{name} has schema {document.schema}; this program reads schema {_SCHEMA}.")
    return Plan(document.rule, tuple(_group(group) for group in document.groups))


def _group(group: _Group) -> PlannedGroup:
    removals = tuple(
        PlannedRemoval(
            step.path,
            step.bytes,
            step.sha.lower(),
            step.reason,
            step.photo_class or group.photo_class,
            step.score,
            step.transform,
        )
        for step in group.remove
    )
    return PlannedGroup(group.id, group.photo_class, tuple(group.keep), removals)

"""Groups as a JSON document and as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from twinlens.domain.events import ProblemFound
from twinlens.domain.group import Bridge
from twinlens.domain.photo import PhotoId
from twinlens.review.report.figures import path_fields
from twinlens.review.report.found import Found, ShownGroup, ShownPhoto

if TYPE_CHECKING:
    from twinlens.domain.difference import Difference

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


def problem_documents(problems: Sequence[ProblemFound]) -> list[dict[str, Any]]:
    """Problems for JSON."""
    return [{**path_fields(problem.path), "error": problem.error} for problem in problems]

"""Receipts as JSON and in words."""

from collections.abc import Sequence
from typing import Any

from twinlens.cli.output import path_fields, say
from twinlens.domain.plan import PlannedRemoval, Receipt

SHOWN_REFUSALS = 20


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    """A journalled step."""
    resting = {} if receipt.resting_path is None else path_fields(receipt.resting_path, "resting_path")
    return {
        "step": receipt.step_id,
        "session": receipt.session_id,
        "kind": receipt.kind.value,
        "state": receipt.state.value,
        **path_fields(receipt.path),
        "resting_path": None,
        **resting,
        "bytes": receipt.size_bytes,
        "sha": receipt.content_hex,
        **path_fields(receipt.keeper_path, "keeper"),
        "keeper_sha": receipt.keeper_content_hex,
        "class": receipt.photo_class.value,
        "score": round(receipt.score, 4),
        "transform": receipt.transform.value,
        "reason": receipt.reason,
        "at": receipt.at.isoformat(),
        "error": receipt.error,
    }


def removal_document(removal: Receipt | PlannedRemoval) -> dict[str, Any]:
    """What went, or would go in a dry run."""
    if isinstance(removal, Receipt):
        return receipt_document(removal)
    return {
        **path_fields(removal.path),
        "bytes": removal.size_bytes,
        "sha": removal.content_hex,
        "class": removal.photo_class.value,
        "score": round(removal.score, 4),
        "transform": removal.transform.value,
        "reason": removal.reason,
    }


def refusal_documents(refused: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """What was left alone, and why."""
    return [{**path_fields(path), "error": reason} for path, reason in refused]


def say_refusals(refused: Sequence[tuple[str, str]]) -> None:
    """The first refusals, a line each."""
    for path, reason in refused[:SHOWN_REFUSALS]:
        say(reason if path in reason else f"{path}: {reason}")
    if len(refused) > SHOWN_REFUSALS:
        say(f"... and {len(refused) - SHOWN_REFUSALS:,} more were refused.")

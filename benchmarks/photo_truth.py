"""What is known of the real photos: which belong together, which only look so, and which half each is in."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.workplace import SHARED, require_shared_data

SMALLEST_SIDE_PX = 200


@dataclass(frozen=True)
class Scene:
    """Photos of one series, bracket, stack or place: other shots, never copies. ``half``: "test" or "tune"."""

    name: str
    kind: str
    half: str
    paths: tuple[str, ...]


@cache
def manifest() -> dict[str, Any]:
    """The manifest of the real photos."""
    require_shared_data()
    document: dict[str, Any] = json.loads((SHARED / "manifest.json").read_text(encoding="utf-8"))
    return document


@cache
def first_of_series() -> dict[str, str]:
    """For each photo of a series or of known copies, the path that decides its half."""
    return {
        path: sorted(group["files"])[0]
        for group in manifest()["groups"]
        for path in group["files"]
        if group["verdict"] != "category"
    }


def is_test_half(path: str) -> bool:
    """Whether thresholds were not fitted on this photo (``photos/...``); frames of one series stay together."""
    return hashlib.sha256(first_of_series().get(path, path).encode()).digest()[0] % 2 == 1


def photos() -> list[dict[str, Any]]:
    """The entries of all photos, without the odd files."""
    return [entry for entry in manifest()["files"] if entry["path"].startswith("photos/")]


def sources() -> list[str]:
    """Photos of the test half that copies are made of: large enough, one of each known family."""
    seen: set[str] = set()
    chosen = []
    for entry in sorted(photos(), key=lambda entry: str(entry["path"])):
        family = families()[full_path(entry["path"])]
        small = min(entry.get("width") or 0, entry.get("height") or 0) < SMALLEST_SIDE_PX
        if small or family in seen or not is_test_half(entry["path"]):
            continue
        seen.add(family)
        chosen.append(str(entry["path"]))
    return chosen


def full_path(path: str) -> str:
    """Where a file of the manifest lies."""
    return str((SHARED / path).resolve())


@cache
def families() -> dict[str, str]:
    """For each photo, by its full path, the name of the family of real copies it belongs to."""
    name_of = {str(entry["path"]): str(entry["path"]) for entry in photos()}
    for group in manifest()["groups"]:
        if group["verdict"] == "duplicate":
            ends = {name_of[path] for path in group["files"] if path in name_of}
            for path, name in name_of.items():
                if name in ends:
                    name_of[path] = min(ends)
    return {full_path(path): name for path, name in name_of.items()}


def scenes() -> list[Scene]:
    """All photos that only look alike, group by group."""
    return [
        Scene(
            group["id"],
            group["kind"],
            "test" if is_test_half(group["files"][0]) else "tune",
            tuple(full_path(path) for path in group["files"]),
        )
        for group in manifest()["groups"]
        if group["verdict"] == "similar" and all(path.startswith("photos/") for path in group["files"])
    ]

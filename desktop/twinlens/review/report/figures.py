"""Counts, sizes and paths as reports and the command line write them."""

import base64
import json
import os
from typing import Any

SCHEMA = 1


def human_bytes(size_bytes: int) -> str:
    """A size in decimal units: "3.2 MB"."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if abs(size) < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 photo", "2 photos"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def path_fields(path: str, key: str = "path") -> dict[str, str]:
    """A path for JSON: under ``key``, and as base64 under ``key``_bytes when its bytes are not valid UTF-8."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return {key: path, f"{key}_bytes": base64.b64encode(os.fsencode(path)).decode("ascii")}
    return {key: path}


def json_text(document: dict[str, Any]) -> str:
    """A document with its schema, as ASCII: lone surrogates, which stand for bytes that are no UTF-8, are escaped."""
    return json.dumps({"schema": SCHEMA, **document}, ensure_ascii=True) + "\n"

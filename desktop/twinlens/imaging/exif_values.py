"""Single EXIF values, read distrustfully: whatever is not plausible is None."""

import math
import re
from datetime import datetime
from typing import SupportsFloat, cast

MAX_TEXT = 200
DATE = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})")


def first(value: object) -> object:
    """The value itself, or the first of several."""
    if isinstance(value, (tuple, list)):
        return value[0] if value else None
    return value


def text(value: object) -> str | None:
    """A line of text without control characters, at most 200 characters; None if nothing is left."""
    value = first(value)
    if isinstance(value, bytes):
        value = value[: 4 * MAX_TEXT].split(b"\x00", 1)[0].decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    line = "".join(sign if sign.isprintable() else " " for sign in value[: 4 * MAX_TEXT].split("\x00", 1)[0])
    return " ".join(line.split())[:MAX_TEXT] or None


def number(value: object, low: float, high: float) -> float | None:
    """A finite number from ``low`` to ``high``."""
    value = first(value)
    if isinstance(value, (str, bytes, bytearray)) or not hasattr(value, "__float__"):
        return None
    try:
        real = float(cast(SupportsFloat, value))  # isinstance with a protocol costs more than reading the EXIF block
    except (ArithmeticError, ValueError, TypeError):
        return None
    return real if math.isfinite(real) and low <= real <= high else None


def whole(value: object, low: int, high: int) -> int | None:
    """A whole number from ``low`` to ``high``."""
    real = number(value, low, high)
    return None if real is None else round(real)


def moment(value: object, subseconds: object) -> tuple[datetime | None, bool]:
    """An EXIF time such as "2019:03:21 11:04:22" with its digits after the point; the second says whether there were any.

    Cameras without a clock write 0000:00:00, blanks or 1-1-1: none of these is a time.
    """
    line = text(value)
    match = DATE.match(line) if line else None
    if match is None:
        return None, False
    digits = re.match(r"\d{1,9}", text(subseconds) or "")
    microsecond = int(digits.group().ljust(6, "0")[:6]) if digits else 0
    try:
        year, month, day, hour, minute, second = (int(part) for part in match.groups())
        taken = datetime(year, month, day, hour, minute, min(second, 59), microsecond)  # noqa: DTZ001 - camera's own time
    except ValueError:
        return None, False
    return (taken, digits is not None) if taken.year >= 1800 else (None, False)


def degrees(value: object, reference: object, limit: float, negative: str) -> float | None:
    """Degrees, minutes and seconds with N/S or E/W as signed degrees."""
    if not isinstance(value, (tuple, list)) or not 1 <= len(value) <= 3:
        return None
    parts = [number(part, 0, 1e6) for part in value]
    if parts[0] is None or any(part is None for part in parts[:2]):
        return None
    total = sum((part or 0.0) / 60**place for place, part in enumerate(parts))
    side = (text(reference) or "").upper()[:1]
    return (-total if side == negative else total) if total <= limit else None

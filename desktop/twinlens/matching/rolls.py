"""Rolls: photos that may follow each other, by camera and time, or by what their file names count where no time is known."""

import re
from datetime import UTC, datetime

from msgspec import Struct

_TIME = re.compile(
    rb"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?:[-_. T]|[-_ ]at[-_ ])?([0-2]\d)[-_.h]?([0-5]\d)[-_.m]?([0-5]\d)"
    rb"(?:[-_.]?(\d{3}))?(?!\d)"
)
_NUMBER = re.compile(rb"^(.*?)(\d{1,9})(\D{0,8})$", re.DOTALL)


class Place(Struct, frozen=True):
    """Where a photo lies on its roll. ``place``: seconds in camera time where ``is_dated``, else the number in its name.

    ``number``: that number, which orders the photos of one second; 0 where there is none.
    """

    roll: bytes
    is_dated: bool
    place: float
    number: int


def place_of(path: bytes, side_px: int, taken_s: float | None, camera: str | None) -> Place | None:
    """The place of a photo; None where nothing tells what it follows.

    With a time but no camera, the folder stands for the camera. Without a time, the name may hold one, as phones write
    it; else photos of one folder, one size and one way of naming follow each other by their numbers.
    """
    folder, _, name = path.rpartition(b"/")
    stem = name.rpartition(b".")[0] or name
    counted = _NUMBER.match(stem)
    number = number_in(path)
    if taken_s is not None:
        return Place(b"c" + camera.encode() if camera else b"f" + folder, True, taken_s, number)
    named = _named_time(stem)
    if named is not None:
        return Place(b"n" + folder, True, named, number)
    if counted is None:
        return None
    return Place(b"#%d/%s/%s#%s" % (side_px, folder, counted.group(1), counted.group(3)), False, float(number), number)


def number_in(path: bytes) -> int:
    """What the name of a file counts: the last number in it, 0 where there is none."""
    name = path.rpartition(b"/")[2]
    counted = _NUMBER.match(name.rpartition(b".")[0] or name)
    return int(counted.group(2)) if counted else 0


def _named_time(stem: bytes) -> float | None:
    match = _TIME.search(stem)
    if match is None:
        return None
    year, month, day, hour, minute, second, thousandths = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, thousandths * 1000, UTC).timestamp()
    except ValueError:
        return None

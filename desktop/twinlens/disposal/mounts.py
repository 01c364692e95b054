"""Where file systems begin and of which kind they are. Bind mounts count: a rename across them fails."""

import os
import re

from msgspec import Struct

_MOUNT_TABLE = "/proc/self/mountinfo"
_ESCAPED = re.compile(rb"\\([0-7]{3})")


class Mount(Struct, frozen=True):
    """A mounted file system. ``kind``: as the system names it, "ext4", "vfat"; empty when unknown."""

    point: str
    kind: str


def mount_of(folder: str) -> Mount:
    """The mount that ``folder`` (absolute, existing) lies on."""
    kinds = _mount_kinds()
    here = os.path.realpath(folder)
    while True:
        if here in kinds or os.path.ismount(here):
            return Mount(here, kinds.get(here, ""))
        parent = os.path.dirname(here)
        if parent == here:
            return Mount(here, "")
        here = parent


def _mount_kinds() -> dict[str, str]:
    """Mount point to kind; the last line of a point wins, as it lies on top. Empty where there is no such table."""
    try:
        with open(_MOUNT_TABLE, "rb") as table:
            lines = table.read().splitlines()
    except OSError:
        return {}
    kinds: dict[str, str] = {}
    for line in lines:
        fields = line.split(b" ")
        kind = fields[fields.index(b"-", 6) + 1] if b"-" in fields[6:] else b""
        point = _ESCAPED.sub(lambda match: bytes([int(match[1], 8)]), fields[4])
        kinds[os.fsdecode(point)] = os.fsdecode(kind)
    return kinds

"""What lies in a quarantine beside the photos: enough to put them back without Twinlens."""

import base64
import contextlib
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from msgspec import Struct

MANIFEST_NAME = "manifest.jsonl"
RESTORE_NAME = "RESTORE.txt"
TAG_NAME = "QUARANTINE.TAG"
_FURNITURE = frozenset({MANIFEST_NAME, RESTORE_NAME, TAG_NAME})

_TAG = "Signature: twinlens-quarantine-1\nPhotos in this folder wait to be put back or emptied; scanners should pass it over.\n"
_RESTORE = """Photos removed by Twinlens wait in this folder. Nothing here is damaged, only moved.

To put them back with Twinlens: twinlens undo, or the Quarantine view.

To put them back without it: every line of manifest.jsonl is one photo. "now" says where it lies, seen from this
folder; "from" says where it was, and "from_here" the same seen from this folder, for a drive that is mounted elsewhere
today. A photo that is not at "now" has been put back already, or was never moved. With Python 3, in this folder:

    import json, os
    for line in open("manifest.jsonl", encoding="utf-8"):
        try:
            photo = json.loads(line)
            now, before = photo["now"], photo["from_here"]
        except ValueError:
            continue  # a line cut short by a full disk: its photo was not moved
        if os.path.lexists(now) and not os.path.lexists(before):
            os.makedirs(os.path.dirname(before), exist_ok=True)
            os.rename(now, before)
"""


class Move(Struct, frozen=True):
    """One photo about to go: from where, to where, and which photo is kept in its stead."""

    path: str
    destination: str
    keeper_path: str


def announce_moves(quarantine: str, moves: Sequence[Move]) -> None:
    """Make the folders for these moves and write them into the manifest, synced, before a photo is touched."""
    lines = "".join(_line(quarantine, move) for move in moves)
    with _shared(quarantine):
        _furnish(quarantine)
        for move in moves:
            os.makedirs(os.path.dirname(move.destination), mode=0o700, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(os.path.join(quarantine, MANIFEST_NAME), flags, 0o600)
        try:
            _write_all(descriptor, _line_break_due(descriptor) + lines.encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def tidy(quarantine: str, emptied: str) -> None:
    """Remove the folder ``emptied`` and those above it while they hold nothing, and the quarantine if nothing waits."""
    folder = emptied
    while folder != quarantine and _is_under(folder, quarantine):
        try:
            os.rmdir(folder)
        except FileNotFoundError:
            pass
        except OSError:
            return  # something still waits here
        folder = os.path.dirname(folder)
    _remove_if_bare(quarantine)


def _line(quarantine: str, move: Move) -> str:
    entry: dict[str, object] = {
        "from": move.path,
        "from_here": os.path.relpath(move.path, quarantine),
        "now": os.path.relpath(move.destination, quarantine),
        "keeper": move.keeper_path,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    raw = os.fsencode(move.path)
    if move.path != raw.decode("utf-8", "replace"):
        entry["from_base64"] = base64.b64encode(raw).decode("ascii")
    return json.dumps(entry) + "\n"  # ASCII only: odd bytes stay as surrogate escapes, which json.loads gives back


def _line_break_due(descriptor: int) -> bytes:
    """A line break when a full disk or a crash cut the last line short: the next must not become a part of it."""
    size_bytes = os.fstat(descriptor).st_size
    return b"\n" if size_bytes and os.pread(descriptor, 1, size_bytes - 1) != b"\n" else b""


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _furnish(quarantine: str) -> None:
    for name, text in ((TAG_NAME, _TAG), (RESTORE_NAME, _RESTORE)):
        try:
            descriptor = os.open(
                os.path.join(quarantine, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
            )
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)


def _remove_if_bare(quarantine: str) -> None:
    """Take the furniture away too when no photo waits, unless somebody is moving in at this moment."""
    try:
        descriptor = os.open(quarantine, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if set(os.listdir(quarantine)) <= _FURNITURE:
            for name in os.listdir(quarantine):
                os.unlink(os.path.join(quarantine, name))
            os.rmdir(quarantine)
    except OSError:
        return  # in use, or on a file system without locks: an empty quarantine does no harm
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _shared(quarantine: str) -> Iterator[None]:
    """Hold the quarantine against being tidied away. A folder removed while we waited for the lock is made again."""
    while True:
        os.makedirs(quarantine, mode=0o700, exist_ok=True)
        descriptor = os.open(quarantine, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            with contextlib.suppress(OSError):  # no locks here: tidying does not happen without one either
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            if os.fstat(descriptor).st_nlink == 0:
                continue
            yield
            return
        finally:
            os.close(descriptor)


def _is_under(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)

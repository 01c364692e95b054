"""The quarantine: a removed photo is renamed into a folder on its own volume, and renamed back on request."""

import os
import secrets
import unicodedata
from collections import Counter
from collections.abc import Sequence

from twinlens.disposal.manifest import Move, announce_moves, tidy
from twinlens.disposal.placement import QUARANTINE_NAME, quarantine_folder_for
from twinlens.disposal.regular_file import FileIdentity, identity_at, open_regular, sync_folder
from twinlens.disposal.rename import rename_new
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused


class Quarantine:
    """Removal by rename. Implements ``Disposal`` and ``BatchedDisposal``; one thread uses one instance.

    A photo rests at ``<quarantine>/<session>/<random>/<its own name>``: names never meet, however they are spelt. Photos of
    different names share a folder, so that a removal of a thousand makes and syncs a few folders and not a thousand.
    """

    def __init__(self, folder_override: str | None = None) -> None:
        self._override = folder_override or None
        self._folders: dict[str, str] = {}  # quarantine by parent folder, found once
        self._unsynced: set[str] = set()
        self._announced: set[str] = set()
        self._rooms: dict[str, list[str]] = {}  # by session folder
        self._names: Counter[tuple[str, str]] = Counter()  # how often a session has had a name

    def check(self, path: str) -> None:
        """Raise StepRefused if photos at ``path`` (a file, or a folder that is being added) cannot be quarantined."""
        folder = path if os.path.isdir(path) else os.path.dirname(path)
        self._folder_for(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise StepRefused(f"The folder {shown(folder)} may not be written, so nothing can be moved out of it.")
        if folder is not path:
            with open_regular(path):
                pass

    def destination(self, path: str, session_id: int) -> str:
        """A resting place that does not exist yet; nothing is made."""
        folder = self._folder_for(os.path.dirname(path))
        return self._room(os.path.join(folder, str(session_id)), os.path.basename(path))

    def _room(self, session: str, name: str) -> str:
        """The first folder of the session in which no photo has this name, to whatever file system."""
        spelt = session, unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
        rooms, taken = self._rooms.setdefault(session, []), self._names[spelt]
        self._names[spelt] += 1
        if taken == len(rooms):
            rooms.append(os.path.join(session, secrets.token_hex(8)))
        return os.path.join(rooms[taken], name)

    def announce(self, moves: Sequence[Move]) -> None:
        """Write a batch of moves into the manifests, with one sync each; raises StepRefused when that fails."""
        by_folder: dict[str, list[Move]] = {}
        for move in moves:
            by_folder.setdefault(_quarantine_of(move.destination), []).append(move)
        for folder, its_moves in by_folder.items():
            try:
                announce_moves(folder, its_moves)
            except OSError as error:
                raise StepRefused(f"The quarantine {shown(folder)} cannot be written: {why(error)}.") from error
            self._announced.update(move.destination for move in its_moves)

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        """Rename the photo to ``destination``; a file put at ``path`` in between is moved back and refused."""
        if destination is None:
            raise StepRefused(f"No resting place was given for {shown(path)}.")
        if destination not in self._announced or not os.path.isdir(os.path.dirname(destination)):
            self.announce([Move(path, destination, keeper_path)])
        try:
            move_file(path, destination)
        except StepRefused:
            tidy(_quarantine_of(destination), os.path.dirname(destination))
            raise
        room = os.path.dirname(destination)
        self._unsynced.update((os.path.dirname(path), room, os.path.dirname(room), _quarantine_of(destination)))

    def restore(self, path: str, destination: str | None) -> None:
        """Rename the photo back, making folders that are gone; times and permissions come with it."""
        if destination is None:
            raise StepRefused(f"It is not known where {shown(path)} rests.")
        if os.path.lexists(path):
            raise StepRefused(f"{shown(path)} cannot be put back: something else lies there now.")
        made = make_folders(os.path.dirname(path))
        try:
            move_file(destination, path)
        except StepRefused:
            for folder in reversed(made):
                os.rmdir(folder)
            raise
        self._unsynced.update((os.path.dirname(path), *made))
        tidy(_quarantine_of(destination), os.path.dirname(destination))

    def sync(self) -> None:
        """Make all renames since the last call durable."""
        for folder in sorted(self._unsynced):
            sync_folder(folder)
        self._unsynced.clear()

    def _folder_for(self, folder: str) -> str:
        known = self._folders.get(folder)
        if known is None:
            known = self._folders[folder] = quarantine_folder_for(folder, self._override)
        return known


def remove_for_good(resting_path: str) -> int:
    """Delete one quarantined photo; returns the bytes that became free (0 while another hard link holds them).

    Raises:
        StepRefused: The path is not inside a quarantine, or no regular file lies there.
    """
    quarantine = _quarantine_of(resting_path)
    with open_regular(resting_path) as descriptor:
        status = os.fstat(descriptor)
        try:
            os.unlink(resting_path)
        except OSError as error:
            raise StepRefused(f"{shown(resting_path)} cannot be removed: {why(error)}.") from error
    tidy(quarantine, os.path.dirname(resting_path))
    return status.st_size if status.st_nlink == 1 else 0


def move_file(source: str, target: str) -> None:
    """Rename the very file that lies at ``source`` now; raises StepRefused with it at ``source`` again."""
    with open_regular(source) as descriptor:
        try:
            rename_new(source, target)
        except FileExistsError as error:
            raise StepRefused(f"{shown(source)} was not moved: {shown(target)} is taken.") from error
        except OSError as error:
            raise StepRefused(f"{shown(source)} cannot be moved to {shown(target)}: {why(error)}.") from error
        arrived = identity_at(target)
        if arrived is None or not arrived.is_same_file(FileIdentity.of(os.fstat(descriptor))):
            _move_back(target, source)
            raise StepRefused(
                f"{shown(source)} was exchanged for another file at the last moment; that one stays there."
            )


def _move_back(target: str, source: str) -> None:
    try:
        rename_new(target, source)
    except OSError as error:
        message = f"{shown(source)} was exchanged for another file at the last moment; it lies at {shown(target)} now"
        raise StepRefused(f"{message}: {why(error)}.") from error


def make_folders(folder: str) -> list[str]:
    """Make ``folder`` and what is missing above it; returns those made, outermost first."""
    missing: list[str] = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    missing.reverse()
    for at, new in enumerate(missing):
        try:
            os.mkdir(new)
        except FileExistsError:
            continue
        except OSError as error:
            for made in reversed(missing[:at]):
                os.rmdir(made)
            raise StepRefused(f"The folder {shown(new)} cannot be made again: {why(error)}.") from error
    return missing


def _quarantine_of(resting_path: str) -> str:
    """The quarantine folder that a resting place lies in; raises StepRefused for any other path."""
    parts = resting_path.split(os.sep)
    inside = len(parts) >= 4 and parts[-4] == QUARANTINE_NAME and not {"", ".", ".."} & set(parts[-3:])
    if not inside or not os.path.isabs(resting_path):
        raise StepRefused(f"{shown(resting_path)} does not lie in a quarantine.")
    return os.sep.join(parts[:-3])

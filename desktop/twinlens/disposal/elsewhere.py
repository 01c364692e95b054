"""Instead of removing: into a folder of the user's own, moved there or copied, with the folders it lay in."""

import os
from collections.abc import Sequence

from twinlens.disposal.links import copy_to, name_held_beside
from twinlens.disposal.manifest import Move
from twinlens.disposal.mounts import mount_of
from twinlens.disposal.quarantine import make_folders, move_file
from twinlens.disposal.regular_file import identity_at, is_same_content, open_regular, sync_folder
from twinlens.disposal.rename import rename_new
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused


class _Elsewhere:
    """What both share: a photo of ``/volume/a/b.jpg`` goes to ``<folder>/a/b.jpg``, numbered where that is taken."""

    def __init__(self, folder: str | None) -> None:
        self._folder = os.path.abspath(folder) if folder else ""
        self._given: set[str] = set()
        self._unsynced: set[str] = set()

    def check(self, path: str) -> None:
        """Raise StepRefused if this cannot work for the file, or in the folder, at ``path``."""
        if not self._folder or not os.path.isdir(self._folder):
            raise StepRefused("No folder was named that the photos could go to, or it is not there.")
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise StepRefused(f"The folder {shown(self._folder)} may not be written.")
        if not os.path.isdir(path):
            with open_regular(path):
                pass

    def destination(self, path: str, session_id: int) -> str:
        """Where the photo will be: a name that is not taken now."""
        folder = os.path.normpath(os.path.join(self._folder, _below_the_volume(path)))
        stem, suffix = os.path.splitext(os.path.basename(path))
        names = (f"{stem} ({number}){suffix}" if number else stem + suffix for number in range(10_000))
        free = (os.path.join(folder, name) for name in names)
        chosen = next(place for place in free if place not in self._given and not os.path.lexists(place))
        self._given.add(chosen)
        return chosen

    def announce(self, moves: Sequence[Move]) -> None:
        """Nothing to write: the journal says where each photo is, under its own name."""

    def sync(self) -> None:
        """Make all changes since the last call durable."""
        for folder in sorted(self._unsynced):
            sync_folder(folder)
        self._unsynced.clear()


class MovedElsewhere(_Elsewhere):
    """A rename, so within one volume only: nothing is copied, times and permissions stay."""

    def check(self, path: str) -> None:
        """Raise StepRefused for a folder on another volume too."""
        super().check(path)
        folder = path if os.path.isdir(path) else os.path.dirname(path)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise StepRefused(f"The folder {shown(folder)} may not be written, so nothing can be moved out of it.")
        if mount_of(folder).point != mount_of(self._folder).point:
            raise StepRefused(
                f"{shown(self._folder)} is on another volume than {shown(path)}: moving is a rename; copy instead."
            )

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        """Rename it to ``destination``, which must be free."""
        if destination is None:
            raise StepRefused(f"No place was given for {shown(path)}.")
        _rename_into(path, destination)
        self._unsynced.update((os.path.dirname(path), os.path.dirname(destination)))

    def restore(self, path: str, destination: str | None) -> None:
        """Rename it back; the folders made for it stay, they may be the user's."""
        if destination is None:
            raise StepRefused(f"It is not known where {shown(path)} is.")
        _rename_into(destination, path)
        self._unsynced.update((os.path.dirname(path), os.path.dirname(destination)))


class CopiedElsewhere(_Elsewhere):
    """The photo stays, and a copy of it is made: beside its place, then renamed to it. Frees nothing."""

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        """Copy it with its times and permissions."""
        if destination is None:
            raise StepRefused(f"No place was given for {shown(path)}.")
        make_folders(os.path.dirname(destination))
        with open_regular(path) as original, name_held_beside(destination) as new_path:
            try:
                copy_to(original, new_path)
                rename_new(new_path, destination)
            except OSError as error:
                raise StepRefused(f"{shown(path)} cannot be copied to {shown(destination)}: {why(error)}.") from error
        self._unsynced.add(os.path.dirname(destination))

    def restore(self, path: str, destination: str | None) -> None:
        """Remove the copy, if it still is one: the photo itself is at its place with the same bytes."""
        if destination is None or identity_at(destination) is None:
            raise StepRefused(f"The copy of {shown(path)} is not where it was made.")
        with open_regular(path) as original, open_regular(destination) as copy:
            if not is_same_content(original, copy):
                raise StepRefused(f"{shown(destination)} and {shown(path)} are not the same any more; both stay.")
            os.unlink(destination)
        self._unsynced.add(os.path.dirname(destination))


def folder_behind(path: str, destination: str) -> str | None:
    """The folder that was named when the photo of ``path`` went to ``destination``; None where that cannot be told."""
    below, place = _below_the_volume(path), os.path.dirname(destination)
    if below == os.curdir:
        return place
    return place.removesuffix(os.sep + below) if place.endswith(os.sep + below) else None


def _below_the_volume(path: str) -> str:
    folder = os.path.dirname(path)
    return os.path.relpath(os.path.realpath(folder), mount_of(folder).point)


def _rename_into(source: str, target: str) -> None:
    made = make_folders(os.path.dirname(target))
    try:
        move_file(source, target)
    except StepRefused:
        for folder in reversed(made):
            os.rmdir(folder)
        raise

"""Instead of removing: the path stays as a symbolic link to the photo kept. For identical files of one volume."""

import os

from twinlens.disposal.links import Link, copy_to, name_held_beside, put_in_place
from twinlens.disposal.mounts import mount_of
from twinlens.disposal.regular_file import FileIdentity, identity_at, open_regular
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused

_WITHOUT_SYMBOLIC_LINKS = frozenset({"vfat", "exfat", "msdos"})


class SymbolicLink(Link):
    """The link is relative, so that it holds wherever the volume is mounted. Times are restored from the journal."""

    def restore(self, path: str, destination: str | None) -> None:
        """Put a copy of what the link leads to in its place; raises StepRefused where it is no such link any more."""
        seen = identity_at(path)
        if seen is None or not os.path.islink(path):
            raise StepRefused(f"{shown(path)} is no link any more; it stays as it is.")
        with open_regular(os.path.realpath(path)) as kept, name_held_beside(path) as new_path:
            try:
                copy_to(kept, new_path)
            except OSError as error:
                raise StepRefused(f"{shown(path)} cannot be given its own copy again: {why(error)}.") from error
            put_in_place(path, new_path, seen)
        self._unsynced.add(os.path.dirname(path))

    def _check_kind(self, folder: str, kind: str) -> None:
        if kind in _WITHOUT_SYMBOLIC_LINKS:
            raise StepRefused(f"The file system of {shown(folder)} ({kind}) has no symbolic links.")

    def _refuse(self, path: str, old: int, keeper: int) -> None:
        mine, other = os.fstat(old), os.fstat(keeper)
        if (mine.st_mode, mine.st_uid, mine.st_gid) != (other.st_mode, other.st_uid, other.st_gid):
            raise StepRefused(f"{shown(path)} has another owner or other permissions than the copy that is kept.")

    def _make(self, new_path: str, old: int, keeper: int, keeper_path: str) -> None:
        if mount_of(os.path.dirname(keeper_path)).point != mount_of(os.path.dirname(new_path)).point:
            raise StepRefused(f"{shown(keeper_path)} is on another volume: the link would lead nowhere without it.")
        try:
            os.symlink(os.path.relpath(keeper_path, os.path.dirname(new_path)), new_path)
            leads_to = FileIdentity.of(os.stat(new_path))
        except OSError as error:
            raise StepRefused(f"No link to {shown(keeper_path)} can be made: {why(error)}.") from error
        if not leads_to.is_same_file(FileIdentity.of(os.fstat(keeper))):
            raise StepRefused(f"{shown(keeper_path)} was exchanged for another file at the last moment.")

"""Files that a scan has found and not studied yet, under ids of their own, so that a grid shows them among the photos.

Photos have ids from 1 up, awaited files from -1 down. When a file is catalogued, its card takes the id of the photo.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Int64Array


class AwaitedFile(Struct, frozen=True):
    """One file as the walk met it; ``failed`` when it turned out to be a problem."""

    path: str
    size_bytes: int
    failed: bool = False


def is_awaited(photo_id: int) -> bool:
    """Whether this is the id of a file that is not in the library yet."""
    return photo_id < 0


def are_awaited(photo_ids: Int64Array) -> BoolArray:
    """The same of many ids."""
    return photo_ids < 0


class AwaitedFiles:
    """Written on the GUI thread; ``file`` may be called from any."""

    def __init__(self) -> None:
        # The first number, paths and sizes, replaced together: a reader on another thread sees those of one scan.
        # Numbers are never used twice: a late thumbnail must not land on another file's card.
        self._known: tuple[int, list[str], list[int]] = (0, [], [])
        self._id_of: dict[str, int] = {}
        self._failed: set[int] = set()

    def add(self, paths: Sequence[str], sizes_bytes: Sequence[int]) -> list[int]:
        """The ids under which these are known from now on, in their order."""
        first, known_paths, known_sizes = self._known
        begin = first + len(known_paths)
        ids = list(range(-1 - begin, -1 - begin - len(paths), -1))
        known_sizes.extend(sizes_bytes)  # before the paths, which readers count
        known_paths.extend(paths)
        self._id_of.update(zip(paths, ids, strict=True))
        return ids

    def file(self, awaited_id: int) -> AwaitedFile | None:
        """What is known of it; None when its scan is over."""
        first, paths, sizes_bytes = self._known
        place = -1 - awaited_id - first
        if not 0 <= place < len(paths):
            return None
        return AwaitedFile(paths[place], sizes_bytes[place], awaited_id in self._failed)

    def settle(self, paths: Iterable[str], photo_ids: Iterable[int]) -> list[tuple[int, int]]:
        """These are catalogued: pairs of the id until now and the photo's; files that nobody awaits are left out."""
        pairs = ((self._id_of.pop(path, 0), photo_id) for path, photo_id in zip(paths, photo_ids, strict=True))
        return [pair for pair in pairs if pair[0]]

    def fail(self, paths: Iterable[str]) -> list[int]:
        """These cannot be studied: their ids."""
        ids = [self._id_of[path] for path in paths if path in self._id_of]
        self._failed.update(ids)
        return ids

    def clear(self) -> None:
        """The scan is over: nothing is awaited any more."""
        first, paths, _ = self._known
        self._known = (first + len(paths), [], [])
        self._id_of.clear()
        self._failed.clear()

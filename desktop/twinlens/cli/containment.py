"""How much of each folder lies in another one too, by content."""

import os
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from twinlens.cli.opening import is_under
from twinlens.domain.columns import PhotoColumns


class FolderContained(Struct, frozen=True):
    """One folder, without its subfolders.

    ``elsewhere``: how many of its photos have a copy in any other folder. ``contained_in``: other folders with how many
    photos of this one they hold, the fullest first.
    """

    path: str
    photos: int
    size_bytes: int
    elsewhere: int
    contained_in: tuple[tuple[str, int], ...]


def containment(photos: PhotoColumns, folders: Sequence[str]) -> list[FolderContained]:
    """All folders under ``folders`` (all, when there are none) with photos, those that are contained most first.

    They are compared with every folder of the library.
    """
    holders: dict[int, set[str]] = defaultdict(set)
    contents: dict[str, list[int]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for path, content, size in zip(photos.paths, photos.content_key.tolist(), photos.size_bytes.tolist(), strict=True):
        folder = os.path.dirname(path)
        holders[content].add(folder)
        contents[folder].append(content)
        sizes[folder] += size
    found = [
        _contained(folder, held, sizes[folder], holders)
        for folder, held in contents.items()
        if is_under(folder, folders)
    ]
    found.sort(key=lambda one: (-one.elsewhere / one.photos, one.path))
    return found


def _contained(folder: str, contents: Sequence[int], size_bytes: int, holders: dict[int, set[str]]) -> FolderContained:
    others: Counter[str] = Counter()
    elsewhere = 0
    for content in contents:
        also_in = holders[content] - {folder}
        elsewhere += bool(also_in)
        others.update(also_in)
    ranked = tuple(sorted(others.items(), key=lambda item: (-item[1], item[0])))
    return FolderContained(folder, len(contents), size_bytes, elsewhere, ranked)

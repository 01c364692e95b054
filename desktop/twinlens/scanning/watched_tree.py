"""The folders that are watched, and what a look at them tells: which are new, which are not as they were."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from twinlens.domain.watching import FoldersChanged
from twinlens.imaging.formats import is_photo_name
from twinlens.scanning.ignore import IgnoreRules

Tree = dict[str, int]  # each folder, and a number that is another one when something in it has changed
Signature = Callable[[int, list[os.DirEntry[str]]], int]  # of a folder's time before it was listed, and the listing

UNSETTLED = 0  # a signature that equals none, not even itself
STILL_WRITTEN_S = 5.0


def look(roots: Iterable[str], rules: IgnoreRules, signature: Signature, go_on: Callable[[], bool]) -> Tree:
    """All folders below the roots that a walk would come to. Links are not followed; what cannot be listed is left out.

    Ends early, with what it has, when ``go_on`` says no.
    """
    tree: Tree = {}
    for root in roots:
        for folder, time_ns, entries in _folders(root, rules):
            if not go_on():
                return tree
            tree[folder] = signature(time_ns, entries)
    return tree


def _folders(root: str, rules: IgnoreRules) -> Iterator[tuple[str, int, list[os.DirEntry[str]]]]:
    pending = [root]
    while pending:
        folder = pending.pop()
        time_ns = time_of(folder)  # before the listing: what happens after it then shows as another time
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            continue  # unreadable, or gone: the scan says so
        yield folder, time_ns, entries
        for entry in entries:
            if not rules.name(entry.name) and _is_folder(entry) and not rules.folder_path(entry.path):
                pending.append(entry.path)


def own_time(time_ns: int, _entries: list[os.DirEntry[str]]) -> int:
    """The folder's own time as its signature: another one when a name in it came or went."""
    return time_ns


def time_of(folder: str) -> int:
    """The time of a folder, ns. Costs one look, whatever is in the folder."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return UNSETTLED


def contents(_time_ns: int, entries: list[os.DirEntry[str]]) -> int:
    """Name, size and time of every photo in the folder as one number; ``UNSETTLED`` while one is being written."""
    stamps = []
    for entry in entries:
        if ("." in entry.name and not is_photo_name(entry.name)) or _is_folder(entry):
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError:
            return UNSETTLED
        if 0 <= time.time() - facts.st_mtime < STILL_WRITTEN_S:
            return UNSETTLED
        stamps.append((entry.name, facts.st_size, facts.st_mtime_ns))
    return hash(tuple(sorted(stamps))) or 1


def difference(before: Mapping[str, int], after: Mapping[str, int]) -> FoldersChanged:
    """Folders that are not as they were, those from which a folder has gone, and the topmost of those that are new."""
    changed = {folder for folder, sign in after.items() if folder in before and (before[folder] != sign or not sign)}
    changed |= {os.path.dirname(folder) for folder in before.keys() - after.keys()} & after.keys()
    new = after.keys() - before.keys()
    return FoldersChanged(frozenset(changed), frozenset(f for f in new if os.path.dirname(f) not in new))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False

"""The folders that are watched, and what a look at them tells: which are new, which are not as they were."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from twinlens.domain.watching import FoldersChanged
from twinlens.imaging.formats import is_photo_name
from twinlens.scanning.ignore import IgnoreRules

Tree = dict[str, int]  # each folder, and a number that is another one when something in it has changed
Listing = list[os.DirEntry[str]]
Signature = Callable[[str], Callable[[Listing], int]]  # asked before a folder is listed, answers when it is

UNSETTLED = 0  # a signature that equals none, not even itself
STILL_WRITTEN_S = 5.0


def look(roots: Iterable[str], rules: IgnoreRules, signature: Signature, go_on: Callable[[], bool]) -> Tree:
    """All folders below the roots that a walk would come to. Links are not followed; what cannot be listed is left out.

    Ends early, with what it has, when ``go_on`` says no.
    """
    tree: Tree = {}
    for root in roots:
        for folder, number in _folders(root, rules, signature):
            if not go_on():
                return tree
            tree[folder] = number
    return tree


def _folders(root: str, rules: IgnoreRules, signature: Signature) -> Iterator[tuple[str, int]]:
    pending = [root]
    while pending:
        folder = pending.pop()
        sign = signature(folder)
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            continue  # unreadable, or gone: the scan says so
        yield folder, sign(entries)
        for entry in entries:
            if not rules.name(entry.name) and _is_folder(entry) and not rules.folder_path(entry.path):
                pending.append(entry.path)


def own_time(folder: str) -> Callable[[Listing], int]:
    """The folder's own time before it is listed: another one when a name in it came or went, also while it is listed."""
    time_ns = time_of(folder)
    return lambda _entries: time_ns


def time_of(folder: str) -> int:
    """The time of a folder, ns. Costs one look, whatever is in the folder."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return UNSETTLED


def contents(_folder: str) -> Callable[[Listing], int]:
    """Name, size and time of every photo in the folder as one number; ``UNSETTLED`` while one is being written."""
    return _stamps


def _stamps(entries: Listing) -> int:
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

"""A scan of just what the watching told: which roots it has, and what it leaves alone."""

import os
import time

from twinlens.domain.photo import FileStamp
from twinlens.domain.watching import FoldersChanged

UNSETTLED_NS = (
    1_500_000_000  # below settling.QUIET_S: a file that is passed over now was heard of too late to be told yet
)


def roots_of(changed: FoldersChanged) -> list[str]:
    """The folders to scan, each once: what is below a whole tree needs no look of its own."""
    trees = {tree for tree in changed.trees if not _is_below(tree, changed.trees - {tree})}
    return sorted(trees | {folder for folder in changed.folders if not _is_below(folder, trees)})


def is_alone(root: str, changed: FoldersChanged | None) -> bool:
    """Whether only the files in this root are looked at, and of the folders in it those that are new."""
    return changed is not None and root in changed.folders and not _is_below(root, changed.trees)


def unsettled_since_ns(changed: FoldersChanged | None, asked_ns: int | None) -> int:
    """The time from which on what happens in a folder is left to the next scan, as its other end may lie elsewhere.

    A photo that is moved during a scan may go to where the scan has been already: it is neither here nor there, and must
    not be taken for gone. What happened shortly before a follow-up was heard of too late to be part of it.
    """
    begun_ns = time.time_ns() if asked_ns is None else asked_ns
    return begun_ns if changed is None else begun_ns - UNSETTLED_NS


def is_being_written(stamp: FileStamp) -> bool:
    """Whether a file was written to just now: it is left to the next follow-up, which the last write causes."""
    return 0 <= time.time_ns() - stamp.mtime_ns < UNSETTLED_NS


def _is_below(folder: str, trees: frozenset[str] | set[str]) -> bool:
    """Whether a folder is one of these or in one of them."""
    while folder not in trees:
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True

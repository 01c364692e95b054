"""Watching the sources: a thread that tells which folders have changed, so that only these are scanned."""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from twinlens.domain.watching import FoldersChanged, Hindrance, VolumesChanged, WatchEvent, Watching
from twinlens.imaging.formats import is_photo_name
from twinlens.scanning.ignore import IgnoreRules
from twinlens.scanning.settling import Settling
from twinlens.scanning.watched_tree import Signature, Tree, contents, difference, look, own_time, time_of
from twinlens.volumes.mounts import PSEUDO_TYPES, Mount, mounts
from twinlens.volumes.network import is_on_network

if TYPE_CHECKING:
    from watchfiles import Change

logger = logging.getLogger(__name__)

EACH_FOLDER = sys.platform == "linux"  # elsewhere the system watches trees
POLL_S = 300.0
TICK_MS, STEP_MS, GATHER_MS = 500, 100, 1_000
RELIST_S = 2.0  # after folders came or went the system is asked anew at most so often
JOIN_S = 2.0
MOST_FAILURES = 10


Tell = Callable[[WatchEvent], None]


class FolderWatch:
    """Watches folders from ``start`` to ``stop``, on a thread of its own, from which ``tell`` is called.

    On Linux every folder is watched for itself, which leaves out hidden and ignored ones and follows no links; elsewhere
    the system watches trees. What cannot be watched is polled every ``poll_s`` seconds.
    """

    def __init__(self, roots: Sequence[str], rules: IgnoreRules, tell: Tell, *, poll_s: float = POLL_S) -> None:
        self._rules = rules
        self._tell = tell
        self._poll_s = poll_s
        self._stop = threading.Event()
        self._held = threading.Event()
        self._settling = Settling()
        self._roots = roots
        self._remote: list[str] = []
        self._local: list[str] = []
        self._hindrance = Hindrance.NONE
        self._polled: Tree = {}
        self._next_poll_s = 0.0
        self._mounts: list[Mount] = []
        # A daemon: a network drive whose server is gone may keep a look at it waiting for minutes.
        self._thread = threading.Thread(target=self._run, name="twinlens-watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def hold(self) -> None:
        """Tell nothing for now; what happens is remembered."""
        self._held.set()

    def release(self) -> None:
        """Tell again, also of what happened meanwhile."""
        self._held.clear()

    def stop(self) -> None:
        """End soon; returns at once."""
        self._stop.set()

    def join(self) -> None:
        """Wait until nothing is told any more."""
        self._thread.join(JOIN_S)

    def _run(self) -> None:
        self._mounts = _volumes()
        self._remote = [root for root in self._roots if is_on_network(root)]
        self._local = [root for root in self._roots if root not in self._remote]
        self._hindrance = Hindrance.NETWORK if self._remote else Hindrance.NONE
        self._polled = self._look(self._remote, contents)
        self._next_poll_s = time.monotonic() + self._poll_s
        tree: Tree | None = None
        failures = 0
        while not self._stop.is_set():
            now = self._look(self._local, own_time)
            if tree is not None:
                self._settling.note(difference(tree, now))
            tree = now
            try:
                self._watch(tree)
                failures = 0
            except (OSError, RuntimeError) as error:
                failures += 1
                if isinstance(error, FileNotFoundError | PermissionError) and failures < MOST_FAILURES:
                    self._stop.wait(STEP_MS / 1000)  # it went, or was closed to us, since the look: look again
                    continue
                logger.info("folders are looked at now and then instead of watched: %s", error)
                self._poll_all(_hindrance_of(error))

    def _watch(self, tree: Tree) -> None:
        """Take in what the system tells until folders came or went, or the end."""
        paths = sorted(path for path in (tree if EACH_FOLDER else self._local) if path in tree and _is_text(path))
        if not paths:
            self._idle()
            return
        from watchfiles import (
            watch,
        )  # here, on the watch's own thread: it loads more than a window's start should wait for

        relist_s: float | None = None
        begun = False
        for changes in watch(
            *paths,
            watch_filter=None,
            debounce=GATHER_MS,
            step=STEP_MS,
            stop_event=self._stop,
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=False,
            recursive=not EACH_FOLDER,
            ignore_permission_denied=False,  # True would hide a reached limit as well (watchfiles 1.3)
        ):
            relist = self._take(changes, tree)
            if not begun:  # only now it is sure that the system tells
                begun = True
                relist |= self._catch_up(tree)
                self._tell(Watching(len(tree), self._hindrance, self._poll_s))
            if relist and relist_s is None:
                relist_s = time.monotonic() + RELIST_S
            self._tick()
            if any(os.path.isdir(root) != (root in tree) for root in self._local):
                return
            if relist_s is not None and time.monotonic() >= relist_s:
                return

    def _catch_up(self, tree: Tree) -> bool:
        """Note what happened between the look and the watch, as the folders' times show it; returns whether it did."""
        meanwhile = difference(tree, {folder: time_of(folder) for folder in tree})
        self._settling.note(meanwhile)
        return bool(meanwhile)

    def _take(self, changes: "Iterable[tuple[Change, str]]", tree: Tree) -> bool:
        """Note what matters; returns whether a folder came or went."""
        files: list[str] = []
        gone: set[str] = set()
        came: set[str] = set()
        for change, path in changes:
            if not self._is_seen(path):
                continue
            maybe_photo = is_photo_name(path) or "." not in os.path.basename(path)
            if change.name == "deleted":
                if maybe_photo or path in tree or not EACH_FOLDER:
                    gone.add(path)
            elif os.path.isdir(path):
                if not os.path.islink(path) and (change.name == "added" or path not in tree):
                    came.add(path)
            elif maybe_photo:
                files.append(path)
        self._settling.note_files(files)
        parents = frozenset(os.path.dirname(path) for path in gone if path not in self._local)
        self._settling.note(FoldersChanged(parents, frozenset(came)))
        return bool(came) or not gone.isdisjoint(tree)

    def _is_seen(self, path: str) -> bool:
        """Whether a scan of one of the roots would come to this place."""
        above = (root for root in self._local if path == root or path.startswith(root.rstrip(os.sep) + os.sep))
        return any(not self._rules.hides(path, root) for root in above)

    def _tick(self) -> None:
        """About once a second."""
        seen = _volumes()
        if seen != self._mounts:
            self._mounts = seen
            self._tell(VolumesChanged())
        now = time.monotonic()
        if self._remote and now >= self._next_poll_s:
            before, self._polled = self._polled, self._look(self._remote, contents)
            self._settling.note(difference(before, self._polled))
            self._next_poll_s = time.monotonic() + self._poll_s
        if not self._held.is_set() and (due := self._settling.due()) and not self._stop.is_set():
            self._tell(due)

    def _idle(self) -> None:
        """Nothing is watched: only poll, and see volumes come."""
        self._tell(Watching(0, self._hindrance, self._poll_s))
        while not self._stop.wait(TICK_MS / 1000) and not any(os.path.isdir(root) for root in self._local):
            self._tick()

    def _poll_all(self, hindrance: Hindrance) -> None:
        self._hindrance = hindrance
        self._remote, self._local = [*self._remote, *self._local], []
        self._polled = self._look(self._remote, contents)

    def _look(self, roots: Sequence[str], signature: Signature) -> Tree:
        return look(roots, self._rules, signature, lambda: not self._stop.is_set())


def _hindrance_of(error: Exception) -> Hindrance:
    """What the system's refusal means; watchfiles hands on only its words."""
    words = str(error).lower()
    return Hindrance.LIMIT if "limit" in words or "too many" in words else Hindrance.REFUSED


def _volumes() -> list[Mount]:
    return [mount for mount in mounts() if mount.fs_type not in PSEUDO_TYPES]


def _is_text(path: str) -> bool:
    """Whether the name is valid UTF-8; the system can be asked about no other."""
    return path.isprintable() or path.encode("utf-8", "replace").decode("utf-8") == path

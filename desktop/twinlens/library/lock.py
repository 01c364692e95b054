"""The lock that the one writer of a library holds."""

from pathlib import Path

import filelock

from twinlens.domain.errors import LibraryLocked, LibraryUnusable

LOCK_NAME = "library.lock"
PATIENCE_S = 0.3  # whoever only looks whether there is a writer holds the lock for a moment, too


def take_lock(folder: Path) -> filelock.BaseFileLock:
    """Become the writer of the library in ``folder``, which is made where there is none.

    Raises:
        LibraryLocked: another process is.
        LibraryUnusable: nothing can be written there.
    """
    # thread_local is off: the library may be closed by another thread than the one that opened it.
    lock = filelock.FileLock(folder / LOCK_NAME, thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=PATIENCE_S, poll_interval=PATIENCE_S / 10)
    except filelock.Timeout as error:
        raise LibraryLocked(f"The library in {folder} is open in another Twinlens; close that one first.") from error
    except OSError as error:
        raise LibraryUnusable(f"The library in {folder} cannot be opened for writing: {error.strerror}.") from error
    return lock


def has_writer(folder: Path) -> bool:
    """Whether some process has the library open for writing at this moment."""
    if not (folder / LOCK_NAME).exists():
        return False
    lock = filelock.FileLock(folder / LOCK_NAME, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except (filelock.Timeout, OSError):
        return True
    lock.release()
    return False

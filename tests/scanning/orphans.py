"""Whether processes whose parent was killed have ended too."""

import time
from collections.abc import Iterable

import psutil

LOOK_EVERY_S = 0.01


def still_running(orphans: Iterable[psutil.Process], patience_s: float) -> list[psutil.Process]:
    """Those of them that have not ended after so long.

    One that has ended and that nobody has buried has ended: who inherits it may take its time.
    """
    left, until_s = list(orphans), time.monotonic() + patience_s
    while (left := [one for one in left if _runs(one)]) and time.monotonic() < until_s:
        time.sleep(LOOK_EVERY_S)
    return left


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False

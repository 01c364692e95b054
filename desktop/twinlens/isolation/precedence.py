"""Who goes first where several want a core: whoever works at this machine, the window too, before what is done beside."""

import contextlib
import os
import sys
import threading

NICENESS = 10  # an idle machine is no slower for it


def process_gives_way() -> None:
    """Let other programs go before this process."""
    if hasattr(os, "setpriority"):
        _lower(0)


def thread_gives_way() -> None:
    """Let other threads of this process, and other programs, go before this thread.

    Only Linux has a priority for each thread; elsewhere nothing is changed, for it would be that of the window.
    """
    if sys.platform == "linux":
        _lower(threading.get_native_id())


def _lower(who: int) -> None:
    with contextlib.suppress(OSError):  # a system that forbids it: all go on as they are
        if os.getpriority(os.PRIO_PROCESS, who) < NICENESS:
            os.setpriority(os.PRIO_PROCESS, who, NICENESS)

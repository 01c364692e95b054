"""Who goes first where several want a core: whoever works at this machine, the window too, before what is done beside."""

import contextlib
import os
import sys
import threading

# Of what is done beside, and of threads whose answers the window waits for; an idle machine is no slower for either.
BESIDE, BEHIND_THE_WINDOW = 10, 5


def process_gives_way() -> None:
    """Let other programs go before this process."""
    if hasattr(os, "setpriority"):
        _lower(0, BESIDE)


def thread_gives_way(niceness: int = BESIDE) -> None:
    """Let other threads of this process, and other programs, go before this thread; ``niceness``: 0 to 19, the higher the
    more go before it.

    Only Linux has a priority for each thread; elsewhere nothing is changed, for it would be that of the window.
    """
    if sys.platform == "linux":
        _lower(threading.get_native_id(), niceness)


def _lower(who: int, niceness: int) -> None:
    with contextlib.suppress(OSError):  # a system that forbids it: all go on as they are
        if os.getpriority(os.PRIO_PROCESS, who) < niceness:
            os.setpriority(os.PRIO_PROCESS, who, niceness)

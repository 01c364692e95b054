"""The processes that study files and verify pairs: as many as there are cores, started when first asked."""

import atexit
import logging
import os

from twinlens.isolation.pool import ProcessPool
from twinlens.isolation.process import ChildNotStarted

logger = logging.getLogger(__name__)

MODULE = "twinlens.scanning.apart.child"
MAX_SENTENCE = 500  # of what one says of a file
POOL = ProcessPool(MODULE, limit=max(2, os.cpu_count() or 2))


def start_processes(count: int) -> None:
    """Have so many processes on their way while other things are loaded; where they refuse, the first file will tell."""
    try:
        POOL.start(count)
    except ChildNotStarted as error:
        logger.warning("a studying process cannot be started: %s", error)


def close_processes() -> None:
    """End the processes, which hold some 80 MB each; the next file or pair starts one again."""
    POOL.close()


atexit.register(close_processes)

"""How the C library hands out memory to many threads."""

import ctypes
import logging
import sys

logger = logging.getLogger(__name__)

M_ARENA_MAX = -8  # malloc.h of glibc
ARENAS = 2


def keep_arenas_few() -> None:
    """Let threads share two arenas of malloc: eight a core, as glibc has it, hold 60 MB more for the same photos.

    Does nothing where the C library is another one. Has to be called before the threads begin.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
    except (OSError, AttributeError) as error:  # musl has no mallopt
        logger.debug("the arenas of malloc are left as they are: %s", error)

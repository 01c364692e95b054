"""Decoding apart: the request for one picture, and its answer as a picture or as one sentence."""

import atexit
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import asdict

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import Format
from twinlens.imaging.local import Task
from twinlens.imaging.scale import Wanted
from twinlens.imaging.wire import unpack
from twinlens.isolation.pool import ProcessPool
from twinlens.isolation.process import ChildDied, ChildNotStarted, ChildTookTooLong

log = logging.getLogger(__name__)

MODULE = "twinlens.imaging.worker"
BYTES_A_PIXEL = 8  # the most that travels back: four channels of 16 bits
MAX_SENTENCE = 500


class DecodingPool:
    """Decodes pictures in processes of their own. Safe from several threads."""

    def __init__(self, limit: int) -> None:
        self.processes = ProcessPool(MODULE, limit)

    def decode(
        self, task: Task, data: bytes, entry: Format, wanted: Wanted, bounds: DecodeBounds
    ) -> StudyPicture | FullPicture:
        """Decode in a process of its own; raises PhotoUnreadable, also when the process dies of the file."""
        head = {"task": task.value, "format": entry.name, "wanted": asdict(wanted), "bounds": asdict(bounds)}
        with failures_as_unreadable(f"the decoder for {entry.name}", bounds.timeout_s):
            reply, body = self.processes.ask(head, data, bounds.timeout_s, bounds.max_pixels * BYTES_A_PIXEL)
            if "error" in reply:
                raise PhotoUnreadable(str(reply["error"])[:MAX_SENTENCE])
            try:
                return unpack(reply, body)
            except (ValueError, KeyError, TypeError) as error:
                raise ChildDied(f"it gave no picture ({error})") from error

    def close(self) -> None:
        """End all idle processes; the next decode starts one again."""
        self.processes.close()


@contextmanager
def failures_as_unreadable(decoder: str, patience_s: float) -> Iterator[None]:
    """Turn what became of a decoding process into PhotoUnreadable: it is the photo's fault, and costs no other photo."""
    try:
        yield
    except ChildTookTooLong as error:
        raise PhotoUnreadable(f"decoding took longer than {patience_s:g} s and was given up") from error
    except ChildNotStarted as error:
        raise PhotoUnreadable(f"the decoding process cannot be started ({error})") from error
    except ChildDied as error:
        log.info("%s broke off: %s", decoder, error)
        raise PhotoUnreadable(f"{decoder} broke off on this file") from error


_POOL = DecodingPool(limit=max(2, os.cpu_count() or 2))
decode_apart = _POOL.decode


def close_workers() -> None:
    """End the decoding processes; the next decode that needs one starts it again."""
    _POOL.close()


atexit.register(close_workers)

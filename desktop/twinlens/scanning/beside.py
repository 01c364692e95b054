"""Work on one other thread: whoever asks goes on meanwhile and takes the result when it is needed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from twinlens.isolation.precedence import thread_gives_way
from twinlens.library.open import Library

Result = TypeVar("Result")


class Beside:
    """Runs one piece of work after the other. A context: leaving it waits for what is under way.

    ``lazy``: whether there is no other thread, and work runs where its result is taken; may change between two pieces.
    """

    def __init__(self, library: Library, *, lazy: bool) -> None:
        self._library = library
        self.lazy = lazy
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, work: Callable[[], Result]) -> Callable[[], Result]:
        """Begin ``work``; what is returned, called once, gives its result or raises what it raised."""
        if self.lazy:
            return work
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "twinlens-beside", thread_gives_way)
        return self._pool.submit(work).result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.submit(self._library.release_thread)
            self._pool.shutdown(wait=True)

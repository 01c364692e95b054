"""The sockets of the house: what can be exchanged, and the contract every implementation passes in its tests."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.events import Event
from twinlens.domain.fingerprint import EmbeddingBatch, Float32Array, Int64Array, ModelIdentity, UInt8Array
from twinlens.domain.photo import PhotoId

Emit = Callable[[Event], None]


class JobControl(Protocol):
    """What a job asks between two pieces of work."""

    def proceed(self) -> bool:
        """Wait while paused; then True to go on, False to stop. Called at least every 100 ms of work."""
        ...


class Embedder(Protocol):
    """A network that turns pictures into vectors. Safe to call from several threads at once."""

    @property
    def identity(self) -> ModelIdentity:
        """Which network this is."""
        ...

    def embed(self, pictures: UInt8Array) -> EmbeddingBatch:
        """Vectors of ``pictures``, uint8 RGB [n, side, side, 3]; raises ValueError for another shape or dtype."""
        ...


class VectorIndex(Protocol):
    """Nearest neighbours by cosine over L2-normalised vectors, labelled with photo ids.

    One thread at a time changes it; any thread may search meanwhile, without waiting.
    """

    def __len__(self) -> int: ...

    def __contains__(self, photo_id: int) -> bool: ...

    def ids(self) -> Int64Array:
        """The photos that have a vector, ascending."""
        ...

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors [n, d], or replace those of ids already there; raises ValueError for a wrong shape."""
        ...

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget these ids; ids that are not there are passed over."""
        ...

    def search(self, vectors: Float32Array, limit: int, at_least: float = -1.0) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids int64 [q, k] and cosines float32 [q, k], best first.

        k = min(limit, len(self)). Cosines lie in -1 to 1. Missing places do not occur. ``at_least``: whoever has no use
        for lower cosines says so and is spared their exact computation; lower ones may then be estimates.
        """
        ...


class PreviewSource(Protocol):
    """Gives the small upright pictures that verification compares."""

    def preview(self, photo_id: PhotoId) -> UInt8Array | None:
        """RGB uint8 [h, w, 3], longest side about 320; None when there is none (any more)."""
        ...


class Disposal(Protocol):
    """One way to take a photo out of its place, and back. Neither ever overwrites anything."""

    def check(self, path: str) -> None:
        """Raise StepRefused with the reason if this way cannot work for the file at ``path``."""
        ...

    def destination(self, path: str, session_id: int) -> str | None:
        """Where the file will rest, known before it is touched so that the journal can say it; None if unknowable."""
        ...

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        """Carry it out; raises StepRefused with the file untouched."""
        ...

    def restore(self, path: str, destination: str | None) -> None:
        """Put it back at ``path`` with its times; raises StepRefused and leaves all as it was if that place is taken."""
        ...


def no_events(_event: Event) -> None:
    """An ``Emit`` that listens to nothing."""


class GoOn:
    """A ``JobControl`` that never pauses and never stops."""

    def proceed(self) -> bool:
        """Always True."""
        return True


def as_ids(photo_ids: Sequence[int]) -> NDArray[np.int64]:
    """Photo ids as the int64 array the ports speak."""
    return np.asarray(photo_ids, dtype=np.int64)

"""What an index must be able to do to be measured."""

import importlib.util
from typing import Protocol

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.lab.ann.vector_file import VectorFile


class Contender(Protocol):
    """One index, new for each measurement; all work is done by the calling thread."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def package(self) -> str:
        """What must be installed; empty for our own."""
        ...

    @property
    def effort_name(self) -> str:
        """What is turned to trade time for recall; empty where nothing is."""
        ...

    @property
    def efforts(self) -> tuple[int, ...]:
        """The values that are tried."""
        ...

    def prepare(self, vectors: VectorFile) -> None:
        """Make the index, empty; learn what has to be learnt."""
        ...

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in."""
        ...

    def finish(self) -> None:
        """All are in."""
        ...

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """The ids of the ``count`` nearest of each query [q, count], best first."""
        ...


def is_installed(package: str) -> bool:
    """Whether a package can be imported, without importing it."""
    return not package or importlib.util.find_spec(package) is not None

"""Differences of related photos as they are stored: 44 bytes each, so that 100,000 are read as one array."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import DIFFERENCE, difference_row
from twinlens.domain.difference import Difference

_NONE = bytes(DIFFERENCE.itemsize)


def packed(difference: Difference | None) -> bytes | None:
    """The bytes the catalog stores."""
    return None if difference is None else difference_row(difference).tobytes()


def unpacked(blobs: Sequence[bytes | None]) -> NDArray[np.void]:
    """Rows of ``DIFFERENCE`` from stored bytes; zeros where nothing is known."""
    return np.frombuffer(b"".join(blob or _NONE for blob in blobs), DIFFERENCE)

"""Differences of related photos as they are stored: 44 bytes each, so that 100,000 are read as one array."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import DIFFERENCE, no_differences
from twinlens.domain.difference import Difference

_NONE = bytes(DIFFERENCE.itemsize)


def packed(difference: Difference | None) -> bytes | None:
    """The bytes the catalog stores."""
    if difference is None:
        return None
    row = no_differences(1)
    shares = (difference.first_shared, difference.second_shared, difference.first_border, difference.second_border)
    row[0] = (difference.affine, *shares, int(difference.changes))
    return row.tobytes()


def unpacked(blobs: Sequence[bytes | None]) -> NDArray[np.void]:
    """Rows of ``DIFFERENCE`` from stored bytes; zeros where nothing is known."""
    return np.frombuffer(b"".join(blob or _NONE for blob in blobs), DIFFERENCE)

"""Edits that people make of photos, by name and with random parameters from a seed: what the matcher has to see through.

``families()`` says which there are, ``make(picture, name, rng)`` gives the edited picture as it looks after saving, and
``write(picture, name, stem, rng)`` the file. The same seed gives the same edit. For measuring, fitting and training.
"""

from pathlib import Path

import numpy as np

from twinlens.domain.fingerprint import UInt8Array
from twinlens.lab.edits.encodings import Encoding
from twinlens.lab.edits.kinds import EDITS, Edit, by_family

__all__ = ["EDITS", "Edit", "Encoding", "families", "make", "write"]


def families() -> dict[str, tuple[str, ...]]:
    """The names of all edits by family."""
    return by_family(EDITS.values())


def make(picture: UInt8Array, name: str, rng: np.random.Generator) -> UInt8Array:
    """The picture after one edit and after saving it.

    Args:
        picture: upright RGB, uint8 [h, w, 3]; it is not changed.
        name: one of ``families()``.
        rng: draws the parameters.

    Returns:
        uint8 RGB [h', w', 3], C-contiguous. Raises KeyError for an unknown name.
    """
    edit = EDITS[name]
    changed = picture if edit.change is None else edit.change(picture, rng)
    return np.ascontiguousarray(edit.encode(rng).decoded(changed))


def write(picture: UInt8Array, name: str, stem: Path, rng: np.random.Generator, exif: bytes | None = None) -> Path:
    """Write the edited picture to ``stem`` plus a suffix; ``exif``: metadata of the original to carry along."""
    edit = EDITS[name]
    changed = picture if edit.change is None else edit.change(picture, rng)
    return edit.encode(rng).write(np.ascontiguousarray(changed), stem, exif)

"""Signs of where photos come from, of a block of rows at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.signs import SENT_NAMES, Sign, signs_of_software

_TOLERANCE_PX = 16


def signs_of(
    about: Sequence[Sequence[Any]], width_px: Sequence[int], height_px: Sequence[int], paths: Sequence[bytes]
) -> NDArray[np.int16]:
    """Bits of ``Sign`` [n]. ``about``: software, whether the tables are a library's (-1 unknown), recorded width, height."""
    software, tables, recorded_width, recorded_height = about
    by_name = {name: int(signs_of_software(name)) for name in set(software)}
    signs = np.fromiter((by_name[name] for name in software), np.int16, len(software))
    has_library = np.array(tables, np.int8)
    signs[has_library == 1] |= int(Sign.LIBRARY_TABLES)
    signs[has_library == 0] |= int(Sign.OWN_TABLES)
    signs[(np.array((recorded_width, recorded_height), np.int64) > 0).all(axis=0)] |= int(Sign.RECORDED_SIZE)
    signs[_other_size((width_px, height_px), (recorded_width, recorded_height))] |= int(Sign.OTHER_SIZE)
    joined = b"\n".join(paths).lower()
    if any(part in joined for part in SENT_NAMES):  # nearly never: then one look tells
        names = (path.rpartition(b"/")[2].lower() for path in paths)
        sent = np.fromiter((any(part in name for part in SENT_NAMES) for name in names), np.bool_, len(paths))
        signs[sent] |= int(Sign.SENT)
    return signs


def _other_size(
    size: tuple[Sequence[int], Sequence[int]], recorded: tuple[Sequence[int], Sequence[int]]
) -> NDArray[np.bool_]:
    """Where the metadata name another size, whichever way the picture is turned; 0 says nothing."""
    has, said = (np.sort(np.array(sides, np.int64), axis=0) for sides in (size, recorded))
    return np.asarray((np.abs(has - said) > _TOLERANCE_PX).any(axis=0) & (said > 0).all(axis=0))

"""Were the places that changed painted over? Text, stamps and bars have few colours of their own, a subject has many.

Paint of one colour and one opacity maps the tones below it by ``y = a x + b`` with ``a`` below 1. Three such maps, found one
after the other by counting, explain nearly all of what a caption, a date or a tiled watermark changed.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.columns import Float64Array
from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.explained import Picture

_STRIKING_LEVELS = 12.0
_STRIKING = 4.0  # times the median residual
_MOST_PX = 1500
_FEWEST_PX = 12
_OPACITIES = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75)
_MAPS = 3
_BIN_LEVELS = 4.0  # in a picture of usual contrast; narrower in a flatter one, where all tones lie near each other
_BINS_A_MAP = 4
_CONTRAST_LEVELS = 45.0
_RANGE_LEVELS = 260.0


class Marks(Struct, frozen=True):
    """``changed_share``: part of the shared area that changed strikingly. ``painted_share``: part of it that three maps of
    tones explain. ``one_sided``: 1 if all of it became lighter, or all darker, 0 if half of each. ``colour_levels``: how
    much more its colour differences changed than those of half of the picture.
    """

    changed_share: float
    painted_share: float
    one_sided: float
    colour_levels: float


def marks(fixed: Picture, moved: Picture, residual: Float32Array, inside: NDArray[np.bool_]) -> Marks:
    """Read the places with a striking residual of two pictures on one canvas."""
    size = np.abs(residual)
    striking = inside & (size > max(_STRIKING_LEVELS, _STRIKING * float(np.median(size[::2, ::2][inside[::2, ::2]]))))
    places = np.flatnonzero(striking)
    share = len(places) / max(1, int(inside.sum()))
    if len(places) < _FEWEST_PX:
        return Marks(share, 1.0, 1.0, 0.0)
    places = places[:: max(1, len(places) // _MOST_PX)]
    (below, colours), (above, other_colours) = fixed, moved
    one, two = below.ravel()[places], above.ravel()[places]
    contrast = min(float(below[inside].std()), float(above[inside].std())) / _CONTRAST_LEVELS
    bins = np.arange(-_RANGE_LEVELS, _RANGE_LEVELS, _BIN_LEVELS * float(np.clip(contrast, 0.3, 1.0)))
    painted = max(_mapped_share(one, two, bins), _mapped_share(two, one, bins))
    one_sided = float(abs(np.sign(residual.ravel()[places]).mean()))
    recoloured = np.hypot(*np.moveaxis(other_colours - colours, -1, 0))
    usual = float(np.median(recoloured[::2, ::2][inside[::2, ::2]]))
    return Marks(share, painted, one_sided, float(recoloured.ravel()[places].mean()) - usual)


def _mapped_share(below: Float32Array, above: Float32Array, bins: Float64Array) -> float:
    """The part of the pixels whose tone ``above`` three maps give from the tone ``below``."""
    left = np.ones(len(below), np.bool_)
    width = _BINS_A_MAP * (bins[1] - bins[0])
    for _ in range(_MAPS):
        found = [(*_best_offset(above[left] - part * below[left], bins), part) for part in _OPACITIES]
        _, offset, opacity = max(found, key=lambda one: one[0])
        rest = above - opacity * below
        left &= (rest < offset) | (rest >= offset + width)
        if left.sum() < 4:
            break
    return 1 - float(left.mean())


def _best_offset(rest: Float32Array, bins: Float64Array) -> tuple[int, float]:
    """How many pixels share the offset that most share, and that offset."""
    joint = np.convolve(np.histogram(rest, bins=bins)[0], np.ones(_BINS_A_MAP, np.int64), mode="valid")
    at = int(joint.argmax())
    return int(joint[at]), float(bins[at])

"""What was measured of two pictures that lie one over the other, as numbers in a fixed order, for the fitted score."""

from collections.abc import Callable, Sequence

import numpy as np

from twinlens.domain.columns import Float64Array
from twinlens.matching.laying import Laid
from twinlens.matching.overlay import Correlations

_RESIDUALS = ("10", "25", "50", "75", "90", "97")
_SCALES = ("fine", "coarse", "coarsest")
_CORRELATIONS: dict[str, Callable[[Correlations], float]] = {
    "worst": lambda found: found.worst,
    "weak": lambda found: found.weak,
    "typical": lambda found: found.typical,
    "strong": lambda found: found.strong,
    "good share": lambda found: found.good_share,
}


def _log(ratio: float) -> float:
    return float(abs(np.log(np.clip(ratio, 0.05, 20.0))))


def named_numbers(laid: Laid) -> dict[str, float]:
    """All numbers by name; a residual is 0 for none, a correlation 1 for full."""
    found, spoilt, marked = laid.found, laid.left.spoilt, laid.marked
    numbers: dict[str, float] = {}
    for scale, residuals in zip(_SCALES, laid.left.scales, strict=True):
        for name, value in zip(_RESIDUALS, residuals.quantiles, strict=True):
            numbers[f"{scale} residual {name}"] = value
        numbers[f"{scale} residual worst"] = residuals.worst
        numbers[f"{scale} unevenness"] = residuals.unevenness
    for scale, correlations in (("fine", found.fine), ("coarse", found.coarse)):
        for name, read in _CORRELATIONS.items():
            numbers[f"{scale} correlation {name}"] = read(correlations)
    return numbers | {
        "moved px": found.moved_px,
        "drift px": found.drift_px,
        "focus spread": found.focus_spread,
        "focus shift": found.focus_shift,
        "spoilt share": spoilt.share,
        "spoilt piece": spoilt.piece,
        "spoilt span": spoilt.span,
        "spoilt fill": spoilt.fill,
        "residual 75 beside": spoilt.rest_most,
        "residual 90 beside": spoilt.rest_nearly,
        "changed share": marked.changed_share,
        "painted share": marked.painted_share,
        "one-sided": marked.one_sided,
        "coverage": laid.coverage,
        "border share": laid.border_share,
        "contrast factor": _log(laid.gain),
        "brightness levels": abs(laid.offset_levels),
        "sharpening": abs(laid.sharpening[0]),
        "wider sharpening": abs(laid.sharpening[1]),
        "least contrast": laid.left.least_contrast_levels,
        "strayed px": laid.strayed_px,
        "turn degrees": abs(laid.turn_degrees),
        "stretch": _log(laid.stretch),
        "scale": _log(float(np.sqrt(laid.scales[0] * laid.scales[1]))),
        "shear": laid.shear,
    }


def numbers(laid: Laid, names: Sequence[str]) -> Float64Array:
    """The numbers of these names, float64 [n]; raises KeyError for a name that is none."""
    named = named_numbers(laid)
    return np.array([named[name] for name in names], np.float64)

"""What the photographer or the camera changed between two frames of one view: the exposure, the focus, or nothing."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from twinlens.domain.relation import Transform

if TYPE_CHECKING:
    from twinlens.matching.steps import Step  # loads OpenCV

# The limits are those between the tuning half's brackets and stacks on one side, its series and bursts on the other.
STEADY_STRAYED = 0.015
STEADY_LIKENESS = 0.5
SAME_VIEW_AGREEMENT, SAME_VIEW_LIKENESS, SAME_VIEW_STRAYED = 0.6, 0.88, 0.25
OTHER_EXPOSURE_EV, OTHER_BIAS_EV = 0.45, 0.25
OTHER_TONE_LEVELS, TOLD_TONE_LEVELS = 16.0, 6.0
# A hand moves the view more than this from frame to frame, and its shaking looks like another focus. What the lens draws
# larger or softer as its focus moves still leaves the coarse picture alike.
FOCUS_STRAYED, FOCUS_LIKENESS, FOCUS_CHANGE, FOCUS_TONE_LEVELS = 0.006, 0.9, 0.08, 8.0


class Change(Struct, frozen=True):
    """``transform``: EXPOSED, FOCUSED or NONE. ``error_levels``: how far the pictures differ where the camera stood still."""

    transform: Transform
    error_levels: float | None = None


def change_of(seen: "Sequence[Step]", exposure_ev: float, bias_ev: float) -> Change:
    """What changed, from what was seen and what the metadata tell; NaN for differences that are unknown.

    An exposure that the camera adapted to the light leaves the picture as bright as it was; one of a bracket does not.
    """
    error = next((step.error_levels for step in seen if _is_steady(step)), None)
    if any(_is_exposed(step, exposure_ev, bias_ev) for step in seen):
        return Change(Transform.EXPOSED, error)
    if any(_is_focused(step, exposure_ev, bias_ev) for step in seen):
        return Change(Transform.FOCUSED, error)
    return Change(Transform.NONE, error)


def _is_steady(step: "Step") -> bool:
    return step.strayed <= STEADY_STRAYED and step.likeness >= STEADY_LIKENESS


def _is_exposed(step: "Step", exposure_ev: float, bias_ev: float) -> bool:
    told = abs(exposure_ev) >= OTHER_EXPOSURE_EV or abs(bias_ev) >= OTHER_BIAS_EV
    if told:
        # More light by the bias, or by time, aperture and sensitivity (a lower exposure value), is a brighter picture.
        lighter = bias_ev if abs(bias_ev) >= OTHER_BIAS_EV else -exposure_ev
        return step.brighter_levels * math.copysign(1.0, lighter) >= TOLD_TONE_LEVELS
    if not math.isnan(exposure_ev):
        return False
    same_view = step.strayed <= STEADY_STRAYED and step.likeness >= SAME_VIEW_LIKENESS
    if step.matches:
        same_view = (
            step.agreement >= SAME_VIEW_AGREEMENT
            and step.likeness >= SAME_VIEW_LIKENESS
            and step.strayed <= SAME_VIEW_STRAYED
        )
    return same_view and abs(step.brighter_levels) >= OTHER_TONE_LEVELS


def _is_focused(step: "Step", exposure_ev: float, bias_ev: float) -> bool:
    # NaN compares as False: what is unknown does not speak against it.
    if abs(exposure_ev) >= OTHER_EXPOSURE_EV or abs(bias_ev) >= OTHER_BIAS_EV:
        return False
    return (
        step.strayed <= FOCUS_STRAYED
        and step.likeness >= FOCUS_LIKENESS
        and step.refocused >= FOCUS_CHANGE
        and abs(step.brighter_levels) <= FOCUS_TONE_LEVELS
    )

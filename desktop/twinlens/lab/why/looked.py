"""What verification measures, and both pictures laid over each other."""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from msgspec.structs import asdict

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.relation import Transform
from twinlens.lab.figures import Picture, Pictures
from twinlens.lab.report import Cell, Column, Table, table
from twinlens.lab.why.pair import Pair
from twinlens.matching.classify import LOWEST_SCORE, TRUSTED_SCORE, edited_score, is_enough, same_shot_score
from twinlens.matching.evidence import named_numbers
from twinlens.matching.laying import Laid, couple_of, laid_over
from twinlens.matching.portraits import oriented, portrait_of
from twinlens.matching.registration import Agreement, agreement

_TRUSTED_ORIENTATION_BITS = 18
_NAMES = {  # of measurements, in words; any others stand under the name they have in the code
    "shift_px": "displacement, px of 240",
    "gain": "contrast factor",
    "offset_levels": "brightness, levels",
    "softening": "softening",
    "error_levels": "what is left on average, levels",
    "patch_levels": "what is left in the worst patch, levels",
    "colour_levels": "colour, levels",
    "texture_levels": "texture, levels",
    "detail_levels": "fine detail, levels",
    "correlation": "correlation of fine detail",
    "worst_block": "worst block, to what an encoder leaves",
}
_LOUDER = 4  # differences are shown so many times as large


@dataclass(frozen=True)
class Looked:
    """``turned``: how the first was turned before. Scores are None where one was not even measured."""

    turned: Transform
    agreed: Agreement | None
    laid: Laid | None
    same_shot: float | None
    edited: float | None
    one: UInt8Array
    two: UInt8Array
    shared: UInt8Array
    """The first, and the second laid over it: gray; and 255 where both show something."""


def look(pair: Pair) -> Looked:
    """Measure the pair as verification does."""
    near = pair.candidate.hash_distance <= _TRUSTED_ORIENTATION_BITS
    turned = min(pair.bits, key=lambda turned: (pair.bits[turned], turned.code)) if near else Transform.NONE
    one = oriented(pair.one, turned)
    shapes_fit = abs(np.log(one.shape[1] * pair.two.shape[0] / (one.shape[0] * pair.two.shape[1]))) < 0.03
    agreed = agreement(one, pair.two) if shapes_fit else None
    laid = laid_over(couple_of(one, pair.two), is_enough)
    first, second = (laid.first, laid.second) if laid else (portrait_of(one), portrait_of(pair.two))
    size = first.luma.shape[::-1]
    shared = np.full(first.luma.shape, 255, dtype=np.uint8)
    if laid is None:
        flat = cv2.resize(second.luma, size, interpolation=cv2.INTER_AREA)
    else:
        flat = cv2.warpAffine(second.luma, laid.matrix, size)
        whole = np.full(second.luma.shape, 255, dtype=np.uint8)
        shared = np.asarray(cv2.warpAffine(whole, laid.matrix, size, flags=cv2.INTER_NEAREST), dtype=np.uint8)
    return Looked(
        turned,
        agreed,
        laid,
        None if agreed is None else same_shot_score(agreed),
        None if laid is None else edited_score(laid),
        _gray(first.luma),
        _gray(flat),
        shared,
    )


def _gray(luma: np.ndarray[tuple[int, ...], np.dtype[np.float32]] | cv2.typing.MatLike) -> UInt8Array:
    return np.asarray(np.rint(luma).clip(0, 255), dtype=np.uint8)


def _mean(difference: cv2.typing.MatLike, shared: UInt8Array) -> float:
    return float(difference[shared > 0].mean()) if shared.any() else 0.0


def measurements(looked: Looked) -> list[Table]:
    """What was measured, for each of the two questions that verification asks."""
    columns = (Column("measurement", "measurement"), Column("value", "value"))
    found = []
    if looked.agreed is not None:
        words = (
            f"Score {looked.same_shot:.2f}; from {TRUSTED_SCORE:g} on it is the same shot, below it is never stored."
        )
        found.append(table("Is it one picture, encoded twice?", columns, _rows(asdict(looked.agreed)), words))
    if looked.laid is not None:
        laid = looked.laid
        words = (
            f"Laid over each other. Score {looked.edited:.2f}; stored from {LOWEST_SCORE:g} on, "
            f"grouped from {TRUSTED_SCORE:g} on as the settings are."
        )
        found.append(table("Is it one exposure, edited?", columns, _rows(named_numbers(laid)), words))
    return found


def _rows(numbers: Mapping[str, float]) -> list[tuple[Cell, ...]]:
    return [(_NAMES.get(name, name), f"{value:.4g}") for name, value in numbers.items()]


def pictures(pair: Pair, looked: Looked) -> list[Pictures]:
    """Both, and what is left of them after one was laid over the other."""
    both = Pictures("The two", (Picture("first", pair.one), Picture("second", pair.two)))
    difference = cv2.bitwise_and(cv2.absdiff(looked.one, looked.two), looked.shared)
    loud = np.asarray(np.minimum(difference.astype(np.uint16) * _LOUDER, 255), dtype=np.uint8)
    how = "laid over the first" if looked.laid is not None else "only scaled: no transform was found"
    laid = Pictures(
        "Laid over each other",
        (
            Picture("first" if looked.turned is Transform.NONE else f"first, {looked.turned.value}", looked.one),
            Picture(f"second, {how}", looked.two),
            Picture(f"difference, {_LOUDER} times as strong", loud),
        ),
        f"Mean difference {_mean(difference, looked.shared):.1f} of 255 levels, where both show something.",
    )
    return [both, laid]

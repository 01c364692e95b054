"""The fitted score: boosted decision trees over the measurements, as ``python -m benchmarks.fitting`` made them.

Friedman, Greedy function approximation: a gradient boosting machine (2001). What the fit may learn is bounded: more
residual, displacement or difference of focus never raises the score, more correlation never lowers it.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import Float64Array
from twinlens.domain.fingerprint import Int64Array

FILE_NAME = "edited_score.json"


@dataclass(frozen=True)
class FittedScore:
    """Trees one behind the other. Nodes [n]: ``feature`` (-1 for a leaf), ``threshold``, ``low`` and ``high`` (the next
    node for a number up to the threshold, and above it), ``value`` of a leaf. ``roots`` [t]. ``base``: what all add to.
    ``cut``, ``slope``: the sum at which the score is 0.75, and how steeply it rises there.
    """

    names: tuple[str, ...]
    feature: Int64Array
    threshold: Float64Array
    low: Int64Array
    high: Int64Array
    value: Float64Array
    roots: Int64Array
    base: float
    cut: float
    slope: float

    def sum(self, numbers: Float64Array) -> float:
        """The sum of all trees for numbers [k] in the order of ``names``; the higher the surer."""
        at = self.roots
        while True:
            feature = self.feature[at]
            inner = feature >= 0
            if not inner.any():
                return self.base + float(self.value[at].sum())
            goes_low = numbers[np.maximum(feature, 0)] <= self.threshold[at]
            at = np.where(inner, np.where(goes_low, self.low[at], self.high[at]), at)

    def score(self, numbers: Float64Array) -> float:
        """0 to 1, 0.75 at the cut: a logistic of the sum."""
        steps = (self.sum(numbers) - self.cut) * self.slope + np.log(3.0)
        return float(1 / (1 + np.exp(-np.clip(steps, -30, 30))))


@cache
def edited_fit() -> FittedScore:
    """The score for the question whether an edit of one exposure explains a pair."""
    text = resources.files("twinlens.matching").joinpath(FILE_NAME).read_text(encoding="utf-8")
    return fit_of(json.loads(text))


def fit_of(document: dict[str, Any]) -> FittedScore:
    """The score that a document describes; raises KeyError or ValueError for one that is none."""

    def whole(name: str) -> Int64Array:
        return np.asarray(document[name], np.int64)

    def real(name: str) -> NDArray[np.float64]:
        return np.asarray(document[name], np.float64)

    return FittedScore(
        tuple(document["names"]),
        whole("feature"),
        real("threshold"),
        whole("low"),
        whole("high"),
        real("value"),
        whole("roots"),
        float(document["base"]),
        float(document["cut"]),
        float(document["slope"]),
    )

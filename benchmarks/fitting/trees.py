"""Boosted trees over the measurements of pairs, fitted on the tuning half, as the document that the matcher reads.

Needs scikit-learn, which is no dependency of Twinlens: ``pip install scikit-learn`` beside it.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import BoolArray, Float64Array

TREES = 300
LEAVES = 8
LEARNING_RATE = 0.06
CUT = 2.0  # sum of the trees from which a pair is trusted: the score is 0.75 there
SLOPE = 0.6
NEVER_MORE = ("residual", "moved px", "drift px", "focus spread")  # of these, more never raises the score
NEVER_LESS = ("correlation", "painted share")
FREE = ("residual 10",)  # noise fills every block, an animal leaves most alone


@dataclass(frozen=True)
class Pairs:
    """Measured pairs. ``numbers`` float64 [n, k]; ``names`` of the columns; ``same``: whether it is one exposure."""

    names: tuple[str, ...]
    numbers: Float64Array
    same: BoolArray


def fit(pairs: Pairs) -> dict[str, Any]:
    """Fit the trees and give them as a document of plain lists."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    fitted = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=LEARNING_RATE,
        max_leaf_nodes=LEAVES,
        l2_regularization=5,
        min_samples_leaf=10,
        monotonic_cst=np.array([_direction(name) for name in pairs.names]),
        early_stopping=False,
    ).fit(pairs.numbers, pairs.same)
    nodes: dict[str, list[float]] = {name: [] for name in ("feature", "threshold", "low", "high", "value")}
    roots: list[int] = []
    for (predictor,) in fitted._predictors:
        roots.append(len(nodes["feature"]))
        _append(nodes, predictor.nodes, roots[-1])
    return {
        "names": list(pairs.names),
        **nodes,
        "roots": roots,
        "base": round(float(fitted._baseline_prediction.item()), 5),
        "cut": CUT,
        "slope": SLOPE,
    }


def write(document: dict[str, Any], path: Path) -> None:
    """Write a document with one list a line, so that a change of it can be read."""
    lines = [f" {json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in document.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _direction(name: str) -> int:
    if name.endswith(FREE):
        return 0
    if any(part in name for part in NEVER_MORE):
        return -1
    return 1 if any(part in name for part in NEVER_LESS) else 0


def _append(kept: dict[str, list[float]], nodes: NDArray[Any], start: int) -> None:
    """Nodes of one tree behind those of the others. A leaf is its own next node and asks for no feature."""
    for at, node in enumerate(nodes):
        leaf = bool(node["is_leaf"])
        kept["feature"].append(-1 if leaf else int(node["feature_idx"]))
        kept["threshold"].append(0.0 if leaf else float(f"{node['num_threshold']:.5g}"))
        kept["low"].append(start + (at if leaf else int(node["left"])))
        kept["high"].append(start + (at if leaf else int(node["right"])))
        kept["value"].append(float(f"{node['value']:.4g}") if leaf else 0.0)

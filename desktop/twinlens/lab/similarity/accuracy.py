"""Are the nearest of a photo of its own class? Counted once for all photos, then by class and by pair of classes."""

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.lab.similarity.gathering import Gathered
from twinlens.lab.similarity.neighbours import nearest
from twinlens.lab.workbench import Workbench


class Accuracy(Struct, frozen=True):
    """What was counted.

    Attributes:
        asked: photos asked about, by class [c].
        shares: of the neighbours of a class's photos, the part in each class, float32 [c, c]; rows sum to 1.
        accuracy: by class, the part of the neighbours that could be of the class and are [c]; NaN where nobody was asked.
        first: by class, the part of photos whose nearest neighbour is of the class [c].
        overall: of all photos asked, so that every photo counts the same; likewise ``first_overall``.
        chance: what ``overall`` would be for neighbours drawn at random.
    """

    asked: Int64Array
    shares: Float32Array
    accuracy: Float32Array
    first: Float32Array
    overall: float
    first_overall: float
    chance: float


def accuracy_of(bench: Workbench, photos: Gathered, neighbours: int, most_asked: int) -> Accuracy:
    """Ask about every photo of a class of at least two, or about ``most_asked`` of them, evenly spread."""
    keep = np.flatnonzero(photos.labels >= 0)
    vectors, labels = photos.vectors[keep] if len(keep) < len(photos) else photos.vectors, photos.labels[keep]
    classes = len(photos.folders)
    sizes = np.bincount(labels, minlength=classes)
    able = np.flatnonzero(sizes[labels] > 1)
    asked = able[np.linspace(0, len(able) - 1, min(len(able), most_asked)).astype(np.int64)]
    count = min(neighbours, len(labels) - 1)
    pairs = np.zeros((classes, classes), np.int64)
    right, first, numbers = np.zeros(classes), np.zeros(classes), np.zeros(classes, np.int64)
    for done, (rows, found, _) in enumerate(nearest(vectors, asked, count)):
        bench.step("Comparing", done * 512, len(asked))
        own, others = labels[rows], labels[found]
        same = others == own[:, None]
        np.add.at(pairs, (np.repeat(own, count), others.ravel()), 1)
        np.add.at(right, own, same.sum(axis=1) / np.minimum(count, sizes[own] - 1))
        np.add.at(first, own, same[:, 0])
        np.add.at(numbers, own, 1)
    with np.errstate(invalid="ignore"):
        shares = (pairs / pairs.sum(axis=1, keepdims=True)).astype(np.float32)
        by_class, first_by_class = (right / numbers).astype(np.float32), (first / numbers).astype(np.float32)
    others_a_photo = max(1, len(labels) - 1)
    possible = np.minimum(count, np.maximum(sizes - 1, 1))
    chance = float((numbers * count * (sizes - 1) / others_a_photo / possible).sum() / max(1, numbers.sum()))
    total = max(1, int(numbers.sum()))
    return Accuracy(
        numbers, shares, by_class, first_by_class, float(right.sum() / total), float(first.sum() / total), chance
    )


def confused(found: Accuracy) -> list[tuple[int, int, float, float]]:
    """Pairs of classes that take each other's places, the worst first: (a, b, a's neighbours in b, b's in a)."""
    shares = np.nan_to_num(found.shares)
    both = np.triu(shares + shares.T, 1)
    order = np.argsort(-both, axis=None, kind="stable")
    rows, columns = np.unravel_index(order[: np.count_nonzero(both)], both.shape)
    return [
        (int(row), int(column), float(shares[row, column]), float(shares[column, row]))
        for row, column in zip(rows, columns, strict=True)
    ]

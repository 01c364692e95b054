"""Rules: which photos of a group stay and which go. A rule only proposes; nothing happens before the user says so."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import PhotoColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.relation import PhotoClass

SortKey = Callable[[PhotoColumns, Int64Array], NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Decision:
    """Rows of one group that stay (best first, never empty) and that go."""

    keep: Int64Array
    reject: Int64Array


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to decide a group.

    ``key`` gives a number for each row, the smallest is kept; equals are decided by the keeper order. None follows the
    keeper order alone. ``keep_all_raw`` keeps every RAW file beside the best photo. ``classes``: where the rule may act.
    """

    name: str
    title: str
    key: SortKey | None = None
    keep_all_raw: bool = False
    classes: frozenset[PhotoClass] = frozenset(
        {PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS, PhotoClass.SAME_SHOT}
    )

    def decide(self, columns: PhotoColumns, rows: Int64Array, order: Int64Array, photo_class: PhotoClass) -> Decision:
        """Decide one group.

        Args:
            columns: all photos.
            rows: rows of the group, its keeper first.
            order: int64 [n], rank of every row of ``columns`` as keeper.
            photo_class: class of the group; where the rule may not act, all stay.

        Returns:
            What stays and what goes; together they are ``rows``.
        """
        nothing = np.zeros(0, dtype=np.int64)
        if photo_class not in self.classes or len(rows) < 2:
            return Decision(rows, nothing)
        ties = order[rows]
        best_first = np.lexsort((ties, self.key(columns, rows))) if self.key else np.argsort(ties, kind="stable")
        ranked = rows[best_first]
        stays = np.arange(len(ranked)) == 0
        if self.keep_all_raw:
            stays |= columns.is_raw[ranked]
        return Decision(ranked[stays], ranked[~stays])


def _smallness(columns: PhotoColumns, rows: Int64Array) -> NDArray[np.generic]:
    return -columns.width_px[rows].astype(np.int64) * columns.height_px[rows].astype(np.int64)


def _age(columns: PhotoColumns, rows: Int64Array) -> NDArray[np.generic]:
    return columns.mtime_s[rows]


def _youth(columns: PhotoColumns, rows: Int64Array) -> NDArray[np.generic]:
    return -columns.mtime_s[rows]


def _name_length(columns: PhotoColumns, rows: Int64Array) -> NDArray[np.generic]:
    return np.array([len(columns.paths[row].rpartition("/")[2]) for row in rows.tolist()], dtype=np.int64)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("suggested", "Keep the suggested one"),
        Rule("keep-largest", "Keep the one with the most pixels", _smallness),
        Rule("keep-oldest", "Keep the oldest file", _age),
        Rule("keep-newest", "Keep the newest file", _youth),
        Rule("keep-shortest-name", "Keep the one with the shortest name", _name_length),
        Rule("keep-raw", "Keep every RAW and the best photo", keep_all_raw=True),
    )
}

"""Verified relations between photos."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from twinlens.catalog.connection import Connection
from twinlens.domain.columns import PhotoColumns, RelationColumns
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform

_COLUMNS = "first, second, class_rank, score, transform, coverage, gap_s, aligned_error"
_SELECT = f"SELECT {_COLUMNS} FROM relations"  # noqa: S608 - fixed text


class RelationTable:
    """One row for each related pair, the strongest class that was found for it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, relations: Sequence[Relation]) -> None:
        """Store relations, each instead of an earlier one of the same pair.

        A relation to a photo that has left the catalog meanwhile is passed over. Raises ValueError unless
        ``first`` < ``second``.
        """
        for relation in relations:
            if relation.first >= relation.second:
                raise ValueError(
                    f"a relation names the smaller photo id first, not {relation.first}, {relation.second}"
                )
        with self._db.transaction():
            self._db.run_many(
                f"INSERT OR REPLACE INTO relations ({_COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8"  # noqa: S608 - fixed text
                " WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1) AND EXISTS (SELECT 1 FROM photos WHERE id = ?2)",
                [_values(relation) for relation in relations],
            )

    def of(self, photo_id: PhotoId) -> list[Relation]:
        """All relations of a photo."""
        rows = self._db.rows(f"{_SELECT} WHERE first = ?1 OR second = ?1 ORDER BY first, second", (int(photo_id),))
        return [
            Relation(
                PhotoId(first), PhotoId(second), PhotoClass.from_rank(rank), score, Transform.from_code(code), *rest
            )
            for first, second, rank, score, code, *rest in rows
        ]

    def columns(self, photo_columns: PhotoColumns) -> RelationColumns:
        """All relations between photos of these columns; any others are left out."""
        rows = self._db.rows(_SELECT)
        values: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 8
        pairs = np.array([values[0], values[1]], np.int64)
        known = np.isin(pairs, photo_columns.photo_id).all(axis=0)
        first_row, second_row = np.searchsorted(photo_columns.photo_id, pairs[:, known])
        return RelationColumns(
            first_row=first_row.astype(np.int64),
            second_row=second_row.astype(np.int64),
            class_rank=np.array(values[2], np.int8)[known],
            score=np.array(values[3], np.float32)[known],
            transform_code=np.array(values[4], np.int8)[known],
            coverage=np.array(values[5], np.float32)[known],
            gap_s=np.array(values[6], np.float32)[known],
            aligned_error=np.array(values[7], np.float32)[known],
        )

    def among(self, ids: Sequence[PhotoId]) -> set[tuple[PhotoId, PhotoId]]:
        """The related pairs both of whose photos are among these."""
        rows = self._db.rows(
            "WITH wanted AS (SELECT value FROM json_each(?)) SELECT first, second FROM relations"
            " WHERE first IN wanted AND second IN wanted",
            (json.dumps([int(id_) for id_ in ids]),),
        )
        return {(PhotoId(first), PhotoId(second)) for first, second in rows}

    def drop_all(self) -> None:
        """Forget all relations."""
        with self._db.transaction():
            self._db.run("DELETE FROM relations")

    def count(self) -> int:
        """How many relations there are."""
        return self._db.number("SELECT count(*) FROM relations")


def _values(relation: Relation) -> tuple[float | int | None, ...]:
    return (
        int(relation.first),
        int(relation.second),
        relation.photo_class.rank,
        float(relation.score),
        relation.transform.code,
        float(relation.coverage),
        None if relation.gap_s is None else float(relation.gap_s),
        None if relation.aligned_error is None else float(relation.aligned_error),
    )

"""Verified relations between photos."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from twinlens.catalog.connection import Connection
from twinlens.catalog.differences import packed, unpacked
from twinlens.catalog.stored_relations import read_relations
from twinlens.domain.columns import PhotoColumns, RelationColumns, difference_of
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform

_COLUMNS = "first, second, class_rank, score, transform, coverage, gap_s, aligned_error, difference"
FEW_PHOTOS = 1000  # relations of so few are looked up one by one, not searched among all
_SELECT = f"SELECT {_COLUMNS} FROM relations"  # noqa: S608 - fixed text


class RelationTable:
    """One row for each related pair, the strongest class that was found for it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, relations: Sequence[Relation], contents: Mapping[PhotoId, bytes] | None = None) -> None:
        """Store relations, each instead of an earlier one of the same pair.

        A relation to a photo that has left the catalog meanwhile is passed over; where ``contents`` says what was
        compared, so is one to a photo whose content is another now. Raises ValueError unless ``first`` < ``second``.
        """
        seen = {} if contents is None else contents
        for relation in relations:
            if relation.first >= relation.second:
                raise ValueError(
                    f"a relation names the smaller photo id first, not {relation.first}, {relation.second}"
                )
        with self._db.transaction():
            self._db.run_many(
                f"INSERT OR REPLACE INTO relations ({_COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9"  # noqa: S608 - fixed text
                " WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1 AND content = coalesce(?10, content))"
                " AND EXISTS (SELECT 1 FROM photos WHERE id = ?2 AND content = coalesce(?11, content))",
                [(*_values(one), seen.get(one.first), seen.get(one.second)) for one in relations],
            )

    def of(self, photo_id: PhotoId) -> list[Relation]:
        """All relations of a photo."""
        rows = self._db.rows(f"{_SELECT} WHERE first = ?1 OR second = ?1 ORDER BY first, second", (int(photo_id),))
        return [_relation(row) for row in rows]

    def columns(self, photo_columns: PhotoColumns) -> RelationColumns:
        """All relations between photos of these columns; any others are left out."""
        few = photo_columns.photo_id if len(photo_columns) <= FEW_PHOTOS else None
        return read_relations(self._db, few).columns(photo_columns.photo_id)

    def among(self, ids: Sequence[PhotoId]) -> set[tuple[PhotoId, PhotoId]]:
        """The related pairs both of whose photos are among these."""
        rows = self._db.rows(
            "WITH wanted AS (SELECT value FROM json_each(?)) SELECT first, second FROM relations"
            " WHERE first IN wanted AND second IN wanted",
            (json.dumps([int(id_) for id_ in ids]),),
        )
        return {(PhotoId(first), PhotoId(second)) for first, second in rows}

    def between(self, ids: Sequence[PhotoId]) -> dict[tuple[PhotoId, PhotoId], Relation]:
        """The relations both of whose photos are among these."""
        rows = self._db.rows(
            f"WITH wanted AS (SELECT value FROM json_each(?)) {_SELECT}"  # noqa: S608 - fixed text
            " WHERE first IN wanted AND second IN wanted",
            (json.dumps([int(id_) for id_ in ids]),),
        )
        return {(relation.first, relation.second): relation for relation in map(_relation, rows)}

    def drop_all(self) -> None:
        """Forget all relations."""
        with self._db.transaction():
            self._db.run("DELETE FROM relations")

    def count(self) -> int:
        """How many relations there are."""
        return self._db.number("SELECT count(*) FROM relations")


def _relation(row: Sequence[Any]) -> Relation:
    first, second, rank, score, code, coverage, gap_s, error, stored = row
    return Relation(
        PhotoId(first),
        PhotoId(second),
        PhotoClass.from_rank(rank),
        score,
        Transform.from_code(code),
        coverage,
        gap_s,
        error,
        difference_of(unpacked([stored])[0]),
    )


def _values(relation: Relation) -> tuple[float | int | bytes | None, ...]:
    return (
        int(relation.first),
        int(relation.second),
        relation.photo_class.rank,
        float(relation.score),
        relation.transform.code,
        float(relation.coverage),
        None if relation.gap_s is None else float(relation.gap_s),
        None if relation.aligned_error is None else float(relation.aligned_error),
        packed(relation.difference),
    )

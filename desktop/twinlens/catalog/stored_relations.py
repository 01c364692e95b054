"""The rows of the relations as arrays, by photo id: what columns are made of, and what changed rows are put into."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.catalog.changes import CHANGED_FIRSTS
from twinlens.catalog.connection import Connection, Value
from twinlens.catalog.differences import unpacked
from twinlens.catalog.merging import merged_order
from twinlens.domain.columns import Int8Array, RelationColumns, no_differences
from twinlens.domain.fingerprint import Float32Array, Int64Array

_SELECT = (
    "SELECT first, second, class_rank, score, transform, coverage, gap_s, aligned_error, difference FROM relations"
    " {} ORDER BY first, second"
)
_TYPES = (np.int64, np.int64, np.int8, np.float32, np.int8, np.float32, np.float32, np.float32)
_AMONG = "WHERE first IN (SELECT value FROM json_each(?1)) AND second IN (SELECT value FROM json_each(?1))"


class StoredRelations(Struct, frozen=True):
    """One row a relation, ascending by ``first``, then ``second``: photo ids. The rest as in ``RelationColumns``."""

    first: Int64Array
    second: Int64Array
    class_rank: Int8Array
    score: Float32Array
    transform_code: Int8Array
    coverage: Float32Array
    gap_s: Float32Array
    aligned_error: Float32Array
    difference: NDArray[np.void]

    def merged(self, changed: Sequence[int], now: "StoredRelations") -> "StoredRelations":
        """Without the rows whose first photo is ``changed``, and with those of ``now`` instead, which are among them."""
        order = merged_order(self.first, np.array(changed, np.int64), now.first)
        names = StoredRelations.__struct_fields__
        return StoredRelations(*(np.concatenate([getattr(self, name), getattr(now, name)])[order] for name in names))

    def columns(self, photo_ids: Int64Array) -> RelationColumns:
        """The relations between these photos (ascending), by their rows; any others are left out."""
        first_row, second_row = np.searchsorted(photo_ids, self.first), np.searchsorted(photo_ids, self.second)
        last = max(len(photo_ids) - 1, 0)
        known = np.zeros(len(self.first), np.bool_)
        if len(photo_ids):
            known = (photo_ids[np.minimum(first_row, last)] == self.first) & (
                photo_ids[np.minimum(second_row, last)] == self.second
            )
        return RelationColumns(
            first_row=first_row[known].astype(np.int64),
            second_row=second_row[known].astype(np.int64),
            class_rank=self.class_rank[known],
            score=self.score[known],
            transform_code=self.transform_code[known],
            coverage=self.coverage[known],
            gap_s=self.gap_s[known],
            aligned_error=self.aligned_error[known],
            difference=self.difference[known],
        )


def read_relations(connection: Connection, among: Int64Array | None = None) -> StoredRelations:
    """All relations of the catalog, or those both of whose photos are among these."""
    return _read(connection, "") if among is None else _read(connection, _AMONG, json.dumps(among.tolist()))


def read_changed_relations(connection: Connection, since: int) -> StoredRelations:
    """All relations of which the first photo had any that came, changed or went after this moment."""
    return _read(connection, f"WHERE first {CHANGED_FIRSTS}", since)


def _read(connection: Connection, where: str, *values: Value) -> StoredRelations:
    parts: list[list[NDArray[Any]]] = [[np.zeros(0, kind)] for kind in _TYPES]
    differences: list[NDArray[Any]] = [no_differences(0)]
    for block in connection.blocks(_SELECT.format(where), values):
        *plain, stored = zip(*block, strict=True)
        for part, kind, column in zip(parts, _TYPES, plain, strict=True):
            part.append(np.array(column, kind))
        differences.append(unpacked(stored))
    parts.append(differences)
    return StoredRelations(*(np.concatenate(part) for part in parts))

"""Copy vectors: the network's second answer, near for pictures that were made from one photo."""

import json
from collections.abc import Sequence

import numpy as np

from twinlens.catalog.connection import Connection
from twinlens.catalog.vectors import model_number, normalised
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.photo import PhotoId

_OF_MODEL = "FROM copy_vectors WHERE model = (SELECT id FROM models WHERE sha256 = ?1)"


class CopyVectorTable:
    """The copy vectors of the photos, by network. Written by ``PhotoTable.save``; later ones by ``save``."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, vectors: Sequence[tuple[PhotoId, Float32Array]], model_sha256: str) -> None:
        """Store vectors of photos, each instead of an earlier one of the same network."""
        with self._db.transaction():
            model = model_number(self._db, model_sha256)
            for photo_id, vector in vectors:
                save_copy_vector(self._db, int(photo_id), model, vector)

    def of(self, photo_id: PhotoId, model_sha256: str) -> Float32Array | None:
        """The vector of one photo, float32 [c]; None if it has none of this network."""
        vectors = self.of_photos([int(photo_id)], model_sha256)[1]
        return vectors[0] if len(vectors) else None

    def of_photos(self, ids: Sequence[int], model_sha256: str) -> tuple[Int64Array, Float32Array]:
        """The vectors of these photos: ids ascending, float32 [n, c]; photos without one are left out."""
        rows = self._db.rows(
            f"SELECT photo_id, vector {_OF_MODEL} AND photo_id IN (SELECT value FROM json_each(?2)) ORDER BY photo_id",  # noqa: S608 - fixed text
            (model_sha256, json.dumps([int(id_) for id_ in ids])),
        )
        return np.fromiter((row[0] for row in rows), np.int64, len(rows)), normalised([row[1] for row in rows])

    def after(self, number: int, model_sha256: str, limit: int) -> tuple[int, Int64Array, Float32Array]:
        """What was stored after the vector with this number (0: all), ``limit`` at most: the number to go on from, photo
        ids and vectors, float32 [n, c]. A photo that is away keeps its vector.
        """
        rows = self._db.rows(
            # The plus keeps SQLite from sorting all of the network's rows for each part: it walks along the ids.
            "SELECT id, photo_id, vector FROM copy_vectors"
            " WHERE +model = (SELECT id FROM models WHERE sha256 = ?1) AND id > ?2 ORDER BY id LIMIT ?3",
            (model_sha256, number, limit),
        )
        last = int(rows[-1][0]) if rows else number
        return last, np.fromiter((row[1] for row in rows), np.int64, len(rows)), normalised([row[2] for row in rows])


def save_copy_vector(connection: Connection, photo_id: int, model: int, vector: Float32Array | None) -> None:
    """Store the vector of a photo instead of an earlier one of the same network; where it has none, nothing."""
    if vector is not None:
        connection.run(
            "INSERT OR REPLACE INTO copy_vectors (model, photo_id, vector) VALUES (?, ?, ?)",
            (model, photo_id, vector.astype("<f2").tobytes()),
        )

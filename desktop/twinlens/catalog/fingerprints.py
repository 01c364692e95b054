"""The stored fingerprints as arrays: hashes and histograms for the prefilter, vectors for the index."""

import json
from collections.abc import Iterable, Sequence

import numpy as np

from twinlens.catalog.connection import Connection, Row
from twinlens.catalog.vectors import model_number, normalised, save_vector
from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.fingerprint import HISTOGRAM_BINS, Fingerprints, Float32Array, Int64Array, UInt64Array
from twinlens.domain.photo import PhotoId

_NOT_AWAY = "photo_id NOT IN (SELECT id FROM photos WHERE away = 1)"
_PREFILTER = "SELECT photo_id, perceptual, histogram FROM fingerprints"
_OF_MODEL = f" FROM embeddings e JOIN models m ON m.id = e.model WHERE m.sha256 = ?1 AND e.{_NOT_AWAY}"


class FingerprintTable:
    """What the photos look like to the machine. Written by ``PhotoTable.save``; later vectors by ``save_vectors``."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def columns(self) -> FingerprintColumns:
        """Perceptual hashes and histograms of all photos, ascending by id."""
        return _columns(self._db.blocks(f"{_PREFILTER} WHERE {_NOT_AWAY} ORDER BY photo_id"))

    def columns_of(self, ids: Sequence[PhotoId]) -> FingerprintColumns:
        """The same of these photos; those that are not there or away are left out."""
        wanted = json.dumps([int(id_) for id_ in ids])
        condition = f"{_NOT_AWAY} AND photo_id IN (SELECT value FROM json_each(?1))"  # noqa: S608 - fixed text
        return _columns([self._db.rows(f"{_PREFILTER} WHERE {condition} ORDER BY photo_id", (wanted,))])

    def ids(self) -> Int64Array:
        """The photos that have fingerprints and are not away, ascending. Every photo gets them with its row."""
        ids = _ids(self._db.rows("SELECT id FROM photos WHERE away = 0"))
        return np.sort(ids)

    def count(self) -> int:
        """How many photos ``ids`` would name, from indexes alone."""
        return self._db.number("SELECT (SELECT count(*) FROM photos) - (SELECT count(*) FROM photos WHERE away = 1)")

    def embeddings(self, model_sha256: str) -> tuple[Int64Array, Float32Array]:
        """All vectors of one network: ids ascending, float32 [n, d], L2-normalised ([0, 0] when there are none)."""
        return _vectors(self._db.rows(f"SELECT e.photo_id, e.vector{_OF_MODEL} ORDER BY e.photo_id", (model_sha256,)))

    def embedding_ids(self, model_sha256: str) -> Int64Array:
        """The photos that have a vector of this network, ascending."""
        return _ids(self._db.rows(f"SELECT e.photo_id{_OF_MODEL} ORDER BY e.photo_id", (model_sha256,)))

    def embedding_count(self, model_sha256: str) -> int:
        """How many photos have a vector of this network."""
        return self._db.number(f"SELECT count(*){_OF_MODEL}", (model_sha256,))

    def embedding_of(self, photo_id: PhotoId, model_sha256: str) -> Float32Array | None:
        """The vector of one photo, float32 [d]; None if it has none of this network."""
        vectors = self.embeddings_of([photo_id], model_sha256)[1]
        return vectors[0] if len(vectors) else None

    def embeddings_of(self, ids: Sequence[PhotoId], model_sha256: str) -> tuple[Int64Array, Float32Array]:
        """The vectors of these photos: ids ascending, float32 [n, d]; photos without one are left out."""
        wanted = json.dumps([int(id_) for id_ in ids])
        return _vectors(
            self._db.rows(
                f"SELECT e.photo_id, e.vector{_OF_MODEL}"  # noqa: S608 - fixed text
                " AND e.photo_id IN (SELECT value FROM json_each(?2)) ORDER BY e.photo_id",
                (model_sha256, wanted),
            )
        )

    def of(self, photo_id: PhotoId, sharpness: float | None) -> Fingerprints | None:
        """The fingerprints of one photo, with the sharpness that its row has; None if there are none."""
        row = self._db.row("SELECT perceptual, histogram FROM fingerprints WHERE photo_id = ?", (int(photo_id),))
        if row is None or sharpness is None:
            return None
        return Fingerprints(
            np.frombuffer(row[0], "<u8").astype(np.uint64), np.frombuffer(row[1], "<f4").astype(np.float32), sharpness
        )

    def vector_of(self, photo_id: PhotoId, model_sha256: str) -> tuple[Float32Array | None, float | None]:
        """The vector of one photo, float32 [d], with its length before normalising; None if it has none."""
        row = self._db.row(
            "SELECT e.vector, e.norm FROM embeddings e JOIN models m ON m.id = e.model"
            " WHERE e.photo_id = ? AND m.sha256 = ?",
            (int(photo_id), model_sha256),
        )
        return (None, None) if row is None else (normalised([row[0]])[0], row[1])

    def save_vectors(self, vectors: Sequence[tuple[PhotoId, Float32Array, float | None]], model_sha256: str) -> None:
        """Store vectors of photos that had none of this network, with their norms; the photos are to be matched again."""
        with self._db.transaction():
            model = model_number(self._db, model_sha256)
            for photo_id, vector, norm in vectors:
                save_vector(self._db, int(photo_id), model, vector, norm)
            self._db.run_many("INSERT OR IGNORE INTO unmatched VALUES (?)", [(int(id_),) for id_, _, _ in vectors])


def _columns(blocks: Iterable[list[Row]]) -> FingerprintColumns:
    ids: list[Int64Array] = [np.zeros(0, np.int64)]
    hashes: list[UInt64Array] = [np.zeros((0, 8), np.uint64)]
    histograms = [np.zeros((0, 3 * HISTOGRAM_BINS), np.float16)]
    for block in blocks:
        ids.append(_ids(block))
        hashes.append(np.frombuffer(b"".join([row[1] for row in block]), "<u8").reshape(-1, 8))
        whole = np.frombuffer(b"".join([row[2] for row in block]), "<f4").reshape(-1, 3 * HISTOGRAM_BINS)
        histograms.append(whole.astype(np.float16))
    return FingerprintColumns(np.concatenate(ids), np.concatenate(hashes), np.concatenate(histograms))


def _ids(rows: list[Row]) -> Int64Array:
    return np.fromiter((row[0] for row in rows), np.int64, len(rows))


def _vectors(rows: list[Row]) -> tuple[Int64Array, Float32Array]:
    return _ids(rows), normalised([row[1] for row in rows])

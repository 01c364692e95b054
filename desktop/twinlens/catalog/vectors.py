"""Embedding vectors as the catalog stores them: float16, by network and photo."""

import numpy as np

from twinlens.catalog.connection import Connection
from twinlens.domain.fingerprint import Float32Array


def model_number(connection: Connection, sha256: str) -> int:
    """The catalog's number for a network; a new one gets one. Call it inside a transaction."""
    connection.run("INSERT INTO models (sha256) VALUES (?) ON CONFLICT DO NOTHING", (sha256,))
    return connection.number("SELECT id FROM models WHERE sha256 = ?", (sha256,))


def save_vector(connection: Connection, photo_id: int, model: int, vector: Float32Array, norm: float | None) -> None:
    """Store the vector of a photo instead of an earlier one of the same network."""
    connection.run(
        "INSERT INTO embeddings (model, photo_id, norm, vector) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (model, photo_id) DO UPDATE SET norm = excluded.norm, vector = excluded.vector",
        (model, photo_id, None if norm is None else float(norm), vector.astype("<f2").tobytes()),
    )


def delete_other_vectors(connection: Connection, photo_id: int, kept_model: int | None) -> None:
    """Drop the vectors of a photo whose content is another now, save that of ``kept_model``, which is replaced."""
    connection.run("DELETE FROM embeddings WHERE photo_id = ? AND model IS NOT ?", (photo_id, kept_model))
    connection.run("DELETE FROM copy_vectors WHERE photo_id = ? AND model IS NOT ?", (photo_id, kept_model))


def normalised(blobs: list[bytes]) -> Float32Array:
    """Stored vectors as float32 [n, d] of unit length again (rounding to float16 moves the length by up to 0.05 %)."""
    if not blobs:
        return np.empty((0, 0), dtype=np.float32)
    vectors = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1).astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(lengths, np.finfo(np.float32).tiny)[:, None]
    return vectors

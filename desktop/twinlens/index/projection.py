"""The directions along which a library's vectors differ most: 256 numbers that rank neighbours as 1280 do, nearly.

Principal directions about the origin (K. Pearson, "On lines and planes of closest fit", 1901; C. Eckart and G. Young,
"The approximation of one matrix by another of lower rank", 1936, for why no other 256 keep more of the inner products).
Projected vectors are brought to unit length again: what two near-duplicates show beyond the known directions is left out
of both, so that they stay near, where the plain product of the projections would call them strangers. Measured on crops
of real photos, with directions learnt from other photos: among the 3 k best by projection are 99.7 % of the true k = 49,
97.5 to 99.0 % without the unit length.
"""

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, Int64Array

DIRECTIONS = 256
SAMPLE = 4_096  # vectors that are learnt from; more change little


class Projection(Struct, frozen=True):
    """``basis``: float32 [d, k], orthonormal columns. ``library_size``: how many vectors there were when it was learnt."""

    basis: Float32Array
    library_size: int

    @property
    def dimension(self) -> int:
        """The length of the vectors that it projects."""
        return int(self.basis.shape[0])

    def project(self, vectors: Float32Array) -> Float32Array:
        """Vectors [n, d] as unit vectors [n, k]."""
        projected = vectors @ self.basis
        lengths = np.sqrt(np.einsum("ij,ij->i", projected, projected))
        projected /= np.maximum(lengths, np.finfo(np.float32).tiny)[:, None]
        return np.asarray(projected, np.float32)


def learn(vectors: Float32Array, library_size: int) -> Projection:
    """The projection for a library of which ``vectors`` [n, d] are a fair sample."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)  # ascending: the last ones matter
    strongest = directions[:, ::-1][:, :DIRECTIONS]
    return Projection(np.ascontiguousarray(strongest, np.float32), library_size)


def fair_sample(photo_ids: Int64Array) -> Int64Array:
    """At most ``SAMPLE`` of these ids, evenly spread: photos of all years, not only of the first folder."""
    if len(photo_ids) <= SAMPLE:
        return photo_ids
    return photo_ids[np.linspace(0, len(photo_ids) - 1, SAMPLE).astype(np.int64)]

"""Two other ways on the same photos: imagehash's pHash at its usual threshold, and the embedding alone.

imagehash has no threshold of its own; 8 of 64 bits is our choice, precision is printed for imagededup's default of 10 too.
The embedding gets the
threshold at which it joins as many strangers as Twinlens did.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.quality_kinds import ROW_OF
from twinlens.domain.fingerprint import Float32Array, UInt64Array
from twinlens.fingerprints.model import bundled_model
from twinlens.lab.copies.made import Copy
from twinlens.library.open import Library

USUAL_BITS = (8, 10)
_KEPT_STRANGERS = 4_000


@dataclass
class Distances:
    """Of all rounds: by row of the table the bits and cosines between copies and originals; and those between strangers."""

    bits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    cosines: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    near_strangers: dict[int, int] = field(default_factory=lambda: dict.fromkeys(USUAL_BITS, 0))
    near_copies: dict[int, int] = field(default_factory=lambda: dict.fromkeys(USUAL_BITS, 0))
    stranger_cosines: list[float] = field(default_factory=list)
    _hashes: dict[str, int] = field(default_factory=dict)

    def add(self, library_folder: Path, copies: Sequence[Copy], family_of: dict[str, str], scored: set[str]) -> None:
        """Measure a round; pairs of photos that were there in an earlier round count there only."""
        with Library.open(library_folder, read_only=True) as library:
            paths, hashes, vectors = self._read(library)
        row_of = {path: row for row, path in enumerate(paths)}
        for copy in copies:
            one, two = row_of.get(copy.path), row_of.get(copy.original)
            if one is None or two is None:
                continue
            row = ROW_OF[copy.kind].name
            self.bits[row].append(int(np.bitwise_count(hashes[one] ^ hashes[two])))
            self.cosines[row].append(float(vectors[one] @ vectors[two]))
        self._count_pairs(paths, hashes, vectors, {copy.path for copy in copies}, family_of, scored)

    def _read(self, library: Library) -> tuple[list[str], UInt64Array, Float32Array]:
        catalog = library.catalog()
        columns = catalog.photos.columns()
        ids, vectors = catalog.fingerprints.embeddings_of(columns.photo_id.tolist(), bundled_model().identity.sha256)
        path_of = dict(zip(columns.photo_id.tolist(), columns.paths, strict=True))
        paths = [path_of[photo_id] for photo_id in ids.tolist()]
        for photo_id, path in zip(ids.tolist(), paths, strict=True):
            if path not in self._hashes:
                preview = library.preview(photo_id)
                picture = Image.new("RGB", (32, 32)) if preview is None else Image.fromarray(preview)
                packed = np.packbits(imagehash.phash(picture).hash.ravel())
                self._hashes[path] = int.from_bytes(packed.tobytes(), "big")
        return paths, np.array([self._hashes[path] for path in paths], np.uint64), vectors

    def _count_pairs(
        self,
        paths: Sequence[str],
        hashes: UInt64Array,
        vectors: Float32Array,
        new: set[str],
        family_of: dict[str, str],
        scored: set[str],
    ) -> None:
        names = [family_of.get(path, path) for path in paths]
        number = {name: at for at, name in enumerate(dict.fromkeys(names))}
        family = np.array([number[name] for name in names])
        counts = np.array([name in scored for name in names])
        is_new = np.array([path in new for path in paths])
        for row in np.flatnonzero(is_new).tolist():
            others: NDArray[np.bool_] = ~is_new
            others[:row] |= is_new[:row]
            others &= counts[row] | counts
            strangers = others & (family != family[row])
            bits = np.bitwise_count(hashes ^ hashes[row])
            for most in USUAL_BITS:
                self.near_strangers[most] += int((strangers & (bits <= most)).sum())
                self.near_copies[most] += int((others & ~strangers & (bits <= most)).sum())
            cosines = vectors[strangers] @ vectors[row]
            self.stranger_cosines += (
                np.partition(cosines, -20)[-20:].tolist() if len(cosines) > 20 else cosines.tolist()
            )
        self.stranger_cosines = sorted(self.stranger_cosines, reverse=True)[:_KEPT_STRANGERS]

    def cosine_with(self, strangers: int) -> float:
        """The lowest threshold at which at most so many strangers are joined."""
        return self.stranger_cosines[min(strangers, len(self.stranger_cosines) - 1)] + 1e-6

    def recall_by_bits(self, most: int) -> dict[str, float]:
        """The part of each row within so many bits."""
        return {row: float((np.array(bits) <= most).mean()) for row, bits in self.bits.items()}

    def recall_by_cosine(self, least: float) -> dict[str, float]:
        """The part of each row from this cosine on."""
        return {row: float((np.array(cosines) >= least).mean()) for row, cosines in self.cosines.items()}

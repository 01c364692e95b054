"""For every copy that was not found: what came nearest to finding it."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality_kinds import ROW_OF
from twinlens.domain.photo import Photo
from twinlens.domain.relation import PhotoClass
from twinlens.fingerprints.model import bundled_model
from twinlens.lab.copies.made import Copy
from twinlens.library.open import Library
from twinlens.matching.candidates import COPY_FLOOR, COSINE_FLOOR, HASH_RADIUS_BITS, Candidate, candidates_of_pairs
from twinlens.matching.exposure import are_two_exposures, traits_of
from twinlens.matching.verify import Verifier

HEADER = ("row", "kind", "copy", "original", "what happened", "bits", "cosine", "histogram", "verification says")


def explain_misses(library_folder: Path, missed: Sequence[Copy]) -> list[tuple[str, ...]]:
    """One row for each miss, as ``HEADER`` names them."""
    with Library.open(library_folder, read_only=True) as library:
        catalog = library.catalog()
        columns = catalog.fingerprints.columns()
        verifier = Verifier(library)
        rows: list[tuple[str, ...]] = []
        for copy in missed:
            one, two = catalog.photos.by_path(copy.path), catalog.photos.by_path(copy.original)
            names = (ROW_OF[copy.kind].name, copy.kind, copy.path, copy.original)
            if one is None or two is None:
                rows.append((*names, "not read", "", "", "", ""))
                continue
            first, second = sorted((one, two), key=lambda photo: photo.id)
            found = candidates_of_pairs([(first.id, second.id)], columns)
            if not found:
                rows.append((*names, "no fingerprints", "", "", "", ""))
                continue
            rows.append((*names, *_what_happened(library, verifier, found[0], first, second)))
    return rows


def _what_happened(
    library: Library, verifier: Verifier, pair: Candidate, first: Photo, second: Photo
) -> tuple[str, str, str, str, str]:
    sha256 = bundled_model().identity.sha256
    vectors = [library.catalog().fingerprints.embedding_of(photo.id, sha256) for photo in (first, second)]
    _, copies = library.catalog().copy_vectors.of_photos([first.id, second.id], sha256)
    cosine = None if vectors[0] is None or vectors[1] is None else float(np.dot(vectors[0], vectors[1]))
    floor = COSINE_FLOOR
    if len(copies) == 2:  # they propose in the place of the embeddings
        cosine, floor = float(np.dot(copies[0], copies[1])), COPY_FLOOR
    traits = traits_of(first), traits_of(second)
    decided = verifier.relate(pair, *traits)
    if decided is not None:
        says = f"{decided.photo_class.value} {decided.score:.2f}"
    else:
        says = "two exposures by metadata" if are_two_exposures(*traits) else "refused"
    stored = [
        relation
        for relation in library.catalog().relations.of(first.id)
        if second.id in (relation.first, relation.second)
    ]
    numbers = (str(pair.hash_distance), "" if cosine is None else f"{cosine:.3f}", f"{pair.histogram_similarity:.3f}")
    return (
        _stage(pair, cosine is not None and cosine >= floor, stored[0].photo_class if stored else None, says),
        *numbers,
        says,
    )


def _stage(pair: Candidate, by_vector: bool, stored: PhotoClass | None, says: str) -> str:
    if stored is not None:
        return f"related as {stored.value}, not in the same group of the class that is asked"
    if pair.hash_distance > HASH_RADIUS_BITS and not by_vector:
        return "no candidate"
    return "verification refused" if says == "refused" or says.startswith("two") else "passed over, or by another way"


def write_misses(path: Path, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Write them as CSV; gives how many there are of each row of the table and of each thing that happened."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8", errors="surrogateescape") as file:
        csv.writer(file).writerows([HEADER, *rows])
    counted = Counter((row[0], row[4], row[8].split(" ")[0]) for row in rows)
    return [(*what, str(count)) for what, count in sorted(counted.items())]

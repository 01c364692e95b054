"""Two photos with all that a scan learns of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from twinlens.domain.errors import TwinlensError
from twinlens.domain.fingerprint import UInt8Array, UInt64Array
from twinlens.domain.photo import Photo
from twinlens.domain.relation import ORIENTATIONS, Relation, Transform
from twinlens.lab.trial import trial_library
from twinlens.lab.workbench import Workbench
from twinlens.library.open import Library
from twinlens.matching.candidates import Candidate, candidates_of_pairs


@dataclass(frozen=True)
class Pair:
    """Two photos, in the order in which they were named.

    ``candidate``: with the ids in ascending order; ``swapped``: whether that order is the other one. ``bits``: distance
    of the perceptual hashes for each of the eight orientations. ``cosine``: None without the network; ``copy_cosine``: of its
    copy vectors, None where it gives none. ``relation``: what
    the scan of the two alone found. Pictures are RGB uint8 [h, w, 3], the stored previews.
    """

    library: Library
    first: Photo
    second: Photo
    candidate: Candidate
    swapped: bool
    bits: dict[Transform, int]
    cosine: float | None
    copy_cosine: float | None
    relation: Relation | None
    one: UInt8Array
    two: UInt8Array


@contextmanager
def studied(bench: Workbench, first: str, second: str) -> Iterator[Pair]:
    """Both files as a scan of them alone sees them; raises TwinlensError for a file that cannot be read."""
    with trial_library(bench, [first, second]) as library:
        catalog = library.catalog()
        photos = [catalog.photos.by_path(path) for path in (first, second)]
        for path, photo in zip((first, second), photos, strict=True):
            if photo is None:
                problems = {problem.path: problem.error for problem in catalog.problems.all()}
                raise TwinlensError(
                    f"{path} cannot be read: {problems.get(path, 'it is no photo that Twinlens knows')}."
                )
        one, two = (photo for photo in photos if photo is not None)
        yield _pair(library, one, two)


def _pair(library: Library, first: Photo, second: Photo) -> Pair:
    from twinlens.fingerprints.model import bundled_model

    catalog = library.catalog()
    columns = catalog.fingerprints.columns()
    low, high = sorted((first.id, second.id))
    pictures = library.preview(first.id), library.preview(second.id)
    found = candidates_of_pairs([(low, high)], columns)
    if not found or pictures[0] is None or pictures[1] is None:
        raise TwinlensError("One of the two has no preview to compare.")
    hashes: list[UInt64Array] = [
        columns.perceptual[int(np.searchsorted(columns.photo_id, photo_id))] for photo_id in (first.id, second.id)
    ]
    bits = np.bitwise_count(hashes[0] ^ hashes[1][0])
    network = bundled_model().identity.sha256
    ids, vectors = catalog.fingerprints.embeddings_of([low, high], network)
    _, copies = catalog.copy_vectors.of_photos([low, high], network)
    related = [relation for relation in catalog.relations.of(low) if relation.second == high]
    return Pair(
        library,
        first,
        second,
        found[0],
        first.id > second.id,
        dict(zip(ORIENTATIONS, bits.tolist(), strict=True)),
        float(vectors[0] @ vectors[1]) if len(ids) == 2 else None,
        float(copies[0] @ copies[1]) if len(copies) == 2 else None,
        related[0] if related else None,
        pictures[0],
        pictures[1],
    )

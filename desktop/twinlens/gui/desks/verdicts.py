"""Writing down which photos the user says are no duplicates, or taking that back."""

import itertools
from collections.abc import Iterable, Sequence

from twinlens.catalog import Catalog
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import Verdict
from twinlens.library.open import Library


def write_verdicts(library: Library, pairs: Iterable[tuple[bytes, bytes]], *, given: bool) -> None:
    """Remember these pairs of contents as no duplicates, or forget that they were ever called so; all or nothing.

    Runs on the desk's worker.
    """
    catalog = library.catalog()
    with catalog.transaction():
        for first, second in pairs:
            change = catalog.verdicts.add if given else catalog.verdicts.remove
            change(first, second, Verdict.NOT_DUPLICATES)


def pairs_among(catalog: Catalog, photo_ids: Sequence[int]) -> tuple[tuple[bytes, bytes], ...]:
    """Every two contents among these photos."""
    photos = catalog.photos.get_many([PhotoId(photo_id) for photo_id in photo_ids])
    return tuple(itertools.combinations(sorted({photo.content for photo in photos}), 2))

"""What the catalog shows of photos that go and come back."""

import logging
from collections.abc import Sequence

from twinlens.domain.errors import TwinlensError
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import DisposalKind
from twinlens.library.open import Library

logger = logging.getLogger(__name__)

LEAVES_ITS_PLACE = frozenset({DisposalKind.QUARANTINE, DisposalKind.TRASH, DisposalKind.SYMLINK, DisposalKind.MOVE})

SHARES_ITS_BYTES = frozenset({DisposalKind.HARDLINK, DisposalKind.REFLINK})


def hide(library: Library, paths: Sequence[str]) -> None:
    """Hide the photos at these paths, their marks with them: they wait for an undo."""
    catalog = library.catalog()
    ids = [photo.id for photo in catalog.photos.by_paths(paths).values()]
    if ids:
        catalog.away.set(ids, True)
        library.vectors.drop(ids)


def show(library: Library, paths: Sequence[str]) -> list[PhotoId]:
    """Show the photos at these paths again, as they were known; nothing needs to be read. Returns which these are."""
    catalog = library.catalog()
    photos = [photo for path in paths if (photo := catalog.away.by_path(path)) is not None]
    ids = [photo.id for photo in photos]
    if ids:
        catalog.away.set(ids, False)
        library.vectors.take_over(ids)
    return ids


def done_with(library: Library, paths: Sequence[str]) -> None:
    """Photos that stay and share their bytes now are not to go any more; an undo gives them their marks again."""
    catalog = library.catalog()
    catalog.marks.drop([photo.id for photo in catalog.photos.by_paths(paths).values()], Mark.REJECT)


def forget(library: Library, paths: Sequence[str]) -> None:
    """Drop the hidden photos at these paths, which are gone for good."""
    catalog = library.catalog()
    photos = [photo for path in paths if (photo := catalog.away.by_path(path)) is not None]
    ids: list[PhotoId] = [photo.id for photo in photos]
    catalog.photos.remove(ids)
    try:
        library.thumbnails.remove(ids)
    except TwinlensError as error:  # a cache: what stays there is never shown again
        logger.info("thumbnails of removed photos stay in the cache: %s", error)

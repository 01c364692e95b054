"""The photos of a deed, each with what was decided of it and where it is now."""

import os

from twinlens.catalog.database import Catalog
from twinlens.catalog.paths import name_key
from twinlens.domain.deed import Deed, DeedPhoto
from twinlens.review.history import fate


def photos_of(catalog: Catalog, deed: Deed, name: str = "", limit: int = -1) -> list[DeedPhoto]:
    """The photos of a deed, at most ``limit``; with ``name`` only those whose file name contains it."""
    if deed.moves_files:
        found = [
            DeedPhoto(None, receipt.path, receipt.size_bytes, fate=fate(receipt))
            for receipt in catalog.deed_list.receipts(deed.id, -1 if name else limit)
        ]
    else:
        found = catalog.deed_list.photos(deed, -1 if name else limit)
    if name:
        wanted = os.fsdecode(name_key(name))
        found = [photo for photo in found if wanted in os.fsdecode(name_key(photo.path))]
    return found if limit < 0 else found[:limit]

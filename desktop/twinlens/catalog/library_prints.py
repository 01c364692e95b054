"""The fingerprints of all photos at one moment; of a later moment, only those of photos that changed since are read."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from twinlens.catalog.changes import ChangeTable
from twinlens.catalog.connection import Connection
from twinlens.catalog.fingerprints import FingerprintTable
from twinlens.catalog.merging import merged_order
from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.photo import PhotoId


class LibraryPrints(Struct, frozen=True):
    """The fingerprints that a catalog held at one moment."""

    columns: FingerprintColumns
    moment: int


def load_library_prints(connection: Connection, before: LibraryPrints | None = None) -> LibraryPrints:
    """All fingerprints; given what was loaded of this catalog before, only the changes are read.

    Where nothing has changed the columns are the same object. Everything is read where there is no before, or where it is
    too long ago for the catalog to tell.
    """
    changes, prints = ChangeTable(connection), FingerprintTable(connection)
    with connection.snapshot():
        moment = changes.newest()
        if before is None or not changes.knows(before.moment):
            return LibraryPrints(prints.columns(), moment)
        changed = changes.photos(before.moment)
        if not changed:
            return replace(before, moment=moment)
        now = prints.columns_of([PhotoId(id_) for id_ in changed])
    order = merged_order(before.columns.photo_id, np.array(changed, np.int64), now.photo_id)
    names = FingerprintColumns.__struct_fields__
    joined = (np.concatenate([getattr(before.columns, name), getattr(now, name)])[order] for name in names)
    return LibraryPrints(FingerprintColumns(*joined), moment)

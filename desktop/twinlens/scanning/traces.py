"""Looking at all pixels of the few photos of which nothing else tells whether they are the original."""

import os
from collections.abc import Iterator
from itertools import islice

from twinlens.catalog.library_columns import LibraryColumns
from twinlens.domain.columns import PhotoColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import Photo, PhotoId
from twinlens.domain.ports import JobControl
from twinlens.domain.traces import Traces
from twinlens.imaging.bounds import DecodeBounds
from twinlens.library.open import Library
from twinlens.scanning.apart.asking import traces_apart
from twinlens.scanning.lookahead import look_ahead

BATCH = 64  # looked at before what was found is stored


def look_for_traces(
    library: Library, columns: LibraryColumns, bounds: DecodeBounds, threads: int, control: JobControl
) -> int:
    """Complete the traces of all doubtful photos of ``columns``; returns how many were looked at. Ends early when told to
    stop.
    """
    from twinlens.matching.direction import doubtful_rows

    catalog = library.catalog()
    wanted = _still_there(columns.photos, doubtful_rows(columns.photos, columns.relations))
    looked = 0
    while some := list(islice(wanted, BATCH)):
        batch = catalog.photos.get_many(some)
        work = look_ahead(
            lambda photo: _look(photo, bounds), batch, lambda photo: photo.stamp.size_bytes, threads, control
        )
        found = {photo_id: traces for photo_id, traces in work if traces is not None}
        catalog.traces.save(found, {photo.id: photo.content for photo in batch})
        looked += len(found)
        if not control.proceed():
            break
    return looked


def _still_there(photos: PhotoColumns, rows: Int64Array) -> Iterator[PhotoId]:
    """Those whose file is where it was, and as large. The others, all below a folder that has gone since, are not asked for:
    every scan would send each of them to a process that finds nothing.
    """
    for row in rows.tolist():
        try:
            size_bytes = os.stat(photos.paths[row]).st_size
        except (OSError, ValueError):  # it has gone, or may not be seen
            continue
        if size_bytes == photos.size_bytes[row]:
            yield PhotoId(int(photos.photo_id[row]))


def _look(photo: Photo, bounds: DecodeBounds) -> tuple[PhotoId, Traces | None]:
    return photo.id, traces_apart(photo.path, photo.stamp.size_bytes, photo.content, bounds)

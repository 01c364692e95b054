"""Measuring how the frames of series came out: after the scan, what is on screen first, a little at a time.

It is no part of a scan, which decodes at an eighth of the size. What was measured is stored with every batch, so that it goes
on where it was stopped; what has changed meanwhile is measured when its turn comes again.
"""

from collections.abc import Callable, Collection
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.photo import Photo, PhotoId
from twinlens.domain.ports import JobControl
from twinlens.imaging.bounds import DecodeBounds
from twinlens.library.open import Library
from twinlens.scanning.apart.asking import measures_apart
from twinlens.scanning.lookahead import look_ahead

BATCH = 24  # frames; a few series, which a second or two measures

Told = Callable[[int, int], None]


class OnScreen(Protocol):
    """Says which frames somebody looks at and would have measured first. Asked by the thread that measures."""

    def wanted(self) -> tuple[int, ...]:
        """What is looked at now, the most wanted first."""
        ...


def measure_frames(
    library: Library,
    bounds: DecodeBounds,
    threads: int,
    control: JobControl,
    *,
    told: Told | None = None,
    on_screen: OnScreen | None = None,
    only: Collection[int] | None = None,
) -> int:
    """Measure the frames of series that have no measures, or those of them that are in ``only``; returns how many were.

    ``told`` hears after each batch how many are done, and of how many. Ends early when told to stop.
    """
    catalog = library.catalog()
    waiting = dict.fromkeys(id_ for id_ in catalog.measures.missing() if only is None or int(id_) in only)
    total, done = len(waiting), 0
    while waiting and control.proceed():
        batch = _next_batch(waiting, () if on_screen is None else on_screen.wanted())
        photos = catalog.photos.get_many(batch)
        work = look_ahead(lambda one: _measured(one, bounds), photos, _weight, threads, control)
        found = {content: row for content, row in work if row is not None}
        catalog.measures.save(found)
        for photo_id in batch:
            del waiting[photo_id]
        done += len(found)
        if told is not None:
            told(total - len(waiting), total)
    if done:
        catalog.measures.forget_lost()
    return done


def _next_batch(waiting: dict[PhotoId, None], wanted: tuple[int, ...]) -> list[PhotoId]:
    """What is looked at, then the oldest."""
    first = [PhotoId(id_) for id_ in wanted if id_ in waiting][:BATCH]
    chosen = dict.fromkeys(first)
    for photo_id in waiting:
        if len(chosen) >= BATCH:
            break
        chosen.setdefault(photo_id)
    return list(chosen)


def _measured(photo: Photo, bounds: DecodeBounds) -> tuple[bytes, NDArray[np.void] | None]:
    return photo.content, measures_apart(photo.path, photo.stamp.size_bytes, photo.content, bounds)


def _weight(photo: Photo) -> int:
    return photo.stamp.size_bytes

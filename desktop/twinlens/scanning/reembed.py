"""Completing photos that lack nothing but the vector of the network in use: from their thumbnails, without their files.

That is so after a scan without the network, or when another network is used. Measured on 631 photos: the cosine between the
vector of the thumbnail and that of the file is 0.985 in the median and 0.87 at worst (1 %), as far apart as those of a photo
and its copy of quality 75; other photos of its kind are found as well (mean average precision 0.612, of files 0.620). Of a
panorama the thumbnail is too low (0.77 to 0.80): such photos, and those without a thumbnail, are studied again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import EmbeddingBatch
from twinlens.domain.photo import PhotoId
from twinlens.domain.picture import PREVIEW_SIDE_PX
from twinlens.domain.ports import Embedder, JobControl, as_ids
from twinlens.library.open import Library
from twinlens.scanning.lookahead import look_ahead
from twinlens.scanning.walk import FoundFile
from twinlens.volumes.identity import relative_to_volume

BATCH = 64  # photos completed in one transaction: what is done is kept when the scan is stopped
GROUP = 8  # thumbnails shown to the network at once
ASKED = 256  # photos asked for their size at once
LEAST_SHARE = (
    0.7  # of the network's input, that the short side of a thumbnail must have unless the photo itself has less
)


class _Embedded(Struct, frozen=True):
    ids: tuple[PhotoId, ...]
    answer: EmbeddingBatch | None
    without: tuple[PhotoId, ...]


@dataclass
class Reembedding:
    """Gives photos their missing vectors. ``without`` are those whose thumbnail does not serve."""

    library: Library
    embedder: Embedder
    without: list[PhotoId] = field(default_factory=list)

    def complete(self, ids: Sequence[PhotoId], threads: int, control: JobControl) -> Iterator[list[PhotoId]]:
        """Complete these photos batch by batch; each batch is in the catalog and the index when it is given."""
        waiting: list[_Embedded] = []
        for embedded in look_ahead(self._embed, self._groups(ids), lambda _group: 0, threads, control):
            self.without += embedded.without
            waiting.append(embedded)
            if sum(len(one.ids) for one in waiting) >= BATCH:
                yield self._write(waiting)
                waiting = []
        if waiting:
            yield self._write(waiting)

    def files_without(self) -> list[FoundFile]:
        """The files of the photos that have no usable thumbnail, to be studied."""
        catalog = self.library.catalog()
        volumes = {volume.id: volume for volume, _ in catalog.volumes.all()}
        return [
            FoundFile(photo.path, volume, relative_to_volume(photo.path, volume), photo.stamp)
            for photo in catalog.photos.get_many(self.without)
            if (volume := volumes[photo.volume])
        ]

    def _groups(self, ids: Sequence[PhotoId]) -> Iterator[tuple[PhotoId, ...]]:
        """Those whose thumbnails are large enough, some at a time; asks the catalog in the caller's thread."""
        least_px = LEAST_SHARE * self.embedder.identity.input_side_px
        for start in range(0, len(ids), ASKED):
            fit: list[PhotoId] = []
            for photo in self.library.catalog().photos.get_many(ids[start : start + ASKED]):
                long_px, short_px = sorted((photo.facts.width_px, photo.facts.height_px), reverse=True)
                is_low = long_px > PREVIEW_SIDE_PX and short_px * PREVIEW_SIDE_PX < least_px * long_px
                (self.without if is_low else fit).append(photo.id)
            yield from _in_groups(fit, GROUP)

    def _embed(self, ids: tuple[PhotoId, ...]) -> _Embedded:
        from twinlens.fingerprints.network_input import network_input

        side_px = self.embedder.identity.input_side_px
        previews = {photo_id: preview for photo_id in ids if (preview := self.library.preview(photo_id)) is not None}
        without = tuple(photo_id for photo_id in ids if photo_id not in previews)
        if not previews:
            return _Embedded((), None, without)
        pictures = np.stack([network_input(preview, side_px) for preview in previews.values()])
        return _Embedded(tuple(previews), self.embedder.embed(pictures), without)

    def _write(self, embedded: Sequence[_Embedded]) -> list[PhotoId]:
        done: list[PhotoId] = []
        rows, copies = [], []
        for one in embedded:
            if one.answer is not None:
                done += one.ids
                norms = [float(norm) for norm in one.answer.norms]
                rows += list(zip(one.ids, one.answer.vectors, norms, strict=True))
                if one.answer.copy_vectors.size:
                    copies += list(zip(one.ids, one.answer.copy_vectors, strict=True))
        if not rows:
            return []
        catalog, model = self.library.catalog(), self.embedder.identity.sha256
        with catalog.transaction():
            catalog.fingerprints.save_vectors(rows, model)
            catalog.copy_vectors.save(copies, model)
        ids, vectors = catalog.fingerprints.embeddings_of(done, model)
        if len(ids):
            self.library.vectors.add(as_ids(ids.tolist()), vectors)
        return done


def _in_groups(ids: Iterable[PhotoId], size: int) -> Iterator[tuple[PhotoId, ...]]:
    remaining = iter(ids)
    while group := tuple(islice(remaining, size)):
        yield group

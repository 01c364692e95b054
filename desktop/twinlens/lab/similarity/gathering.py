"""Photos under a folder with their vectors and the folders they lie in."""

import os

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Int64Array, ModelIdentity
from twinlens.domain.photo import PhotoId
from twinlens.lab.workbench import NothingToMeasure, Workbench
from twinlens.library.open import Library

Float16Array = NDArray[np.float16]

BLOCK = 1_024
FEWEST = 3


class Gathered(Struct, frozen=True):
    """Photos with vectors, in the order of their ids.

    Attributes:
        names: paths below the folder.
        labels: for each photo the place of its folder in ``folders``, -1 for photos that lie in the folder itself.
        folders: the folders below, by name.
        vectors: float16 [n, d], unit length: as precise as the catalog keeps them, at half the memory.
        without_vector: photos that were left out.
    """

    names: tuple[str, ...]
    labels: Int64Array
    folders: tuple[str, ...]
    vectors: Float16Array
    without_vector: int
    model: ModelIdentity

    def __len__(self) -> int:
        return len(self.names)


def gather(bench: Workbench, library: Library, folder: str) -> Gathered:
    """Read what the library knows of a folder; raises NothingToMeasure where that is too little."""
    from twinlens.fingerprints.model import bundled_model
    from twinlens.volumes.identity import resolved

    root = resolved(folder).rstrip(os.sep) + os.sep
    catalog, model = library.catalog(), bundled_model().identity
    columns = catalog.photos.columns()
    under = [place for place, path in enumerate(columns.paths) if path.startswith(root)]
    ids = columns.photo_id[under]
    vectors, found = _vectors(bench, library, ids, model)
    if len(found) < FEWEST:
        raise NothingToMeasure(
            f"There are {len(found)} photos with vectors under {folder}: too few. Is the network switched off in the settings?"
            if len(ids) >= FEWEST
            else f"The library knows {len(ids)} photos under {folder}: too few to compare."
        )
    place_of = dict(zip(ids.tolist(), under, strict=True))
    names = tuple(columns.paths[place_of[id_]][len(root) :] for id_ in found.tolist())
    parents = [os.path.dirname(name) for name in names]
    folders = tuple(sorted(set(parents) - {""}))
    number = {name: place for place, name in enumerate(folders)} | {"": -1}
    labels = np.array([number[parent] for parent in parents], np.int64)
    return Gathered(names, labels, folders, vectors, len(ids) - len(found), model)


def _vectors(
    bench: Workbench, library: Library, ids: Int64Array, model: ModelIdentity
) -> tuple[Float16Array, Int64Array]:
    vectors = np.empty((len(ids), model.dimension), np.float16)
    found = np.empty(len(ids), np.int64)
    count = 0
    fingerprints = library.catalog().fingerprints
    ordered = np.sort(ids)
    for start in range(0, len(ordered), BLOCK):
        bench.step("Reading vectors", start, len(ids))
        part = [PhotoId(id_) for id_ in ordered[start : start + BLOCK].tolist()]
        part_ids, part_vectors = fingerprints.embeddings_of(part, model.sha256)
        found[count : count + len(part_ids)] = part_ids
        vectors[count : count + len(part_ids)] = part_vectors
        count += len(part_ids)
    return vectors[:count], found[:count]

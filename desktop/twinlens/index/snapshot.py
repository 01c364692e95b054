"""The graph index on disk: a cache beside the catalog, believed only when its stamp and its checksum fit."""

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import xxhash

from twinlens.index.hnsw import HnswIndex, new_graph

logger = logging.getLogger(__name__)

_GRAPH, _SLOTS, _STAMP = "index.hnsw", "index.slots.npy", "index.json"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class IndexStamp:
    """What an index was built from: another model, count or change means that it must be built again."""

    model_sha256: str
    dimension: int
    count: int
    change: int


def save_index(index: HnswIndex, folder: Path, stamp: IndexStamp) -> None:
    """Write a snapshot: all files beside, synced, then put in place, the stamp last; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    index.save_graph(os.fspath(folder / f"{_GRAPH}.new"))
    with open(folder / f"{_SLOTS}.new", "wb") as file:
        np.save(file, index.assignment(), allow_pickle=False)
    sums = {name: _checksum(folder / f"{name}.new") for name in (_GRAPH, _SLOTS)}
    (folder / f"{_STAMP}.new").write_text(json.dumps({"stamp": asdict(stamp), "sums": sums}), encoding="utf-8")
    for name in (_GRAPH, _SLOTS, _STAMP):
        _sync(folder / f"{name}.new")
    for name in (_GRAPH, _SLOTS, _STAMP):
        os.replace(folder / f"{name}.new", folder / name)
    _sync(folder)


def load_index(folder: Path, stamp: IndexStamp) -> HnswIndex | None:
    """The snapshot, or None when there is none, its stamp differs or a file is damaged.

    Checksums are compared first: hnswlib trusts the numbers in its file (nmslib/hnswlib#673).
    """
    try:
        written = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
        if written["stamp"] != asdict(stamp) or not _sums_fit(folder, written["sums"].items()):
            return None
        assignment = np.load(folder / _SLOTS, allow_pickle=False)
        if assignment.shape != (4, stamp.count) or assignment.dtype != np.int64:
            return None
        graph = new_graph(stamp.dimension)
        graph.load_index(os.fspath(folder / _GRAPH))
        return HnswIndex.restored(stamp.dimension, graph, assignment)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        logger.info("The index in %s is built again: %s", folder, error)
        return None


def _sums_fit(folder: Path, sums: Iterable[tuple[str, str]]) -> bool:
    expected = dict(sums)
    return set(expected) == {_GRAPH, _SLOTS} and all(_checksum(folder / name) == expected[name] for name in expected)


def _checksum(path: Path) -> str:
    hasher = xxhash.xxh3_128()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            hasher.update(block)
    return hasher.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

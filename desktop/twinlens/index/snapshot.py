"""The index of a large library on disk: a cache beside the catalog, believed only when its stamp and its checksums fit.

Written and read block by block, so that neither a search nor the window waits for it: reading and writing files lets
other threads run, and nobody is locked out meanwhile.
"""

import io
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import xxhash
from msgspec import MsgspecError, Struct, convert
from msgspec.structs import asdict
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.index.projected import ProjectedIndex, VectorSource
from twinlens.index.projection import Projection

logger = logging.getLogger(__name__)

VERSION = 2  # of the files; 1 was a graph
_ROWS, _IDS, _BASIS, _STAMP = "index.rows", "index.ids.npy", "index.basis.npy", "index.json"
_OUTDATED = ("index.hnsw", "index.slots.npy")
_BLOCK_ROWS = 4_096


class IndexStamp(Struct, frozen=True):
    """What an index was built from: of another model it is of no use, at another count or change it is not of today."""

    model_sha256: str
    dimension: int
    count: int
    change: int


def save_index(index: ProjectedIndex, folder: Path, stamp: IndexStamp) -> None:
    """Write a snapshot: all files beside, synced, then put in place, the stamp last; raises OSError.

    The index may be searched meanwhile, and must not be changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = (_ROWS, _IDS, _BASIS, _STAMP)
    try:
        _write_beside(index, folder, stamp)
        for name in names:
            _sync(folder / f"{name}.new")
        for name in names:
            os.replace(folder / f"{name}.new", folder / name)
    except OSError:
        for name in names:  # on a full disk, what was written so far would keep it full
            (folder / f"{name}.new").unlink(missing_ok=True)
        raise
    for name in _OUTDATED:
        (folder / name).unlink(missing_ok=True)
    _sync(folder)


def _write_beside(index: ProjectedIndex, folder: Path, stamp: IndexStamp) -> None:
    ids: list[Int64Array] = []
    sums = {_ROWS: _write_rows(index, folder / f"{_ROWS}.new", ids)}
    arrays: dict[str, NDArray[np.int64] | NDArray[np.float32]] = {
        _IDS: np.concatenate([np.empty(0, np.int64), *ids]),
        _BASIS: index.projection.basis,
    }
    for name, array in arrays.items():
        content = io.BytesIO()
        np.save(content, array, allow_pickle=False)
        (folder / f"{name}.new").write_bytes(content.getbuffer())
        sums[name] = xxhash.xxh3_128_hexdigest(content.getbuffer())
    written = {
        "version": VERSION,
        "stamp": asdict(stamp),
        "library_size": index.projection.library_size,
        "sums": sums,
    }
    (folder / f"{_STAMP}.new").write_text(json.dumps(written), encoding="utf-8")


def is_saved(folder: Path, stamp: IndexStamp) -> bool:
    """Whether the snapshot there bears this stamp, whichever process wrote it."""
    try:
        written = _read_stamp(folder)
        return bool(written.get("version") == VERSION and written["stamp"] == asdict(stamp))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False  # none, or one that is damaged: ``load_index`` tells why


def load_index(
    folder: Path, model_sha256: str, dimension: int, exact_vectors: VectorSource
) -> tuple[ProjectedIndex, IndexStamp] | None:
    """The snapshot and its stamp, or None when there is none of this model or a file is damaged."""
    try:
        written = _read_stamp(folder)
        stamp = convert(written["stamp"], IndexStamp)
        if written.get("version") != VERSION or (stamp.model_sha256, stamp.dimension) != (model_sha256, dimension):
            return None
        sums = written["sums"]
        ids = _array(folder / _IDS, sums[_IDS])
        basis = _array(folder / _BASIS, sums[_BASIS])
        if ids.shape != (stamp.count,) or basis.ndim != 2 or basis.shape[0] != stamp.dimension:
            logger.info("The index in %s is built again: its files are not of one index", folder)
            return None
        projection = Projection(basis.astype(np.float32, copy=False), int(written["library_size"]))
        with (folder / _ROWS).open("rb") as file:
            blocks = _read_rows(file, ids, basis.shape[1], sums[_ROWS])
            return ProjectedIndex.restored(projection, exact_vectors, blocks), stamp
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, MsgspecError) as error:
        logger.info("The index in %s is built again: %s", folder, error)
        return None


def _read_stamp(folder: Path) -> dict[str, Any]:
    written: dict[str, Any] = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    return written


def _write_rows(index: ProjectedIndex, path: Path, ids: list[Int64Array]) -> str:
    hasher = xxhash.xxh3_128()
    with path.open("wb", buffering=0) as file:
        for block_ids, rows in index.live_blocks():
            content = np.ascontiguousarray(rows, "<f4").data.cast("B") if rows.size else memoryview(b"")
            hasher.update(content)
            while content:
                content = content[file.write(content) :]
            ids.append(block_ids)
    return hasher.hexdigest()


def _read_rows(
    file: IO[bytes], ids: Int64Array, width: int, expected_sum: str
) -> Iterator[tuple[Int64Array, Float32Array]]:
    """Raises ValueError at the end where the sum is another one."""
    hasher = xxhash.xxh3_128()
    for start in range(0, len(ids), _BLOCK_ROWS):
        part = ids[start : start + _BLOCK_ROWS]
        content = file.read(len(part) * width * 4)
        hasher.update(content)
        yield part, np.frombuffer(content, "<f4").reshape(len(part), width)
    if file.read(1) or hasher.hexdigest() != expected_sum:
        raise ValueError(f"{_ROWS} is damaged")


def _array(path: Path, expected_sum: str) -> "NDArray[np.int64]":
    content = path.read_bytes()
    if xxhash.xxh3_128_hexdigest(content) != expected_sum:
        raise ValueError(f"{path.name} is damaged")
    array: NDArray[np.int64] = np.load(io.BytesIO(content), allow_pickle=False)
    return array


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

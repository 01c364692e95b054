"""Read a legacy PyTorch checkpoint (``.pth`` before PyTorch 1.6) without PyTorch and without running code from it.

Such a file is a row of pickles (a magic number, a protocol version, facts of the machine, the state dict, the names of the
storages) followed by the raw storages. The unpickler here knows three names and refuses every other one, so that a
tampered file can at worst fail to load.
"""

import collections
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

State = dict[str, NDArray[np.float32]]

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
STORAGE_DTYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


@dataclass(frozen=True, slots=True)
class StorageName:
    """A storage as the state dict refers to it."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """A tensor as a view into a storage; offset and strides count elements."""

    storage: StorageName
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def _stored_tensor(
    storage: StorageName, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_unused: object
) -> StoredTensor:
    return StoredTensor(storage, offset, shape, strides)


class _StateUnpickler(pickle.Unpickler):
    """Builds ordered dicts and tensor views, nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _stored_tensor
        if module == "torch" and name in STORAGE_DTYPES:
            return name
        raise pickle.UnpicklingError(f"the checkpoint asks for {module}.{name}, which is not a part of a state dict")

    def persistent_load(self, pid: Any) -> StorageName:
        tag, kind, key = pid[:3]
        if tag != "storage":
            raise pickle.UnpicklingError(f"the checkpoint refers to a {tag!r} instead of a storage")
        return StorageName(kind, key)


def read_state(checkpoint: bytes) -> State:
    """The tensors of a legacy checkpoint by name, float32 or int64, C-contiguous.

    Raises:
        ValueError: when it is no legacy checkpoint.
        pickle.UnpicklingError: when it holds anything but tensors.
    """
    stream = BytesIO(checkpoint)

    def load() -> Any:
        return _StateUnpickler(stream).load()

    if load() != LEGACY_MAGIC:
        raise ValueError("the file is not a legacy PyTorch checkpoint")
    load()  # protocol version
    load()  # byte order and integer sizes of the machine that wrote it; all known files are little-endian
    tensors: dict[str, StoredTensor] = load()
    storages = _read_storages(stream, load, tensors)
    return {name: _materialise(tensor, storages[tensor.storage.key]) for name, tensor in tensors.items()}


def _read_storages(
    stream: BytesIO, load: Callable[[], Any], tensors: dict[str, StoredTensor]
) -> dict[str, NDArray[Any]]:
    kinds = {tensor.storage.key: tensor.storage.kind for tensor in tensors.values()}
    storages = {}
    for key in load():
        dtype = STORAGE_DTYPES[kinds[key]]
        (count,) = struct.unpack("<q", stream.read(8))
        storages[key] = np.frombuffer(stream.read(count * dtype.itemsize), dtype)
    return storages


def _materialise(tensor: StoredTensor, storage: NDArray[Any]) -> NDArray[Any]:
    """Copy a view out of its storage; weights converted from TensorFlow are stored with permuted strides."""
    last = tensor.offset + sum((n - 1) * stride for n, stride in zip(tensor.shape, tensor.strides, strict=True))
    if not 0 <= tensor.offset <= last < len(storage) or min(tensor.strides, default=0) < 0:
        raise ValueError("a tensor of the checkpoint reaches beyond its storage")
    byte_strides = [stride * storage.itemsize for stride in tensor.strides]
    return np.lib.stride_tricks.as_strided(storage[tensor.offset :], tensor.shape, byte_strides).copy()

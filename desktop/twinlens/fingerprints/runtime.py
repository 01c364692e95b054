"""onnxruntime, loaded without holding up the window."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

PIECE_BYTES = 1 << 20
_EXTENSION = "onnxruntime_pybind11_state*"  # 31 MB; what else lies beside it is not loaded


def load_runtime() -> Any:
    """The module. Its library is read before it is imported: reading lets other threads run, while the system's loader,
    which would otherwise wait for the disk, holds the interpreter (more than a second was seen).
    """
    if "onnxruntime" not in sys.modules:
        spec = importlib.util.find_spec("onnxruntime")
        for path in Path(spec.origin).parent.glob(f"capi/{_EXTENSION}") if spec and spec.origin else ():
            read_ahead(path)
    import onnxruntime

    return onnxruntime


def read_ahead(path: Path) -> int:
    """Read a file and keep nothing but what the system caches of it; returns its size in bytes."""
    piece, size_bytes = bytearray(PIECE_BYTES), 0
    with path.open("rb", buffering=0) as opened:
        while read := opened.readinto(piece):
            size_bytes += read
    return size_bytes

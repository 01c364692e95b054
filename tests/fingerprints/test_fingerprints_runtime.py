"""onnxruntime is loaded without holding up other threads."""

import subprocess
import sys
from pathlib import Path

from twinlens.fingerprints.runtime import PIECE_BYTES, read_ahead


def test_a_file_is_read_to_its_end(tmp_path: Path):
    for size_bytes in (0, 1, PIECE_BYTES, 3 * PIECE_BYTES + 7):
        (tmp_path / "library").write_bytes(b"x" * size_bytes)
        assert read_ahead(tmp_path / "library") == size_bytes


def test_the_library_that_is_imported_was_read_before():
    """Told by the program itself, in a process that has not loaded it yet."""
    code = (
        "import sys\n"
        "from twinlens.fingerprints import runtime\n"
        "read, real = [], runtime.read_ahead\n"
        "runtime.read_ahead = lambda path: read.append((str(path), 'onnxruntime' in sys.modules)) or real(path)\n"
        "module = runtime.load_runtime()\n"
        "from onnxruntime.capi import onnxruntime_pybind11_state as loaded\n"
        "assert read == [(loaded.__file__, False)], (read, loaded.__file__)\n"
        "assert runtime.load_runtime() is module and len(read) == 1\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""A decoding process that dies, hangs or wants too much is one unreadable photo, and the next decode works."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from tests.imaging.made_pictures import encoded
from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging.bounds import DEFAULT_BOUNDS, DecodeBounds
from twinlens.imaging.formats import format_named
from twinlens.imaging.local import Task
from twinlens.imaging.scale import FOR_STUDY
from twinlens.imaging.workers import DecodingPool
from twinlens.isolation import process


@pytest.fixture
def pool() -> Iterator[DecodingPool]:
    pool = DecodingPool(limit=2)
    yield pool
    pool.close()


@pytest.fixture
def tiff(picture: Image.Image) -> bytes:
    return encoded(picture, "TIFF")


def study(pool: DecodingPool, data: bytes, bounds: DecodeBounds = DEFAULT_BOUNDS) -> StudyPicture | FullPicture:
    return pool.decode(Task.STUDY, data, format_named("TIFF"), FOR_STUDY, bounds)


def only_worker(pool: DecodingPool) -> int:
    (worker,) = pool.processes._idle
    return worker.pid


def test_one_process_serves_many_photos(pool: DecodingPool, tiff: bytes) -> None:
    study(pool, tiff)
    first = only_worker(pool)
    study(pool, tiff)
    assert only_worker(pool) == first


def test_bad_photos_do_not_cost_the_process(pool: DecodingPool, tiff: bytes) -> None:
    study(pool, tiff)
    first = only_worker(pool)
    with pytest.raises(PhotoUnreadable):
        study(pool, tiff[:2000])
    study(pool, tiff)
    assert only_worker(pool) == first


def test_killed_while_idle(pool: DecodingPool, tiff: bytes) -> None:
    study(pool, tiff)
    first = only_worker(pool)
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    study(pool, tiff)
    assert only_worker(pool) != first


def test_hanging_process_is_ended_at_the_time_limit(pool: DecodingPool, tiff: bytes) -> None:
    study(pool, tiff)
    first = only_worker(pool)
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(PhotoUnreadable, match=r"longer than 0\.3 s"):
        study(pool, tiff, DecodeBounds(timeout_s=0.3))
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    study(pool, tiff)


@pytest.mark.parametrize(
    "deed", ["raise SystemExit(3)", "os.abort()", "os.write(1, b'x' * 64)", "os.write(1, b'\\0' * 3)"]
)
def test_process_that_dies_or_babbles(
    pool: DecodingPool, tiff: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    (tmp_path / "rogue_decoder.py").write_text(f"import os, sys\nsys.stdin.buffer.read(100)\n{deed}\n")
    with monkeypatch.context() as patch:
        patch.setattr(pool.processes, "_module", "rogue_decoder")
        patch.setattr(process, "child_environment", lambda: {"PYTHONPATH": str(tmp_path)})
        with pytest.raises(PhotoUnreadable, match="broke off"):
            study(pool, tiff)
    assert not pool.processes._idle
    study(pool, tiff)


def test_memory_is_bounded(pool: DecodingPool, tiff: bytes) -> None:
    huge = encoded(Image.new("1", (16_000, 16_000)), "TIFF", compression="group4")
    assert len(huge) < 1_000_000
    with pytest.raises(PhotoUnreadable, match=r"memory|broke off"):
        study(pool, huge, DecodeBounds(max_memory_bytes=400 * 1024**2))
    study(pool, tiff)


def test_two_threads_use_two_processes(pool: DecodingPool, tiff: bytes) -> None:
    together = threading.Barrier(2)

    def decode(_turn: int) -> None:
        together.wait(timeout=30)
        study(pool, tiff)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(decode, range(4)))
    assert 1 <= len(pool.processes._idle) <= 2


def test_close_ends_the_processes_and_the_pool_starts_again(pool: DecodingPool, tiff: bytes) -> None:
    study(pool, tiff)
    first = only_worker(pool)
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    study(pool, tiff)


def test_process_that_cannot_be_started(pool: DecodingPool, tiff: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/nonexistent/python")
        with pytest.raises(PhotoUnreadable, match="cannot be started"):
            study(pool, tiff)
    study(pool, tiff)


def test_a_python_file_beside_the_photos_is_not_imported(
    pool: DecodingPool, tiff: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    study(pool, tiff)

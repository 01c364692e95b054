"""Fixtures shared by all tests: where the real photos are, and the watch over stray log records and threads."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from twinlens.library.open import Library

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # for tests that load onnxruntime before the program does
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself has it, before any test loads numpy

SHARED = Path(os.environ.get("TWINLENS_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: a file is worked through by one process, and the others would wait for it in the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real photos with known truth that lie beside the project."""
    if not (SHARED / "manifest.json").exists():
        message = f"the real photos are not at {SHARED} (set TWINLENS_SHARED_DATA)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return SHARED


@pytest.fixture(scope="session")
def photos_dir(shared_data: Path) -> Path:
    return shared_data / "photos"


@pytest.fixture(scope="session")
def odd_dir(shared_data: Path) -> Path:
    return shared_data / "odd"


@pytest.fixture
def library(tmp_path: Path) -> "Iterator[Library]":
    """An empty library, open for writing."""
    from twinlens.library.open import Library  # after the settings above

    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def ctrl_c_is_heeded() -> Iterator[None]:
    """As in a terminal, even where the tests themselves run in the background of a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def no_unexpected_log_records(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on every record at WARNING or above; a test that expects one says so with ``caplog.clear()`` after checking it."""
    yield
    records = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not records, f"unexpected log records: {[r.getMessage() for r in records]}"


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Fail when a test leaves a thread of ours behind."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
    for thread in left:
        thread.join(2.0)
    left = [t for t in left if t.is_alive()]
    assert not left, f"threads left over: {[t.name for t in left]}"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may touch the user's own library or settings."""
    monkeypatch.setenv("TWINLENS_LIBRARY", str(tmp_path_factory.mktemp("library")))
    monkeypatch.delenv("TWINLENS_QUARANTINE", raising=False)

"""Thumbnails come newest first, once each, within bounds, and never on the wrong thread."""

import io
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QPixmap

from tests.gui.content_samples import PumpedRunner, Shelf, jpegs
from twinlens.domain.errors import TwinlensError
from twinlens.gui.thumbnails.loader import BATCH, ThumbnailLoader
from twinlens.gui.thumbnails.pixmap_cache import PixmapCache
from twinlens.gui.thumbnails.requests import NewestFirst

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shelf(photos_dir):
    return Shelf(jpegs(photos_dir / "caltech101", 40))


@pytest.fixture
def runner():
    return PumpedRunner()


@pytest.fixture
def loader(qapp, shelf, runner):
    loader = ThumbnailLoader(shelf.fetch, runner=runner)
    yield loader
    loader.shutdown()


def test_a_photo_is_none_first_and_a_pixmap_when_it_is_loaded(loader, runner, qtbot):
    assert loader.pixmap(3) is None
    with qtbot.waitSignal(loader.loaded) as told:
        runner.pump()
    assert told.args == [[3]]
    pixmap = loader.pixmap(3)
    assert max(pixmap.width(), pixmap.height()) in range(150, 321)
    assert pixmap.toImage().pixelColor(5, 5).isValid()


def test_the_newest_request_is_loaded_first(loader, runner, shelf):
    for photo_id in range(1, 31):
        loader.pixmap(photo_id)
    loader.pixmap(2)  # painted again: in front now
    runner.pump()
    assert shelf.fetched[0] == [2, *range(30, 30 - BATCH + 1, -1)]
    assert sorted(shelf.all_fetched()) == list(range(1, 31))


def test_what_scrolled_away_is_never_loaded_and_can_be_asked_for_again(loader, runner, shelf, qtbot):
    for photo_id in (1, 2, 3, 4):
        loader.pixmap(photo_id)
    with qtbot.waitSignal(loader.dropped) as told:
        loader.drop([1, 2, 99])
    assert told.args == [[1, 2]]
    runner.pump()
    assert sorted(shelf.all_fetched()) == [3, 4]
    loader.pixmap(1)
    runner.pump()
    assert loader.pixmap(1) is not None


def test_an_absent_thumbnail_is_asked_for_once_until_it_is_forgotten(loader, runner, shelf):
    loader.pixmap(999)
    runner.pump()
    assert loader.pixmap(999) is None
    assert loader.is_absent(999)
    assert not runner.waiting
    shelf.photos[999] = shelf.photos[1]
    loader.forget([999])
    loader.pixmap(999)
    runner.pump()
    assert isinstance(loader.pixmap(999), QPixmap)


def test_damaged_bytes_are_an_absent_thumbnail(qapp, runner):
    loader = ThumbnailLoader(lambda ids: dict.fromkeys(ids, b"this is no picture"), runner=runner)
    loader.pixmap(1)
    runner.pump()
    assert loader.is_absent(1)
    loader.shutdown()


def test_only_the_reader_of_jpeg_is_asked(qapp, runner):
    """Qt's reader of SVG locks the signals of other threads while the interpreter is held: the window hung."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
    loader = ThumbnailLoader(lambda ids: dict.fromkeys(ids, svg), runner=runner)
    loader.pixmap(1)
    runner.pump()
    assert loader.is_absent(1)
    loader.shutdown()


ICONS_BESIDE_THUMBNAILS = """
import sys, time
from PySide6.QtWidgets import QApplication, QLineEdit
from twinlens.gui.app import prepare
from twinlens.gui.thumbnails.loader import ThumbnailLoader
jpeg = open(sys.argv[1], "rb").read()
application, loaded = prepare(), []
loader = ThumbnailLoader(lambda ids: dict.fromkeys(ids, jpeg))
loader.loaded.connect(loaded.extend)
began_s, fields = time.monotonic(), 0
while time.monotonic() - began_s < 2 or not loaded:
    for photo_id in range(fields, fields + 12):
        loader.pixmap(photo_id)
    for _ in range(4):
        QLineEdit().setClearButtonEnabled(True)  # its cross is read from a picture
    fields += 12
    application.processEvents()
loader.shutdown()
print(len(loaded))
"""


def test_a_picture_that_the_window_reads_beside_thumbnails_never_hangs_it(photos_dir):
    """Both want Qt's lock of readers and the interpreter, and each had one of them: the window stood still for good."""
    (photo,) = jpegs(photos_dir / "caltech101", 1)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "desktop")}
    command = [sys.executable, "-c", ICONS_BESIDE_THUMBNAILS, photo]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) > 100


def test_others_run_while_a_thumbnail_is_decoded(qapp, runner):
    """A decoder that keeps the interpreter holds up every frame: with four at work the window stuttered."""
    pixels = np.random.default_rng(1).integers(0, 255, (2000, 3000, 3), dtype=np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "JPEG", quality=85)
    loader = ThumbnailLoader(lambda ids: dict.fromkeys(ids, encoded.getvalue()), runner=runner)
    moments: list[float] = []
    ended = threading.Event()

    def run_beside() -> None:
        while not ended.is_set():
            moments.append(time.perf_counter())
            time.sleep(0.001)

    beside = threading.Thread(target=run_beside)
    beside.start()
    loader.pixmap(7)
    began = time.perf_counter()
    runner.pump()
    took_s = time.perf_counter() - began
    ended.set()
    beside.join()
    assert loader.pixmap(7) is not None
    during = [began, *(moment for moment in moments if began < moment < began + took_s), began + took_s]
    assert max(np.diff(during)) < took_s / 2
    loader.shutdown()


def test_a_store_that_fails_is_said_once_and_the_next_request_is_tried(qapp, shelf, runner, caplog):
    failing = True

    def fetch(photo_ids):
        if failing:
            raise TwinlensError("the thumbnails are locked")
        return shelf.fetch(photo_ids)

    loader = ThumbnailLoader(fetch, runner=runner)
    loader.pixmap(1)
    runner.pump()
    assert [record.getMessage() for record in caplog.records] == [
        "thumbnails could not be read: the thumbnails are locked"
    ]
    caplog.clear()
    failing = False
    loader.pixmap(2)
    runner.pump()
    assert loader.pixmap(2) is not None
    loader.shutdown()


def test_a_photo_that_changed_while_it_was_read_is_read_again(qapp, shelf, runner):
    def fetch(photo_ids):
        if not shelf.fetched:
            own.forget(photo_ids)
        return shelf.fetch(photo_ids)

    own = ThumbnailLoader(fetch, runner=runner)
    own.pixmap(1)
    runner.pump()
    assert own.pixmap(1) is None
    runner.pump()
    assert own.pixmap(1) is not None
    assert shelf.fetched == [[1], [1]]
    own.shutdown()


def test_another_library_never_shows_the_thumbnails_of_the_one_before(qapp, shelf, runner):
    def fetch(photo_ids):
        if not shelf.fetched:
            own.clear()  # another library is opened while a worker reads the old one
        return shelf.fetch(photo_ids)

    own = ThumbnailLoader(fetch, runner=runner)
    own.pixmap(1)
    runner.pump()
    assert len(own.cache) == 0
    own.shutdown()


def test_memory_is_bounded_by_bytes(qapp, shelf, runner):
    loader = ThumbnailLoader(shelf.fetch, runner=runner, capacity_bytes=2_000_000)
    for photo_id in shelf.photos:
        loader.pixmap(photo_id)
        runner.pump()
    assert 1_000_000 < loader.cache.used_bytes <= 2_000_000
    assert loader.pixmap(max(shelf.photos)) is not None
    assert loader.pixmap(1) is None  # the one used longest ago went first
    loader.shutdown()


def test_the_cache_keeps_what_was_used_last(qapp):
    cache: PixmapCache[int] = PixmapCache(capacity_bytes=3 * 100 * 100 * QPixmap(100, 100).depth() // 8)
    for photo_id in (1, 2, 3):
        cache.put(photo_id, QPixmap(100, 100))
    assert cache.get(1) is not None
    cache.put(4, QPixmap(100, 100))
    assert cache.get(2) is None
    assert cache.get(1) is not None
    cache.forget([1, 77])
    cache.clear()
    assert (len(cache), cache.used_bytes) == (0, 0)


def test_too_many_requests_drop_the_oldest():
    requests = NewestFirst(workers=1, pending_limit=3)
    assert [requests.push(photo_id) for photo_id in (1, 2, 3, 4)] == [True, False, False, False]
    assert requests.take(10) == [4, 3, 2]
    assert not requests.push(4)  # a worker has it
    assert requests.take(10) == []
    requests.settle([4])
    assert requests.push(4)  # the worker had gone: start another


def test_real_threads_load_everything_and_stop_when_told(qtbot, shelf):
    threads = set()

    def fetch(photo_ids):
        threads.add(threading.get_ident())
        return shelf.fetch(photo_ids)

    loader = ThumbnailLoader(fetch)
    for photo_id in shelf.photos:
        loader.pixmap(photo_id)
    qtbot.waitUntil(lambda: all(loader.pixmap(photo_id) for photo_id in shelf.photos), timeout=20_000)
    assert threading.get_ident() not in threads
    loader.shutdown()
    assert loader.pixmap(12345) is None

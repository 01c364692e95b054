"""Pause, stop and kill -9: what is done is kept, and the next scan ends where an undisturbed one would have ended."""

import threading
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.scanning.scenes import WITHOUT_NETWORK, Listener, all_groups, look_of, scanned, ties_of
from tests.scanning.test_scanning_scan import ALBUM_PHOTOS
from twinlens.domain.events import Event, PhotosCatalogued, RelationsChanged, ScanFinished
from twinlens.library.open import Library
from twinlens.scanning import batches, match
from twinlens.scanning.control import PauseStop


@pytest.fixture
def many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FULL_BATCH", 8)
    monkeypatch.setattr(match, "SHORTEST_PAUSE_S", 0.0)
    monkeypatch.setattr(match, "PAUSE_FACTOR", 0.0)


class StopAt:
    """Stops a scan at the n-th event of a kind."""

    def __init__(self, kind: type[Event], count: int) -> None:
        self.control = PauseStop()
        self._kind, self._left = kind, count

    def __call__(self, event: Event) -> None:
        if isinstance(event, self._kind):
            self._left -= 1
            if self._left == 0:
                self.control.stop()


@pytest.mark.usefixtures("many_batches")
@pytest.mark.parametrize(
    ("kind", "count"), [(PhotosCatalogued, 1), (PhotosCatalogued, 4), (RelationsChanged, 1), (RelationsChanged, 2)]
)
def test_a_stopped_scan_is_completed_by_the_next(
    library: Library, album: Path, tmp_path: Path, kind: type[Event], count: int
) -> None:
    stop = StopAt(kind, count)
    # In line where rounds are counted: beside the study the second may end with the scan.
    options = replace(WITHOUT_NETWORK, threads=1) if kind is RelationsChanged else WITHOUT_NETWORK
    report = scanned(library, album, options=options, control=stop.control, listener=stop)  # type: ignore[arg-type]
    assert report.stopped
    done = library.catalog().photos.count()
    assert 0 < done < ALBUM_PHOTOS or kind is RelationsChanged  # fewer than a batch where a batch took too long
    listener = Listener()
    report = scanned(library, album, listener=listener)
    assert not report.stopped
    assert (report.new, report.unchanged) == (ALBUM_PHOTOS - done, done)
    with Library.open(tmp_path / "undisturbed") as undisturbed:
        scanned(undisturbed, album)
        assert all_groups(library) == all_groups(undisturbed)
        assert look_of(library) == look_of(undisturbed)
        assert set(ties_of(library)) == set(ties_of(undisturbed))


class PausedScan:
    """A scan on its own thread that pauses itself after its first photos."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.control = PauseStop()
        self.events: list[Event] = []
        self.holding = threading.Event()
        self._ask = self.control.proceed
        self.control.proceed = self._proceed  # type: ignore[method-assign]
        self.report: ScanFinished | None = None
        self._thread = threading.Thread(target=self._run, args=(library, folder))
        self._thread.start()

    def _run(self, library: Library, folder: Path) -> None:
        try:
            self.report = scanned(library, folder, control=self.control, listener=self)  # type: ignore[arg-type]
        finally:
            library.release_thread()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, PhotosCatalogued) and not self.holding.is_set():
            self.control.pause()

    def _proceed(self) -> bool:
        if self.control.paused:
            self.holding.set()
        return self._ask()

    def join(self) -> float:
        """Seconds until the scan has ended."""
        start = time.perf_counter()
        self._thread.join(10.0)
        assert not self._thread.is_alive()
        return time.perf_counter() - start


@pytest.mark.usefixtures("many_batches")
def test_a_paused_scan_holds_and_goes_on(library: Library, album: Path) -> None:
    job = PausedScan(library, album)
    assert job.holding.wait(10.0)
    told = len(job.events)
    written = library.catalog().photos.count()
    assert 0 < written < ALBUM_PHOTOS
    assert len(job.events) == told
    job.control.resume()
    job.join()
    assert job.report is not None
    assert (job.report.new, job.report.stopped) == (ALBUM_PHOTOS, False)


@pytest.mark.usefixtures("many_batches")
def test_stop_while_paused_ends_at_once(library: Library, album: Path) -> None:
    job = PausedScan(library, album)
    assert job.holding.wait(10.0)
    job.control.stop()
    assert job.join() < 0.3
    assert job.report is not None
    assert job.report.stopped

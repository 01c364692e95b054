"""A scan in a process of its own: the same library as by a scan on this thread, and nobody is left when someone dies."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.scanning.orphans import still_running
from tests.scanning.scenes import (
    WITH_NETWORK,
    WITHOUT_NETWORK,
    Listener,
    all_groups,
    look_of,
    scanned,
    small_photos,
    ties_of,
)
from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import Event, FilesAwaited, PhotosCatalogued, PhotosGone, ScanFinished, Stage, StageProgress
from twinlens.domain.photo import PhotoId
from twinlens.library.open import Library
from twinlens.review.similar import SimilarFinder
from twinlens.scanning.control import PauseStop
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.order import Attention
from twinlens.scanning.own_process import messages
from twinlens.scanning.own_process.messages import event_from, told
from twinlens.scanning.own_process.scanner import MODULE, scan_in_own_process

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30.0


@dataclass
class Elsewhere:
    """A scan in a process of its own, with what it is told meanwhile. ``at`` is called with each event."""

    library: Library
    at: Callable[["Elsewhere", Event], None] = lambda _scan, _event: None
    control: PauseStop = field(default_factory=PauseStop)
    attention: Attention = field(default_factory=Attention)
    heard: Listener = field(default_factory=Listener)

    def scan(self, *roots: Path, options: ScanOptions = WITHOUT_NETWORK) -> ScanFinished:
        def emit(event: Event) -> None:
            self.heard(event)
            self.at(self, event)

        folders = [str(root) for root in roots]
        return scan_in_own_process(self.library, folders, options, self.control, emit, self.attention, Courtesy())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def id_of(library: Library, path: Path) -> PhotoId:
    return library.catalog().photos.by_paths([str(path)])[str(path)].id


def scanning_processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if MODULE in child.cmdline()]


def test_the_library_is_that_of_a_scan_on_this_thread(library: Library, album: Path, tmp_path: Path) -> None:
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no photo")
    scan = Elsewhere(library)
    report = scan.scan(album, options=WITH_NETWORK)
    with Library.open(tmp_path / "other") as other:
        here = Listener()
        expected = scanned(other, album, options=WITH_NETWORK, listener=here)
        assert look_of(library) == look_of(other)
        assert ties_of(library) == ties_of(other)
        assert all_groups(library) == all_groups(other)
    assert (report.new, report.photos, report.problems) == (expected.new, expected.photos, expected.problems)
    assert scan.heard.problems() == here.problems()
    assert scan.heard.events[-1] == report
    assert not scanning_processes()


def test_the_index_of_whoever_asked_follows(library: Library, album: Path) -> None:
    Elsewhere(library).scan(album / "day0", options=WITH_NETWORK)
    finder = SimilarFinder(library)
    asked = id_of(library, album / "day0" / "IMG_0000.jpg")
    assert finder.to_photo(asked, 20)
    index = library.vectors._index
    Elsewhere(library).scan(album, options=WITH_NETWORK)
    smaller = id_of(library, album / "variants" / "smaller 0.jpg")
    assert smaller in {match.photo_id for match in finder.to_photo(asked, 5)}
    assert library.vectors._index is index, "what was loaded is added to, not loaded anew"
    (album / "variants" / "smaller 0.jpg").unlink()
    later = Elsewhere(library)
    later.scan(album, options=WITH_NETWORK)
    assert [event.photo_ids for event in later.heard.events if isinstance(event, PhotosGone)] == [(smaller,)]
    assert index is not None
    assert smaller not in index
    assert len(index) == library.catalog().photos.count()


def test_paused_it_rests_until_it_is_let_go(library: Library, album: Path) -> None:
    resting = threading.Event()

    def pause_once(scan: Elsewhere, event: Event) -> None:
        if isinstance(event, FilesAwaited):
            scan.control.pause()
            threading.Timer(1.0, let_go, [scan]).start()

    def let_go(scan: Elsewhere) -> None:
        catalogued_then.append(len(scan.heard.catalogued()))
        resting.set()
        scan.control.resume()

    catalogued_then: list[int] = []
    scan = Elsewhere(library, pause_once)
    report = scan.scan(album)
    assert resting.is_set()
    assert catalogued_then[0] < len(scan.heard.catalogued())
    assert report.new == len(look_of(library))
    assert not report.stopped


def test_stopped_it_keeps_what_is_done_and_goes_on_later(library: Library, album: Path) -> None:
    def stop(scan: Elsewhere, event: Event) -> None:
        if isinstance(event, FilesAwaited):
            scan.control.stop()

    files = sum(path.is_file() for path in album.rglob("*"))
    stopped = Elsewhere(library, stop).scan(album)
    assert stopped.stopped
    done = len(look_of(library))
    assert done < files
    report = Elsewhere(library).scan(album)
    assert report.new == files - done
    assert len(look_of(library)) == files


def test_the_files_that_are_looked_at_come_first(library: Library, photos_dir: Path, photos: Path) -> None:
    sources = small_photos(photos_dir, 100)
    for number in range(900):
        content = sources[number % len(sources)].read_bytes()
        (photos / f"{number:04d}.jpg").write_bytes(content + number.to_bytes(2, "big"))
    wanted = str(photos / "0899.jpg")

    def look(scan: Elsewhere, event: Event) -> None:
        if isinstance(event, FilesAwaited):
            scan.attention.prefer([wanted])
        elif isinstance(event, PhotosCatalogued):
            order.extend(event.paths)
            if wanted in event.paths:
                scan.control.stop()

    order: list[str] = []
    report = Elsewhere(library, look).scan(photos, options=ScanOptions(embedding=False, threads=1))
    assert wanted in order
    assert report.stopped
    assert len(order) < 700


def test_a_process_that_dies_costs_one_sentence(library: Library, album: Path) -> None:
    def kill(_scan: Elsewhere, event: Event) -> None:
        if isinstance(event, PhotosCatalogued):
            for process in scanning_processes():
                process.send_signal(signal.SIGKILL)

    with pytest.raises(TwinlensError, match=r"ended by itself \(by signal 9\).*scan again"):
        Elsewhere(library, kill).scan(album)
    done = len(look_of(library))
    report = Elsewhere(library).scan(album)
    assert not report.stopped
    assert report.new + done == len(look_of(library))


def test_what_goes_wrong_there_is_said_here(library: Library, tmp_path: Path) -> None:
    with pytest.raises(TwinlensError, match="no such place"):
        Elsewhere(library).scan(tmp_path / "no such place")


def test_it_ends_with_the_one_who_asked(album: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.scanning.own_process_scan", str(tmp_path / "library"), str(album)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "catalogued\n"
        children = psutil.Process(asking.pid).children(recursive=True)
        assert any(MODULE in child.cmdline() for child in children)
        asking.kill()
        asking.wait()
        left = still_running(children, PATIENCE_S)
    assert not left
    with Library.open(tmp_path / "library") as library:
        report = scanned(library, album)
        assert report.photos == len(look_of(library))


@pytest.mark.parametrize(
    "event",
    [
        PhotosCatalogued((PhotoId(3), PhotoId(4)), ("/a/\udcff\udcfe.jpg", "/a/new\nline \N{GRINNING FACE}.jpg")),
        StageProgress(Stage.MATCH, 3, None, float("inf"), None),
        ScanFinished(1, 1, 0, 0, 0, 0.5, {"walk": 0.25}, (), stopped=True),
    ],
)
def test_events_arrive_as_they_were_told(event: Event) -> None:
    assert [event_from(*message) for message in told(event)] == [event]


def test_very_many_files_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "FILES_AT_ONCE", 3)
    awaited = FilesAwaited(tuple("abcdefgh"), tuple(range(8)))
    parts = [event_from(*message) for message in told(awaited)]
    assert [part.paths for part in parts if isinstance(part, FilesAwaited)] == [tuple("abc"), tuple("def"), tuple("gh")]
    assert sum((part.sizes_bytes for part in parts if isinstance(part, FilesAwaited)), ()) == tuple(range(8))

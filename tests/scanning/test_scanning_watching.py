"""Watching real folders: what happens in them is told once it has settled, as few folders, and nothing else is."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from tests.scanning.scenes import noise_jpeg, put
from twinlens.domain.watching import FoldersChanged, Hindrance, VolumesChanged, WatchEvent, Watching
from twinlens.scanning import settling, watching
from twinlens.scanning.ignore import IgnoreRules
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.watching import FolderWatch
from twinlens.volumes.mounts import Mount, mounts

RULES = IgnoreRules(ScanOptions().ignored_names, (*ScanOptions().ignored_paths, "**/exports/**"))
QUIET_S, PATIENCE_S = 0.8, 20.0


Event = TypeVar("Event", bound=WatchEvent)


@dataclass
class Told:
    """What a watch told, from its thread."""

    events: list[WatchEvent] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, event: WatchEvent) -> None:
        with self.arrived:
            self.events.append(event)
            self.arrived.notify_all()

    def wait_for(self, wanted: Callable[[list[WatchEvent]], bool]) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: wanted(self.events), PATIENCE_S), self.events

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def changes(self) -> FoldersChanged:
        every = FoldersChanged(frozenset())
        for event in self.of(FoldersChanged):
            every |= event
        return every

    def states(self) -> list[Watching]:
        return self.of(Watching)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TICK_MS", 150), ("STEP_MS", 50), ("GATHER_MS", 200), ("RELIST_S", 0.4)):
        monkeypatch.setattr(watching, name, value)
    monkeypatch.setattr(settling, "QUIET_S", QUIET_S)


@pytest.fixture
def watch_folder() -> Iterator[Callable[..., tuple[FolderWatch, Told]]]:
    watches: list[FolderWatch] = []

    def begin(*roots: Path, poll_s: float = 300.0) -> tuple[FolderWatch, Told]:
        told = Told()
        watch = FolderWatch([str(root) for root in roots], RULES, told, poll_s=poll_s)
        watches.append(watch)
        watch.start()
        told.wait_for(lambda events: any(isinstance(event, Watching) for event in events))
        return watch, told

    yield begin
    for watch in watches:
        watch.stop()
    for watch in watches:
        watch.join()


def test_new_changed_renamed_and_removed_photos_are_told_as_their_folders(photos: Path, watch_folder) -> None:
    for place in ("new/a.jpg", "changed/b.jpg", "from/c.jpg", "to/d.jpg", "removed/e.jpg", "quiet/f.jpg"):
        put(photos / place, 1)
    _, told = watch_folder(photos)
    put(photos / "new/z.jpg", 2)
    put(photos / "changed/b.jpg", 3)
    (photos / "from/c.jpg").rename(photos / "to/c.jpg")
    (photos / "removed/e.jpg").unlink()
    wanted = {str(photos / name) for name in ("new", "changed", "from", "to", "removed")}
    told.wait_for(lambda _: told.changes().folders >= wanted)
    assert told.changes() == FoldersChanged(frozenset(wanted))


def test_what_a_scan_passes_over_is_not_told(photos: Path, watch_folder) -> None:
    for place in ("a.jpg", "@eaDir/x.jpg", ".twinlens-quarantine/1/y.jpg", "trip/exports/z.jpg"):
        put(photos / place, 1)
    _, told = watch_folder(photos)
    assert told.states()[0].folders == 2  # the root and trip: on Linux the others cost no watch
    for place in ("@eaDir/x2.jpg", ".twinlens-quarantine/2/y.jpg", "trip/exports/z2.jpg", ".hidden.jpg"):
        put(photos / place, 2)
    (photos / "notes.txt").write_text("no photo")
    (photos / "half.jpg.part").write_bytes(b"not yet")
    put(photos / "trip/told.jpg", 3)
    told.wait_for(lambda _: bool(told.changes()))
    assert told.changes() == FoldersChanged(frozenset({str(photos / "trip")}))


def test_a_removal_into_the_quarantine_is_told_once_and_ends(photos: Path, watch_folder) -> None:
    put(photos / "a/1.jpg", 1)
    _, told = watch_folder(photos)
    place = photos / ".twinlens-quarantine" / "1" / "a"
    place.mkdir(parents=True)
    (photos / "a/1.jpg").rename(place / "1.jpg")
    told.wait_for(lambda _: bool(told.changes()))
    changes = told.of(FoldersChanged)
    time.sleep(2.5 * QUIET_S)
    assert told.of(FoldersChanged) == changes  # drives may come and go meanwhile
    assert told.changes() == FoldersChanged(frozenset({str(photos / "a")}))


def test_new_folders_are_told_whole_and_watched_from_then_on(photos: Path, tmp_path: Path, watch_folder) -> None:
    put(photos / "a.jpg", 1)
    put(tmp_path / "card/DCIM/100/1.jpg", 1)
    put(tmp_path / "card/DCIM/101/2.jpg", 2)
    _, told = watch_folder(photos)
    shutil.copytree(tmp_path / "card", photos / "card")
    told.wait_for(lambda _: bool(told.changes().trees))
    assert told.changes().trees == {str(photos / "card")}
    told.wait_for(lambda _: any(state.folders == 5 for state in told.states()))
    put(photos / "card/DCIM/101/3.jpg", 3)
    told.wait_for(lambda _: str(photos / "card/DCIM/101") in told.changes().folders)


def test_a_renamed_folder_and_a_removed_one_are_told_and_the_watch_goes_on(photos: Path, watch_folder) -> None:
    put(photos / "old/a.jpg", 1)
    put(photos / "dropped/b.jpg", 2)
    _, told = watch_folder(photos)
    (photos / "old").rename(photos / "name")
    shutil.rmtree(photos / "dropped")
    told.wait_for(lambda _: str(photos / "name") in told.changes().trees and str(photos) in told.changes().folders)
    told.wait_for(lambda _: told.states()[-1].folders == 2)
    told_before = told.of(FoldersChanged)
    put(photos / "name/c.jpg", 3)
    told.wait_for(lambda _: told.of(FoldersChanged) != told_before and str(photos / "name") in told.changes().folders)


def test_a_file_that_is_written_slowly_is_told_when_it_is_whole(photos: Path, watch_folder) -> None:
    whole = noise_jpeg(1)
    _, told = watch_folder(photos)
    with (photos / "slow.jpg").open("wb", buffering=0) as file:
        for part in (whole[:100], whole[100:200], whole[200:300], whole[300:]):
            time.sleep(QUIET_S * 0.7)
            assert not told.changes()
            file.write(part)
    told.wait_for(lambda _: bool(told.changes()))
    assert told.changes() == FoldersChanged(frozenset({str(photos)}))


def test_what_happens_while_it_is_held_is_told_afterwards(photos: Path, watch_folder) -> None:
    watch, told = watch_folder(photos)
    watch.hold()
    put(photos / "a.jpg", 1)
    time.sleep(2.5 * QUIET_S)
    assert not told.changes()
    watch.release()
    told.wait_for(lambda _: told.changes() == FoldersChanged(frozenset({str(photos)})))


def test_a_source_that_goes_and_returns_is_watched_again(photos: Path, watch_folder) -> None:
    put(photos / "a.jpg", 1)
    _, told = watch_folder(photos)
    photos.rename(photos.with_name("away"))
    told.wait_for(lambda _: told.states()[-1].folders == 0)
    photos.with_name("away").rename(photos)
    told.wait_for(lambda _: told.states()[-1].folders == 1)
    put(photos / "b.jpg", 2)
    told.wait_for(lambda _: str(photos) in told.changes().folders | told.changes().trees)


def test_a_network_drive_is_looked_at_now_and_then(photos: Path, watch_folder, monkeypatch) -> None:
    monkeypatch.setattr(watching, "is_on_network", lambda _folder: True)
    put(photos / "a/1.jpg", 1)
    _, told = watch_folder(photos, poll_s=1.0)
    assert told.states() == [Watching(0, Hindrance.NETWORK, 1.0)]
    put(photos / "a/2.jpg", 2)
    put(photos / "b/3.jpg", 3)
    told.wait_for(lambda _: str(photos / "a") in told.changes().folders and str(photos / "b") in told.changes().trees)


def test_a_refusal_of_the_system_is_said_and_the_folders_are_polled(photos: Path, watch_folder, monkeypatch) -> None:
    def refuse(*_paths: str, **_options: object) -> Iterator[None]:
        raise OSError("OS file watch limit reached. about [...]")

    monkeypatch.setattr("watchfiles.watch", refuse)
    _, told = watch_folder(photos, poll_s=1.0)
    assert told.states() == [Watching(0, Hindrance.LIMIT, 1.0)]
    put(photos / "1.jpg", 1)
    told.wait_for(lambda _: bool(told.changes()))


LIMITED = """
import sys, time
from twinlens.scanning.ignore import IgnoreRules
from twinlens.scanning.watching import FolderWatch, Watching
open("/proc/sys/user/max_inotify_watches", "w").write("3")
told = []
watch = FolderWatch([sys.argv[1]], IgnoreRules(()), told.append)
watch.start()
end = time.monotonic() + 15
while not told and time.monotonic() < end:
    time.sleep(0.05)
watch.stop()
watch.join()
print(told[0].hindrance)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("unshare"), reason="needs a namespace with its own limit"
)
def test_the_systems_own_limit_is_recognised(photos: Path) -> None:
    for number in range(6):
        put(photos / str(number) / "a.jpg", number)
    command = ["unshare", "-Ur", sys.executable, "-c", LIMITED, str(photos)]
    done = subprocess.run(command, env={**os.environ}, capture_output=True, text=True, timeout=60, check=False)
    if "unshare" in done.stderr or "Permission" in done.stderr or "Read-only" in done.stderr:
        pytest.skip(f"no namespaces here: {done.stderr.strip()[:80]}")
    assert done.stdout.strip() == "limit", done.stderr


def test_a_volume_that_comes_or_goes_is_told(photos: Path, watch_folder, monkeypatch) -> None:
    real = mounts
    extra = [Mount("/media/card", "/", "vfat", "/dev/sdz1", 1)]
    present: list[Mount] = []
    monkeypatch.setattr(watching, "mounts", lambda: [*real(), *present])
    _, told = watch_folder(photos)
    present.extend(extra)
    told.wait_for(lambda events: events.count(VolumesChanged()) == 1)
    present.clear()
    told.wait_for(lambda events: events.count(VolumesChanged()) == 2)

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scanning.scenes import WITHOUT_NETWORK, Listener, put, scanned
from twinlens.domain.events import FilesAwaited, PhotosCatalogued
from twinlens.domain.photo import FileStamp, Volume, VolumeId
from twinlens.domain.ports import GoOn
from twinlens.library.open import Library
from twinlens.scanning.lookahead import look_ahead
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.order import EARLY_TWINS, Attention, LateChoice, StudyOrder
from twinlens.scanning.pipeline import scan
from twinlens.scanning.walk import FoundFile

VOLUME = Volume(VolumeId("v"), "", "/")


def found(number: int, size_bytes: int | None = None, name: str | None = None) -> FoundFile:
    path = name or f"/photos/{number:05d}.jpg"
    size = 1000 + number if size_bytes is None else size_bytes
    return FoundFile(path, VOLUME, path[1:], FileStamp(size, 10_000 + number, number))


def numbers(files: list[FoundFile]) -> list[int]:
    return [file.stamp.inode for file in files]


def test_without_attention_files_come_as_they_were_walked() -> None:
    files = [found(number) for number in range(20)]
    assert list(StudyOrder(files, Attention())) == files
    assert list(StudyOrder([], Attention())) == []


def test_what_is_looked_at_comes_next_and_gives_way_to_what_is_looked_at_later() -> None:
    files, attention = [found(number) for number in range(20)], Attention()
    order = iter(StudyOrder(files, attention))
    given_files = [next(order), next(order)]
    attention.prefer([files[15].path, files[10].path, files[0].path, "/not/in/this/scan.jpg"])
    given_files.append(next(order))
    attention.prefer([files[18].path])
    given_files += order
    assert numbers(given_files)[:6] == [0, 1, 15, 18, 2, 3]
    assert sorted(numbers(given_files)) == list(range(20))


@given(st.lists(st.tuples(st.integers(0, 60), st.lists(st.integers(0, 45), max_size=6)), max_size=12))
def test_no_file_is_lost_or_given_twice_whatever_is_preferred(wishes: list[tuple[int, list[int]]]) -> None:
    files = [found(number, size_bytes=number % 7, name=f"/{number}/{number % 5}.jpg") for number in range(40)]
    attention, given_files = Attention(), []
    at = dict(wishes)
    for step, file in enumerate(StudyOrder(files, attention)):
        given_files.append(file)
        attention.prefer([files[number % 40].path for number in at.get(step, [])])
    assert sorted(numbers(given_files)) == list(range(40))


def test_preferring_from_other_threads_loses_nothing() -> None:
    files, attention = [found(number) for number in range(3000)], Attention()
    done = threading.Event()

    def look_around() -> None:
        while not done.is_set():
            attention.prefer([files[number].path for number in range(2999, 0, -37)])

    watcher = threading.Thread(target=look_around)
    watcher.start()
    try:
        assert sorted(numbers(list(StudyOrder(files, attention)))) == list(range(3000))
    finally:
        done.set()
        watcher.join()


def test_some_likely_copies_from_anywhere_come_first() -> None:
    files = [found(number) for number in range(500)]
    files += [found(1000 + number, 1000 + number, f"/backup/{number:05d}.jpg") for number in range(400)]
    first = list(StudyOrder(files, Attention()))
    assert numbers(first)[:4] == [0, 1000, 1, 1001]
    assert numbers(first)[EARLY_TWINS : EARLY_TWINS + 3] == [24, 25, 26]
    assert len(first) == 900


class AskedFor:
    """A control that looks at a file after the first question."""

    def __init__(self, attention: Attention, path: Path) -> None:
        self._attention, self._path, self.asked = attention, path, 0

    def proceed(self) -> bool:
        self._attention.prefer([str(self._path)])
        return True


def test_a_scan_tells_what_it_will_read_and_begins_with_what_is_on_screen(library: Library, photos: Path) -> None:
    paths = [put(photos / f"{number:02d}.jpg", number) for number in range(12)]
    attention, listener = Attention(), Listener()
    control = AskedFor(attention, paths[9])
    scan(library, [str(photos)], ScanOptions(embedding=False, threads=1), control, listener, attention)
    [awaited] = [event for event in listener.events if isinstance(event, FilesAwaited)]
    assert awaited.paths == tuple(map(str, paths))
    assert awaited.sizes_bytes == tuple(path.stat().st_size for path in paths)
    studied = [path for event in listener.events if isinstance(event, PhotosCatalogued) for path in event.paths]
    assert str(paths[9]) in studied[:2]
    assert sorted(studied) == sorted(map(str, paths))


def test_a_scan_without_new_files_awaits_none(library: Library, photos: Path) -> None:
    path = put(photos / "one.jpg", 1)
    scanned(library, photos)
    put(path, 2)
    listener = Listener()
    assert scanned(library, photos, listener=listener).changed == 1
    assert not [event for event in listener.events if isinstance(event, FilesAwaited)]
    again = scan(library, [str(photos)], WITHOUT_NETWORK, GoOn(), listener)
    assert again.unchanged == 1


@pytest.mark.parametrize("threads", [1, 2])
def test_paths_go_with_the_photos_that_are_catalogued(library: Library, photos: Path, threads: int) -> None:
    for number in range(5):
        put(photos / f"{number}.jpg", number)
    listener = Listener()
    scanned(library, photos, options=ScanOptions(embedding=False, threads=threads), listener=listener)
    told = {
        photo_id: path
        for event in listener.events
        if isinstance(event, PhotosCatalogued)
        for photo_id, path in zip(event.photo_ids, event.paths, strict=True)
    }
    assert {photo.id: photo.path for photo in library.catalog().photos.get_many(list(told))} == told


def test_what_is_looked_at_comes_before_what_is_queued_and_not_begun() -> None:
    files, attention, begun = [found(number) for number in range(200)], Attention(), list[int]()

    def study(file: FoundFile) -> int:
        begun.append(file.stamp.inode)
        if len(begun) == 4:
            attention.prefer([files[150].path])
        return file.stamp.inode

    chosen = LateChoice(study, StudyOrder(files, attention))
    done = [result for result in look_ahead(chosen, range(203), lambda _turn: 0, 2, GoOn()) if result is not None]
    assert begun.index(150) <= 6
    assert sorted(done) == list(range(200))

"""A scan of just the folders that the watching told: it finds what happened there and leaves the rest alone."""

import itertools
import os
import shutil
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.scanning.scenes import WITHOUT_NETWORK, Listener, put
from twinlens.domain.events import ScanFinished
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import GoOn
from twinlens.domain.watching import FoldersChanged
from twinlens.library.open import Library
from twinlens.scanning import follow_up, settling
from twinlens.scanning.follow_up import roots_of
from twinlens.scanning.pipeline import scan
from twinlens.scanning.settling import FIRST_WAIT_S, LONGEST_WAIT_S, Settling

LONG_AGO_S = 1_600_000_000


def place(path: Path, seed: int) -> Path:
    """A photo that nobody is writing any more."""
    put(path, seed)
    os.utime(path, (LONG_AGO_S + seed, LONG_AGO_S + seed))
    return path


def followed(
    library: Library, *folders: Path, trees: tuple[Path, ...] = (), told_ns: int | None = None
) -> ScanFinished:
    """Follow up what happened long enough before it was told, unless that is said to have been earlier."""
    changed = FoldersChanged(frozenset(map(str, folders)), frozenset(map(str, trees)))
    asked_ns = time.time_ns() + follow_up.UNSETTLED_NS if told_ns is None else told_ns
    options = replace(WITHOUT_NETWORK, follow_up=changed, asked_ns=asked_ns)
    return scan(library, roots_of(changed), options, GoOn(), Listener())


@pytest.fixture
def scanned_library(library: Library, photos: Path) -> Library:
    for number, name in enumerate(("top.jpg", "a/1.jpg", "a/deep/2.jpg", "b/3.jpg")):
        place(photos / name, number)
    scan(library, [str(photos)], WITHOUT_NETWORK, GoOn(), Listener())
    return library


def names(library: Library, photos: Path) -> set[str]:
    catalog = library.catalog()
    found = catalog.photos.get_many(catalog.photos.columns().photo_id.tolist())
    return {os.path.relpath(photo.path, photos) for photo in found}


def test_a_folder_is_looked_at_without_those_in_it(scanned_library: Library, photos: Path, monkeypatch) -> None:
    place(photos / "new.jpg", 11)
    place(photos / "a/untold.jpg", 12)
    (photos / "top.jpg").unlink()
    listed: list[str] = []
    real = os.scandir

    def scandir(folder: str) -> object:
        listed.append(folder)
        return real(folder)

    monkeypatch.setattr("twinlens.scanning.walk.os.scandir", scandir)
    report = followed(scanned_library, photos)
    assert (report.new, report.gone, report.problems) == (1, 1, ())
    assert listed == [str(photos)]
    assert names(scanned_library, photos) == {"new.jpg", "a/1.jpg", "a/deep/2.jpg", "b/3.jpg"}


def test_a_tree_is_looked_at_whole_and_no_part_of_a_source_becomes_one(scanned_library: Library, photos: Path) -> None:
    place(photos / "a/deep/new.jpg", 11)
    assert followed(scanned_library, trees=(photos / "a",)).new == 1
    assert [source.path for source in scanned_library.catalog().sources.all()] == [str(photos)]


def test_a_folder_that_is_gone_takes_its_photos_along(scanned_library: Library, photos: Path) -> None:
    (photos / "a/deep/2.jpg").unlink()
    (photos / "a/deep").rmdir()
    assert followed(scanned_library, photos / "a", photos / "a/deep").gone == 1
    assert names(scanned_library, photos) == {"top.jpg", "a/1.jpg", "b/3.jpg"}


def test_a_photo_that_moved_between_two_told_folders_is_the_same_one(scanned_library: Library, photos: Path) -> None:
    before = id_at(scanned_library, photos / "a/deep/2.jpg")
    (photos / "a/deep/2.jpg").rename(photos / "2.jpg")
    report = followed(scanned_library, photos, photos / "a/deep")
    assert (report.new, report.gone, report.unchanged) == (0, 0, 2)
    assert id_at(scanned_library, photos / "2.jpg") == before


def id_at(library: Library, path: Path) -> PhotoId:
    photo = library.catalog().photos.by_path(str(path))
    assert photo is not None
    return photo.id


def test_what_moves_on_before_it_is_looked_at_is_not_taken_for_gone(scanned_library: Library, photos: Path) -> None:
    before = [id_at(scanned_library, photos / name) for name in ("a/1.jpg", "b/3.jpg")]
    told_ns = time.time_ns()
    (photos / "a/1.jpg").rename(photos / "a/deep/1.jpg")
    (photos / "b").rename(photos / "a/deep/b")
    report = followed(scanned_library, photos / "a", photos / "b", photos, told_ns=told_ns)
    assert (report.new, report.gone) == (0, 0)
    report = followed(scanned_library, photos / "a", photos, trees=(photos / "a/deep",))
    assert (report.new, report.gone) == (0, 0)
    assert [id_at(scanned_library, photos / "a/deep" / name) for name in ("1.jpg", "b/3.jpg")] == before


def test_what_moved_just_now_and_turns_up_by_its_bytes_is_the_same_photo(
    scanned_library: Library, photos: Path
) -> None:
    before = id_at(scanned_library, photos / "b/3.jpg")
    told_ns = time.time_ns()
    (photos / "c").mkdir()
    shutil.copy2(photos / "b/3.jpg", photos / "c/3.jpg")  # as to a share: it is another inode
    (photos / "b/3.jpg").unlink()
    place(photos / "c/other.jpg", 0)  # of the size of a photo that is there
    report = followed(scanned_library, photos, photos / "b", told_ns=told_ns)
    assert (report.new, report.gone) == (1, 0)
    assert id_at(scanned_library, photos / "c/3.jpg") == before


def test_what_was_deleted_just_now_is_gone_with_the_next_scan(scanned_library: Library, photos: Path) -> None:
    told_ns = time.time_ns()
    other = bytearray((photos / "b/3.jpg").read_bytes())
    other[15] = 77  # dots per inch
    (photos / "b/3.jpg").unlink()
    (photos / "b/new.jpg").write_bytes(other)  # of its size, so that it is read
    os.utime(photos / "b/new.jpg", (LONG_AGO_S, LONG_AGO_S))
    assert followed(scanned_library, photos / "b", told_ns=told_ns).gone == 0
    assert followed(scanned_library, photos / "b").gone == 1
    assert names(scanned_library, photos) == {"top.jpg", "a/1.jpg", "a/deep/2.jpg", "b/new.jpg"}


def test_what_moves_to_where_a_scan_has_been_is_not_taken_for_gone(
    scanned_library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = id_at(scanned_library, photos / "b/3.jpg")
    real = os.scandir

    def scandir(folder: str) -> object:
        if folder == str(photos / "b"):
            time.sleep(0.05)  # the times of files go in steps of some milliseconds
            (photos / "b/3.jpg").rename(photos / "a/3.jpg")
        return real(folder)

    with monkeypatch.context() as patch:
        patch.setattr("twinlens.scanning.walk.os.scandir", scandir)
        report = scan(scanned_library, [str(photos)], WITHOUT_NETWORK, GoOn(), Listener())
    assert (report.unchanged, report.gone) == (3, 0)
    report = scan(scanned_library, [str(photos)], WITHOUT_NETWORK, GoOn(), Listener())
    assert (report.unchanged, report.new, report.gone) == (4, 0, 0)
    assert id_at(scanned_library, photos / "a/3.jpg") == before


def test_a_folder_of_another_clock_keeps_nothing_that_is_gone(scanned_library: Library, photos: Path) -> None:
    (photos / "b/3.jpg").unlink()
    os.utime(photos / "b", (4_000_000_000, 4_000_000_000))
    assert followed(scanned_library, photos / "b", told_ns=time.time_ns()).gone == 1


def test_a_folder_renamed_before_its_new_name_is_told_keeps_its_photos(scanned_library: Library, photos: Path) -> None:
    before = id_at(scanned_library, photos / "a/deep/2.jpg")
    (photos / "a").rename(photos / "z")
    report = followed(scanned_library, photos)  # all that a look at the folders' times shows
    assert (report.new, report.changed, report.gone) == (0, 0, 0)
    assert names(scanned_library, photos) == {"top.jpg", "z/1.jpg", "z/deep/2.jpg", "b/3.jpg"}
    assert id_at(scanned_library, photos / "z/deep/2.jpg") == before


def test_a_renamed_folder_costs_no_reading(scanned_library: Library, photos: Path) -> None:
    (photos / "a").rename(photos / "c")
    report = followed(scanned_library, photos, trees=(photos / "c",))
    assert (report.new, report.changed, report.gone) == (0, 0, 0)
    assert names(scanned_library, photos) == {"top.jpg", "c/1.jpg", "c/deep/2.jpg", "b/3.jpg"}


def test_a_file_that_is_being_written_is_left_to_the_next_one(
    scanned_library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(photos / "b/half.jpg", 11)
    put(photos / "b/3.jpg", 12)  # known, and written to just now: neither changed nor gone yet
    report = followed(scanned_library, photos / "b")
    assert (report.new, report.changed, report.gone) == (0, 0, 0)
    monkeypatch.setattr(follow_up, "UNSETTLED_NS", 0)  # time passes; on the disk all is as it was
    report = followed(scanned_library, photos / "b")
    assert (report.new, report.changed, report.gone) == (1, 1, 0)


def test_what_vanished_before_the_scan_came_to_it_is_no_problem(scanned_library: Library, photos: Path) -> None:
    report = followed(scanned_library, photos / "never")
    assert (report.photos, report.problems) == (0, ())
    assert len(names(scanned_library, photos)) == 4


def test_roots_are_told_once(photos: Path) -> None:
    changed = FoldersChanged(frozenset({"/p", "/p/a", "/p/a/b", "/q"}), frozenset({"/p/a", "/p/a/c"}))
    assert roots_of(changed) == ["/p", "/p/a", "/q"]


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_an_import_of_two_thousand_photos_is_told_a_few_times_as_one_folder() -> None:
    clock = Clock()
    settled = Settling(clock, lambda _path: (1, 1))
    told = []
    for number in range(2000):
        clock.now_s += 0.15
        settled.note_files([f"/card/{number}.jpg"])
        if due := settled.due():
            told.append(due)
    clock.now_s += settling.QUIET_S
    told.append(settled.due())
    assert set(told) == {FoldersChanged(frozenset({"/card"}))}
    assert 3 <= len(told) <= 6
    assert not settled.due()


def test_what_changed_just_before_it_was_told_is_told_again() -> None:
    clock = Clock()
    settling = Settling(clock, lambda _path: None)
    while not (told := settling.due()):
        settling.note(FoldersChanged(frozenset({f"/p/{int(clock())}"})))
        clock.now_s += 1.0
    assert told.folders == {f"/p/{1000 + second}" for second in range(5)}
    clock.now_s += 3.0
    assert settling.due().folders == {"/p/1004"}
    assert not settling.due()


def test_the_first_wait_is_short_and_later_ones_are_bounded() -> None:
    clock = Clock()
    settled = Settling(clock, lambda _path: (1, 1))
    moments = []
    for number in range(8000):
        clock.now_s += 0.1
        settled.note_files([f"/card/{number}.jpg"])
        if settled.due():
            moments.append(clock.now_s)
    assert moments[0] - 1000 < FIRST_WAIT_S + 1
    assert max(b - a for a, b in itertools.pairwise(moments)) < LONGEST_WAIT_S + 1


def test_a_file_that_grows_without_being_told_is_waited_for() -> None:
    clock, sizes = Clock(), {"/p/a.jpg": 1}
    settled = Settling(clock, lambda path: (sizes[path], 1))
    settled.note_files(["/p/a.jpg"])
    clock.now_s += settling.QUIET_S
    sizes["/p/a.jpg"] = 2
    assert not settled.due()
    clock.now_s += settling.QUIET_S
    assert settled.due() == FoldersChanged(frozenset({"/p"}))


def test_an_empty_file_is_waited_for_but_not_for_ever() -> None:
    clock = Clock()
    settled = Settling(clock, lambda _path: (0, 1))
    settled.note_files(["/p/a.jpg"])
    clock.now_s += settling.QUIET_S
    assert not settled.due()
    clock.now_s += FIRST_WAIT_S
    assert settled.due()  # the others of the folder need not wait


def test_a_folder_that_comes_while_the_folders_are_looked_at_is_seen_afterwards(photos: Path, monkeypatch) -> None:
    from twinlens.scanning.ignore import IgnoreRules
    from twinlens.scanning.watched_tree import look, own_time, time_of

    place(photos / "a/1.jpg", 1)
    os.utime(photos, (LONG_AGO_S, LONG_AGO_S))
    real = os.scandir

    def scandir(folder: str) -> object:
        listing = real(folder)
        (photos / "meanwhile").mkdir(exist_ok=True)
        return listing

    monkeypatch.setattr("twinlens.scanning.watched_tree.os.scandir", scandir)
    tree = look([str(photos)], IgnoreRules(()), own_time, lambda: True)
    assert time_of(str(photos)) != tree[str(photos)]


def test_signatures_see_photos_and_nothing_else(photos: Path) -> None:
    from twinlens.scanning.ignore import IgnoreRules
    from twinlens.scanning.watched_tree import UNSETTLED, contents, difference, look

    def seen() -> dict[str, int]:
        return look([str(photos)], IgnoreRules(()), contents, lambda: True)

    place(photos / "a/1.jpg", 1)
    before = seen()
    (photos / "a/notes.txt").write_text("no photo")
    assert not difference(before, seen())
    place(photos / "a/1.jpg", 2)
    assert difference(before, seen()) == FoldersChanged(frozenset({str(photos / "a")}))
    (photos / "a/1.jpg").touch()
    assert seen()[str(photos / "a")] == UNSETTLED
    assert time.time() - (photos / "a/1.jpg").stat().st_mtime < 5

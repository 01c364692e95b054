"""Marks are at once on the screen and soon in the catalog; the window's thread reads nothing for them."""

import threading
from pathlib import Path

import pytest

from tests.gui.content_samples import PumpedRunner
from tests.review.made_library import catalogue, picture
from twinlens.domain.errors import TwinlensError
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import GoOn
from twinlens.gui.desks.mark_desk import MarkDesk
from twinlens.gui.desks.photo_book import PhotoBook
from twinlens.gui.jobs import SerialThread
from twinlens.gui.session import LibrarySession
from twinlens.library.open import Library
from twinlens.review.apply import ApplyReport
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

NAMES = ("a.jpg", "b.jpg", "c.jpg")


@pytest.fixture
def ids(library: Library, tmp_path: Path) -> list[PhotoId]:
    return catalogue(library, [picture(tmp_path / "photos" / f"{k}.png", k) for k in range(4)])


def desk_of(library: Library, runner: PumpedRunner) -> MarkDesk:
    desk = MarkDesk(library, PhotoBook(library).known, runner)
    desk.load()
    runner.pump()
    return desk


def test_bytes_of_photos_that_were_never_shown_are_read_by_the_worker(qtbot, library, ids):
    runner = PumpedRunner()
    desk = desk_of(library, runner)
    desk.set({ids[0]: Mark.REJECT, ids[1]: Mark.REJECT, ids[2]: Mark.KEEP})
    assert desk.rejected_count == 2
    with qtbot.waitSignal(desk.changed):
        runner.pump()
    sizes = library.catalog().photos.sizes(ids)
    assert desk.rejected_bytes == sizes[ids[0]] + sizes[ids[1]] > 0
    assert desk_of(library, PumpedRunner()).rejected_bytes == desk.rejected_bytes


def test_photos_that_have_gone_lose_their_mark(qtbot, library, ids):
    runner = PumpedRunner()
    desk = desk_of(library, runner)
    library.catalog().photos.remove([ids[3]])
    desk.set(dict.fromkeys(ids, Mark.REJECT))
    runner.pump()
    assert desk.marks == dict.fromkeys(ids[:3], Mark.REJECT)
    assert desk.rejected_count == 3


def test_marks_made_while_the_others_are_read_are_kept(qtbot, library, ids):
    runner = PumpedRunner()
    desk = desk_of(library, runner)
    desk.set({ids[0]: Mark.KEEP, ids[1]: Mark.REJECT})
    runner.pump()
    desk.load()
    desk.set({ids[0]: None, ids[2]: Mark.REJECT})
    runner.pump()
    assert desk.marks == {ids[1]: Mark.REJECT, ids[2]: Mark.REJECT}
    sizes = library.catalog().photos.sizes(ids)
    assert desk.rejected_bytes == sizes[ids[1]] + sizes[ids[2]]
    assert library.catalog().marks.all() == desk.marks


def test_nothing_is_read_on_the_way_to_the_screen(qtbot, library, ids, monkeypatch):
    runner = PumpedRunner()
    desk = desk_of(library, runner)
    monkeypatch.setattr(library, "catalog", None)
    with qtbot.waitSignal(desk.changed):
        desk.set(dict.fromkeys([*ids, *range(1000, 21_000)], Mark.REJECT))
    desk.load()
    assert desk.rejected_count == 20_004


@pytest.mark.photos
def test_photos_are_removed_by_the_marks_that_were_on_the_screen(qtbot, photos_dir, tmp_path):
    """However busy the worker is that writes marks: a mark set, or taken back, just before counts."""
    path = next((photos_dir / "landscape").glob("*.jpg"))
    for name in NAMES:
        (tmp_path / name).write_bytes(path.read_bytes())
    library = Library.open(tmp_path / "library")
    scan(library, [str(tmp_path)], ScanOptions(embedding=False), GoOn(), lambda _event: None)
    session = LibrarySession(library)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.open()
    qtbot.waitUntil(lambda: any(map(len, session.groups.all_groups())) and not session.removals.busy, timeout=20_000)
    found = [library.catalog().photos.by_path(str(tmp_path / name)) for name in NAMES]
    first, second, third = (int(photo.id) for photo in found if photo is not None)
    busy = threading.Event()
    applied: list[ApplyReport] = []
    session.removals.applied.connect(applied.append)
    try:
        session.mark_many({first: Mark.KEEP, second: Mark.REJECT, third: Mark.REJECT})
        session.workers.decisions.start(lambda: busy.wait(20))
        session.mark_many({second: None})
        session.remove_rejects()
        threading.Timer(0.3, busy.set).start()
        qtbot.waitUntil(lambda: len(applied) == 1, timeout=20_000)
        assert [Path(receipt.path).name for receipt in applied[0].done] == ["c.jpg"]
    finally:
        busy.set()
        session.close()


def test_marks_set_just_before_the_window_closes_are_kept(library, ids):
    runner = SerialThread("twinlens-desk", library.release_thread, finishes_all=True)
    desk = MarkDesk(library, PhotoBook(library).known, runner)
    busy = threading.Event()
    runner.start(lambda: busy.wait(5))
    desk.set({ids[0]: Mark.REJECT})
    threading.Timer(0.2, busy.set).start()
    runner.finish()
    assert library.catalog().marks.all() == {ids[0]: Mark.REJECT}


def test_nothing_is_removed_where_a_mark_could_not_be_saved(qtbot, library, ids, monkeypatch):
    runner = PumpedRunner()
    desk = desk_of(library, runner)
    desk.set({ids[0]: Mark.REJECT})
    saved = desk.saving()
    with monkeypatch.context() as broken, qtbot.waitSignal(desk.failed):
        broken.setattr(type(library.catalog().deeds), "mark", full_disk)
        runner.pump()
    with pytest.raises(TwinlensError, match="marks could not be saved"):
        saved()
    runner.pump()
    assert desk.marks == {}
    desk.saving()()


def full_disk(*_: object) -> None:
    raise OSError("No space left on device")

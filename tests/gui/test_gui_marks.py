"""Marks are at once on the screen and soon in the catalog; the window's thread reads nothing for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.content_samples import PumpedRunner
from tests.review.made_library import catalogue, picture
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.gui.desks.mark_desk import MarkDesk
from twinlens.gui.desks.photo_book import PhotoBook
from twinlens.library.open import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


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

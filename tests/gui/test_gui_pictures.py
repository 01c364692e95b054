"""Large pictures: what is looked at first, stale requests dropped, memory bounded, what comes next decoded ahead."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.group import Group, Member, Suggestion
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.gui.looking.ahead import of_groups, of_rows
from twinlens.gui.pictures.cache import PictureCache
from twinlens.gui.pictures.picture import Picture, picture_of, screen_side_px
from twinlens.gui.pictures.store import Pictures, decode
from twinlens.gui.pictures.want import Level, Want, WantList


class LaterRunner:
    """Runs work when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(self, work):
        self.waiting.append(work)

    def finish(self):
        self.waiting.clear()

    def run(self):
        while self.waiting:
            self.waiting.pop(0)()


@dataclass(frozen=True)
class Weight:
    size_bytes: int


def screen(name: str) -> Want:
    return Want(name, 1, 6000, Level.SCREEN)


def full(name: str) -> Want:
    return Want(name, 1, 6000, Level.FULL)


def made(side_px: int) -> Picture:
    return picture_of(np.full((side_px * 2 // 3, side_px, 3), 90, np.uint8))


@pytest.fixture
def decoded():
    return []


@pytest.fixture
def pictures(qapp, decoded):
    def note(path: str, side_px: int) -> Picture:
        decoded.append((path, side_px))
        if path == "broken":
            raise PhotoUnreadable("it is broken")
        return made(min(side_px, 600))

    runner = LaterRunner()
    store = Pictures(decode=note, runner=runner, capacity_bytes=20_000_000)
    yield store, runner
    store.shutdown()
    store.deleteLater()


def test_the_memory_is_bounded_and_what_was_used_last_stays():
    cache: PictureCache[Weight] = PictureCache(100)
    for name in "abc":
        cache.put(screen(name), Weight(40))
        cache.get(screen("a"))
    assert cache.used_bytes == 80
    assert set(cache.wants()) == {screen("a"), screen("c")}
    cache.put(full("d"), Weight(500))
    assert set(cache.wants()) == {full("d")}
    assert cache.used_bytes == 500
    assert cache.best(screen("d")) == Weight(500)


def test_what_is_looked_at_comes_first_and_what_is_not_wanted_any_more_is_never_decoded(pictures, decoded):
    store, runner = pictures
    store.want([screen("old")], [screen("old next")])
    store.want([screen("new"), full("new")], [screen("next"), screen("previous")])
    runner.run()
    assert [path for path, _ in decoded] == ["new", "new", "next", "previous"]
    assert [px for _, px in decoded] == [1024, 5400, 1024, 1024]
    decoded.clear()
    store.want([screen("next")], [screen("new")])
    runner.run()
    assert not decoded


def test_a_worker_is_free_for_what_is_looked_at_while_others_are_decoded_ahead():
    wants = WantList(2)
    assert wants.replace([], [screen("a"), screen("b")], ()) == 2
    assert wants.take() == screen("a")
    assert wants.take() is None
    assert wants.replace([screen("now")], [screen("b")], ()) == 1
    assert wants.take() == screen("now")
    wants.made(screen("a"))
    assert wants.take() == screen("b")


def test_what_cannot_be_decoded_is_said_once_and_not_tried_again(qtbot, pictures, decoded):
    store, runner = pictures
    with qtbot.waitSignal(store.failed) as failed:
        store.want([screen("broken")])
        runner.run()
    assert failed.args == [screen("broken"), "it is broken"]
    store.want([screen("broken")])
    runner.run()
    assert len(decoded) == 1
    assert store.failure(screen("broken")) == "it is broken"


def test_a_small_image_is_an_average_and_all_of_them_show_the_same():
    rgb = np.zeros((1200, 1800, 3), np.uint8)
    rgb[::2] = (200, 100, 50)
    picture = picture_of(rgb)
    assert [image.width() for image in picture.images] == [1800, 900]
    colour = picture.image_for(400).pixelColor(100, 100)
    assert (colour.red(), colour.green(), colour.blue()) == pytest.approx((100, 50, 25), abs=2)
    assert picture.image_for(1000).width() == 1800
    assert picture.size_bytes == sum(4 * width * width * 2 // 3 for width in (1800, 900))


def test_a_real_photo_comes_upright_at_the_size_asked_for(photos_dir):
    path = str(sorted((photos_dir / "series_controller").glob("*.JPG"))[0])
    whole = decode(path, 3600)
    assert max(whole.images[0].width(), whole.images[0].height()) == 4032
    assert 1024 <= decode(path, 1024).longest_px <= 1536


def test_the_screen_decides_how_much_is_decoded():
    assert screen_side_px(1440, 900, 1.0) == 1536
    assert screen_side_px(1440, 900, 2.0) == 3072
    assert screen_side_px(6000, 900, 2.0) == 3840


def group(number: int, count: int) -> Group:
    members = tuple(Member(PhotoId(number * 100 + at), Suggestion.NONE, "", None) for at in range(count))
    return Group(f"burst-{number}", PhotoClass.BURST, members, 0)


def test_three_groups_each_way_are_read_ahead_the_nearest_first():
    groups = [group(number, 2) for number in range(10)]
    assert of_groups(groups, 5, 0, 99) == [501, 600, 400, 700, 300, 800, 200, 601, 401, 701, 301, 801, 201]
    assert of_groups(groups, 0, 1, 3) == [0, 100, 200]
    assert of_rows(1, 4, 99) == [2, 0, 3]


class Named(list):
    """Groups that can be named without being made."""

    def photo_ids(self, at: int) -> np.ndarray:
        return np.array([at * 100, at * 100 + 1])

    def __getitem__(self, at):
        raise AssertionError("a group was made, with all its words, only to decode ahead")


def test_groups_are_not_made_only_to_be_decoded_ahead():
    assert of_groups(Named(range(9)), 5, 0, 4) == [501, 600, 400, 700]

"""A round works through its photos in blocks, the next proposed and the last ended while one is verified."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scanning.scenes import WITHOUT_NETWORK, Ties, make_album, scanned, ties_of
from twinlens.domain.events import Event, RelationsChanged
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import GoOn, no_events
from twinlens.imaging.bounds import DEFAULT_BOUNDS
from twinlens.library.open import Library
from twinlens.scanning import match
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.match import Matcher
from twinlens.scanning.progress import Progress

pytestmark = pytest.mark.photos
SCENES = 8
BLOCK = 7


@pytest.fixture
def studied(photos_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library whose photos all wait to be matched, and the ties that a scan found are in ``tmp_path``."""
    make_album(photos_dir, tmp_path / "photos", SCENES)
    monkeypatch.setattr(match, "BLOCK", BLOCK)
    with Library.open(tmp_path / "library") as library:
        scanned(library, tmp_path / "photos", options=WITHOUT_NETWORK)
        yield library


def unmatched_again(library: Library) -> tuple[list[PhotoId], Ties]:
    """All photos wait anew; what they were tied by before."""
    before = ties_of(library)
    database = library.catalog()._connection
    with library.catalog().transaction():
        database.run("DELETE FROM relations")
        database.run("INSERT INTO unmatched SELECT id FROM photos")
    return library.catalog().unmatched.ids(), before


def matcher_of(library: Library, threads: int, emit: Callable[[Event], None] = no_events) -> Matcher:
    return Matcher(library, None, DEFAULT_BOUNDS, threads, emit, Progress(no_events), Courtesy())


class StopAfter:
    """Says stop when so many blocks have told of relations."""

    def __init__(self, told: int) -> None:
        self.left = told

    def __call__(self, event: Event) -> None:
        self.left -= isinstance(event, RelationsChanged)

    def proceed(self) -> bool:
        return self.left > 0


@pytest.mark.parametrize("threads", [1, 2])
def test_blocks_beside_each_other_find_what_a_scan_finds(studied: Library, threads: int):
    ids, before = unmatched_again(studied)
    assert len(ids) > 4 * BLOCK
    matcher = matcher_of(studied, threads)
    assert matcher.round(GoOn())
    assert matcher.close_gaps(GoOn())
    assert ties_of(studied) == before
    assert studied.catalog().unmatched.ids() == []


@pytest.mark.parametrize("threads", [1, 2])
def test_a_round_stopped_between_blocks_leaves_the_others_for_the_next(studied: Library, threads: int):
    ids, before = unmatched_again(studied)
    stop = StopAfter(2)
    matcher = matcher_of(studied, threads, stop)
    assert not matcher.round(stop)
    left = studied.catalog().unmatched.ids()
    assert 0 < len(left) < len(ids)
    assert ids[-len(left) :] == left  # whole blocks, none out of turn
    assert matcher.waiting == len(left)
    again = matcher_of(studied, threads)
    assert again.waiting == len(left)
    assert again.round(GoOn())
    assert again.close_gaps(GoOn())
    assert ties_of(studied) == before


def test_a_fault_beside_ends_the_round(studied: Library, monkeypatch: pytest.MonkeyPatch):
    ids, _ = unmatched_again(studied)
    matcher = matcher_of(studied, 2)

    def full(*_: object) -> int:
        raise OSError("the disk is full")

    monkeypatch.setattr(matcher._bursts, "store", full)
    with pytest.raises(OSError, match="the disk is full"):
        matcher.round(GoOn())
    assert studied.catalog().unmatched.ids() == ids  # matched by the next scan

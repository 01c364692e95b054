"""Photos that were moved or renamed, also where no inode says so: recognised by content, nothing is computed again."""

import os
import shutil
from pathlib import Path

import pytest

from tests.scanning.drives import Drives, drives
from tests.scanning.scenes import WITH_NETWORK, Listener, put, scanned
from twinlens.domain.events import PhotosCatalogued, PhotosGone, ScanFinished
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.library.open import Library
from twinlens.scanning.apart import asking
from twinlens.scanning.control import PauseStop

__all__ = ["drives"]

COUNT = 6
Decoded = list[str]


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Decoded:
    """The files that were decoded, not only read."""
    paths: Decoded = []
    real = asking.study_apart

    def ask(path: str, *rest: object) -> object:
        answer = real(path, *rest)  # type: ignore[arg-type]
        if not isinstance(answer, asking.KnownContent):
            paths.append(path)
        return answer

    monkeypatch.setattr("twinlens.scanning.study.study_apart", ask)
    return paths


@pytest.fixture
def card(drives: Drives, tmp_path: Path) -> Path:
    place = drives.plug_in("CARD", tmp_path / "media/card")
    for number in range(COUNT):
        put(place / f"DCIM/{number}.jpg", number)
    return place


def counts(report: ScanFinished) -> tuple[int, int, int, int, int]:
    return report.photos, report.new, report.changed, report.unchanged, report.gone


def ids(library: Library) -> dict[PhotoId, str]:
    return {photo.id: photo.path for photo in library.catalog().photos.named("")}


@pytest.mark.parametrize("network", [False, True])
def test_a_renamed_folder_on_a_card_keeps_all_that_is_known(
    library: Library, card: Path, decoded: Decoded, network: bool
) -> None:
    options = WITH_NETWORK if network else WITH_NETWORK.__class__(embedding=False, threads=2)
    scanned(library, card, options=options)
    before = ids(library)
    first, second = sorted(before)[:2]
    catalog = library.catalog()
    catalog.relations.save([Relation(first, second, PhotoClass.SAME_SHOT, 0.9)])
    catalog.marks.set([first], Mark.REJECT)
    vectors = len(library.vectors) if network else 0
    decoded.clear()
    os.rename(card / "DCIM", card / "2024 Rome")
    listener = Listener()
    report = scanned(library, card, options=options, listener=listener)
    assert counts(report) == (COUNT, 0, 0, COUNT, 0)
    assert decoded == []
    assert ids(library) == {id_: path.replace("DCIM", "2024 Rome") for id_, path in before.items()}
    assert len(catalog.relations.of(first)) == 1
    assert catalog.marks.all() == {first: Mark.REJECT}
    assert not network or len(library.vectors) == vectors
    assert not [event for event in listener.events if isinstance(event, PhotosGone)]
    shown = [event for event in listener.events if isinstance(event, PhotosCatalogued)]
    assert {id_ for event in shown for id_ in event.photo_ids} == set(before)
    assert counts(scanned(library, card, options=options)) == (COUNT, 0, 0, COUNT, 0)
    assert [photo.path for photo in catalog.photos.named("3.jpg")] == [str(card / "2024 Rome/3.jpg")]


def test_photos_moved_to_another_drive_are_recognised(
    library: Library, card: Path, drives: Drives, decoded: Decoded
) -> None:
    disk = drives.plug_in("DISK", card.parent / "disk")
    scanned(library, card, disk)
    before = set(ids(library))
    decoded.clear()
    shutil.move(str(card / "DCIM"), disk / "from card")
    assert counts(scanned(library, card, disk)) == (COUNT, 0, 0, COUNT, 0)
    assert decoded == []
    assert set(ids(library)) == before
    assert {photo.volume for photo in library.catalog().photos.named("")} == {"uuid:DISK"}


def test_copies_keep_their_names_where_they_can(library: Library, card: Path, decoded: Decoded) -> None:
    for name in ("a.jpg", "b.jpg"):
        shutil.copyfile(card / "DCIM/1.jpg", card / "DCIM" / name)
    scanned(library, card)
    before = {os.path.basename(path): id_ for id_, path in ids(library).items()}
    os.rename(card / "DCIM", card / "moved")
    os.remove(card / "moved/b.jpg")
    assert counts(scanned(library, card)) == (COUNT + 1, 0, 0, COUNT + 1, 1)
    del before["b.jpg"]
    assert {os.path.basename(path): id_ for id_, path in ids(library).items()} == before


def test_what_only_has_the_size_of_a_missing_photo_is_another_photo(library: Library, card: Path) -> None:
    scanned(library, card)
    size = (card / "DCIM/1.jpg").stat().st_size
    os.remove(card / "DCIM/1.jpg")
    other = put(card / "other.jpg", 1)
    data = bytearray(other.read_bytes())
    data[-40] ^= 0x55
    other.write_bytes(data)
    assert other.stat().st_size == size
    assert counts(scanned(library, card)) == (COUNT, 1, 0, COUNT - 1, 1)
    assert len(ids(library)) == COUNT


def test_a_scan_that_was_stopped_forgets_nothing_that_may_have_moved(library: Library, card: Path) -> None:
    scanned(library, card)
    before = set(ids(library))
    os.rename(card / "DCIM", card / "moved")
    control = PauseStop()

    class StopsAtOnce(Listener):
        def __call__(self, event: object) -> None:
            control.stop()

    report = scanned(library, card, control=control, listener=StopsAtOnce())
    assert report.stopped
    assert set(ids(library)) == before
    assert counts(scanned(library, card)) == (COUNT, 0, 0, COUNT, 0)
    assert set(ids(library)) == before

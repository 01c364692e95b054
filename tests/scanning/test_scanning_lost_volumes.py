"""A drive that is unplugged or dies during a scan: one sentence, nothing lost, and the next scan goes on."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scanning.drives import Drives, drives
from tests.scanning.scenes import Listener, put, scanned
from twinlens.library.open import Library
from twinlens.scanning.apart.asking import Failed, study_apart
from twinlens.volumes.device_faults import MOST_IN_A_ROW

__all__ = ["drives"]

COUNT = 120  # more than are asked for ahead


def fail_when(monkeypatch: pytest.MonkeyPatch, fails: Callable[[str, int], int | None]) -> list[str]:
    """Let reading fail with the number that ``fails`` answers for a path and a count; returns the paths asked for."""
    asked: list[str] = []

    def ask(path: str, *rest: object) -> object:
        asked.append(path)
        number = fails(path, len(asked))
        if number is not None:
            return Failed(f"the file cannot be read ({os.strerror(number)})", lasts=False, errno=number)
        return study_apart(path, *rest)

    monkeypatch.setattr("twinlens.scanning.study.study_apart", ask)
    return asked


@pytest.fixture
def card(drives: Drives, tmp_path: Path) -> Path:
    place = drives.plug_in("CARD", tmp_path / "media/card")
    for number in range(COUNT):
        put(place / f"DCIM/{number // 20}/{number:03}.jpg", number)
    return place


def test_a_drive_unplugged_during_the_study_is_one_sentence(
    library: Library, card: Path, drives: Drives, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unplug(_path: str, count: int) -> None:
        if count == 20:
            drives.unplug(card)

    with monkeypatch.context() as patch:
        asked = fail_when(patch, unplug)
        listener = Listener()
        report = scanned(library, card, listener=listener)
    assert [(problem.path, "disconnected" in problem.error) for problem in report.problems] == [(str(card), True)]
    assert list(listener.problems()) == [str(card)]
    assert len(asked) < COUNT  # what had not begun was not tried
    assert 0 < report.new < 25
    assert (report.gone, report.stopped) == (0, False)
    photos = library.catalog().photos.named(".jpg")
    assert len(photos) == report.new
    assert not any(photo.online for photo in photos)
    assert library.catalog().problems.all() == []

    drives.plug_in("CARD", card)
    again = scanned(library, card)
    assert (again.unchanged, again.new, again.problems) == (report.new, COUNT - report.new, ())
    assert all(photo.online for photo in library.catalog().photos.named(".jpg"))


def test_a_drive_unplugged_during_the_walk_loses_nothing(
    library: Library, card: Path, drives: Drives, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(library, card)
    real = os.scandir
    listed: list[str] = []

    def scandir(path: str) -> object:
        listed.append(path)
        if len(listed) == 4:
            entries = real(path)
            drives.unplug(card)  # the folder was listed; its files are gone when they are looked at
            return entries
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr("twinlens.scanning.walk.os.scandir", scandir)
        report = scanned(library, card)
    assert (report.gone, report.new) == (0, 0)
    assert [problem.path for problem in report.problems] == [str(card)]
    assert library.catalog().photos.count() == COUNT
    assert not any(photo.online for photo in library.catalog().photos.named(".jpg"))
    drives.plug_in("CARD", card)
    assert scanned(library, card).unchanged == COUNT


def test_a_dying_drive_is_left_alone_after_some_errors_in_a_row(
    library: Library, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        asked = fail_when(patch, lambda path, _: errno.EIO if os.path.basename(path) >= "005.jpg" else None)
        report = scanned(library, card)
    assert len(asked) < 5 + MOST_IN_A_ROW + 80  # some were under way already
    assert report.new == 5
    assert [problem.path for problem in report.problems] == [str(card)]
    assert "one error after the other" in report.problems[0].error
    assert library.catalog().problems.all() == []
    assert scanned(library, card).new == COUNT - 5


def test_some_bad_files_are_a_line_each_and_tried_again(
    library: Library, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = {f"{number:03}.jpg" for number in (3, 4, 5, 30, 59)}
    with monkeypatch.context() as patch:
        fail_when(patch, lambda path, _: errno.EIO if os.path.basename(path) in bad else None)
        report = scanned(library, card)
    assert {os.path.basename(problem.path) for problem in report.problems} == bad
    assert {os.path.basename(problem.path) for problem in library.catalog().problems.all()} == bad
    assert report.new == COUNT - len(bad)
    again = scanned(library, card)  # not stamped as lasting
    assert (again.new, again.unchanged, again.problems) == (len(bad), COUNT - len(bad), ())


def test_what_is_forbidden_says_nothing_about_the_drive(
    library: Library, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_when(monkeypatch, lambda _path, count: errno.EACCES if count % 10 else None)
    report = scanned(library, card)
    assert len(report.problems) == COUNT - COUNT // 10


def test_a_dying_drive_is_not_listed_to_the_end(
    library: Library, drives: Drives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = drives.plug_in("OLD", tmp_path / "media/old")
    for number in range(100):
        put(place / f"{number:03}/a.jpg", number % 3)
    assert scanned(library, place).new == 100
    real = os.scandir
    asked: list[str] = []

    def scandir(path: str) -> object:
        asked.append(path)
        if len(asked) > 30:
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr("twinlens.scanning.walk.os.scandir", scandir)
        report = scanned(library, place)
    assert len(asked) == 30 + MOST_IN_A_ROW
    assert [problem.path for problem in report.problems] == [str(place)]
    assert (report.gone, library.catalog().photos.count()) == (0, 100)
    assert scanned(library, place).unchanged == 100

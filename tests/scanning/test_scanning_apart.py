"""Files are studied in processes of their own: what happens there stays there."""

import errno
import os
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.scanning.orphans import still_running
from tests.scanning.scenes import noise_jpeg, put, scanned
from twinlens.imaging.bounds import DEFAULT_BOUNDS, DecodeBounds
from twinlens.isolation.process import ChildTookTooLong
from twinlens.library.open import Library
from twinlens.scanning.apart import asking, processes
from twinlens.scanning.apart.asking import Failed, KnownContent, study_apart
from twinlens.scanning.apart.messages import StudyAnswer, decode, encode
from twinlens.scanning.apart.processes import close_processes


def study(path: Path, known: list[bytes] | None = None, bounds: DecodeBounds = DEFAULT_BOUNDS) -> object:
    return study_apart(str(path), path.stat().st_size, known or [], 0, bounds)


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if processes.MODULE in child.cmdline()]


def kill_children() -> None:
    for child in children():
        child.kill()


def test_a_process_that_dies_costs_one_file(library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        put(photos / f"{number}.jpg", number)
    real = asking.study_apart

    def ask(path: str, *rest: object) -> object:
        if path.endswith("3.jpg"):  # as if this file made its decoder crash
            for child in children():
                child.send_signal(signal.SIGSTOP)
            threading.Timer(0.2, kill_children).start()
        return real(path, *rest)  # type: ignore[arg-type]

    close_processes()
    monkeypatch.setattr("twinlens.scanning.study.study_apart", ask)
    report = scanned(library, photos)
    assert report.photos + len(report.problems) == 6
    assert report.photos >= 4  # at most the files that the killed processes had in hand
    assert all("broke off" in problem.error for problem in report.problems)


def test_a_process_that_hangs_is_ended_at_the_time_limit(photos: Path) -> None:
    path = put(photos / "a.jpg", 1)
    close_processes()
    assert isinstance(study(path), StudyAnswer)
    (child,) = children()
    child.send_signal(signal.SIGSTOP)
    start_s = time.monotonic()
    found = study(path, bounds=DecodeBounds(timeout_s=0.3))
    assert isinstance(found, Failed)
    assert "did not give the file" in found.error  # it was idle: a drive that sleeps looks like this
    assert (found.lasts, found.errno) == (False, errno.ETIMEDOUT)
    assert time.monotonic() - start_s < 5
    assert still_running([child], 0.0) == []
    assert isinstance(study(path), StudyAnswer)


def test_a_process_that_is_busy_too_long_is_the_fault_of_the_file(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> object:
        raise ChildTookTooLong(busy_s=29.0)

    monkeypatch.setattr(processes.POOL, "ask", ask)
    found = study(put(photos / "a.jpg", 1))
    assert isinstance(found, Failed)
    assert "took longer" in found.error
    assert (found.lasts, found.errno) == (True, None)


def test_processes_that_cannot_be_started_stop_no_scan(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = put(photos / "a.jpg", 1)
    close_processes()
    with monkeypatch.context() as patch:
        patch.setattr("sys.executable", "/nonexistent/python")
        report = scanned(library, photos)
        assert asking.pixel_hash_apart(str(path), 1, b"\0" * 16, DEFAULT_BOUNDS) is None
    assert ["cannot be started" in problem.error for problem in report.problems] == [True]
    assert {"cannot be started" in record.getMessage() for record in caplog.records} == {True}
    caplog.clear()
    assert scanned(library, photos).new == 1  # not the photo's fault: tried again


@pytest.mark.parametrize("pixels", ["zz", "00"])
def test_a_pixel_hash_that_is_none_is_not_believed(photos: Path, monkeypatch: pytest.MonkeyPatch, pixels: str) -> None:
    path = put(photos / "a.jpg", 1)
    monkeypatch.setattr(processes.POOL, "ask", lambda *_: ({"pixels": pixels}, bytearray()))
    assert asking.pixel_hash_apart(str(path), 1, b"\0" * 16, DEFAULT_BOUNDS) is None


def test_known_bytes_are_not_decoded(photos: Path) -> None:
    path = put(photos / "a.jpg", 1)
    first = study(path)
    assert isinstance(first, StudyAnswer)
    again = study(path, [b"\0" * 16, first.content])
    assert again == KnownContent(first.content, first.stamp)
    assert isinstance(study(path, [b"\0" * 16]), StudyAnswer)


def test_copies_are_catalogued_as_if_each_had_been_decoded(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[object] = []
    real = asking.study_apart

    def ask(*asked: object) -> object:
        answers.append(real(*asked))
        return answers[-1]

    monkeypatch.setattr("twinlens.scanning.study.study_apart", ask)
    put(photos / "a.jpg", 1)
    scanned(library, photos)
    for name in ("b/a.jpg", "c.jpg", "d.jpg"):
        put(photos / name, 1)
    report = scanned(library, photos)
    assert (report.photos, report.new) == (4, 3)
    assert [type(answer) for answer in answers] == [StudyAnswer, KnownContent, KnownContent, KnownContent]
    catalog = library.catalog()
    records = catalog.photos.named("jpg")
    assert len({photo.content for photo in records}) == len({photo.facts for photo in records}) == 1
    assert len({photo.stamp.inode for photo in records}) == 4
    columns = catalog.fingerprints.columns()
    assert len(columns.photo_id) == 4
    assert (columns.perceptual == columns.perceptual[0]).all()
    assert len({library.thumbnails.get(photo.id) for photo in records}) == 1


def test_a_photo_whose_thumbnail_is_lost_is_decoded_again(library: Library, photos: Path) -> None:
    put(photos / "a.jpg", 1)
    scanned(library, photos)
    library.thumbnails.remove([photo.id for photo in library.catalog().photos.named("a.jpg")])
    put(photos / "b.jpg", 1)
    report = scanned(library, photos)
    (copy,) = library.catalog().photos.named("b.jpg")
    assert report.new == 1
    assert library.thumbnails.get(copy.id)


def test_what_a_taken_over_process_might_send_is_refused() -> None:
    for noise in (b"", b"\x93\x01\x02\x03", b"\xff" * 40, os.urandom(200)):
        with pytest.raises(ValueError, match="answer"):
            decode(noise)


def test_answers_travel_unchanged(photos: Path) -> None:
    answer = study(put(photos / "a.jpg", 1))
    assert isinstance(answer, StudyAnswer)
    assert decode(encode(answer)) == answer
    assert answer.stamp.size_bytes == len(noise_jpeg(1))


def test_orphaned_processes_end(photos: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, time\nfrom twinlens.scanning.apart import processes\nprocesses.start_processes(2)\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        orphans = psutil.Process(parent.pid).children()
        assert len(orphans) == 2
        parent.kill()
    assert still_running(orphans, 10.0) == []

"""Files that change or go between being listed and being read, and what is no file at all."""

import contextlib
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scanning.scenes import noise_jpeg, put, scanned
from twinlens.fingerprints.content import content_hash
from twinlens.library.open import Library
from twinlens.scanning.apart import asking
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.walk import Walk

Meddle = Callable[[Path], None]


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\0" * 4096)


def exchange(path: Path) -> None:
    path.with_name("other").write_bytes(noise_jpeg(90))
    os.replace(path.with_name("other"), path)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 200)


def remove(path: Path) -> None:
    path.unlink()


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def become_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("meddle", [grow, exchange, cut, remove, become_a_folder, become_a_pipe])
def test_what_is_catalogued_is_what_was_read(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch, meddle: Meddle
) -> None:
    """Between the walk and the study the file becomes another: no stamp is ever kept with other bytes than its own."""
    target = put(photos / "1.jpg", 1)
    for number in range(2, 6):
        put(photos / f"{number}.jpg", number)
    real = asking.study_apart

    def ask(path: str, *rest: object) -> object:
        if path == str(target) and not done:
            done.append(path)
            meddle(target)
        return real(path, *rest)  # type: ignore[arg-type]

    done: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr("twinlens.scanning.study.study_apart", ask)
        report = scanned(library, photos)
    assert report.new + len(report.problems) in (4, 5)
    for photo in library.catalog().photos.named(".jpg"):
        facts = os.stat(photo.path)
        stamp = photo.stamp
        assert (stamp.size_bytes, stamp.mtime_ns, stamp.inode) == (facts.st_size, facts.st_mtime_ns, facts.st_ino)
        assert photo.content == content_hash(Path(photo.path).read_bytes())
    again = scanned(library, photos)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert again.photos == report.new


def test_a_file_that_is_written_during_the_scan_is_read_by_the_next(library: Library, photos: Path) -> None:
    put(photos / "whole.jpg", 1)
    half = photos / "arriving.jpg"
    half.write_bytes(noise_jpeg(2)[:600])  # a copy that has not come to its end
    report = scanned(library, photos)
    assert [problem.path for problem in report.problems] == [str(half)]
    with half.open("ab") as file:
        file.write(noise_jpeg(2)[600:])
    report = scanned(library, photos)
    assert (report.new, report.unchanged, report.problems) == (1, 1, ())
    assert library.catalog().problems.all() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no special files")
def test_what_is_no_file_is_no_photo_whatever_it_is_called(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s"
    put(folder / "real.jpg", 1)
    os.mkfifo(folder / "pipe.jpg")
    os.mkfifo(folder / "pipe_without_suffix")
    (folder / "folder.jpg").mkdir()
    (folder / "folder.jpg/real.jpg").symlink_to(folder / "real.jpg")
    (folder / "up.jpg").symlink_to(folder)
    monkeypatch.chdir(folder)  # the path of a socket may have a hundred bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.jpg")
        with contextlib.suppress(PermissionError):  # only root may make one
            os.mknod("zero.jpg", stat.S_IFCHR | 0o600, os.makedev(1, 5))  # reading it never ends
        assert [os.path.basename(file.path) for file in Walk(str(folder), ScanOptions().ignored_names)] == ["real.jpg"]
        report = scanned(library, folder)
    assert (report.photos, report.problems) == (1, ())
    (folder / "link.jpg").symlink_to(folder / "real.jpg")
    for name, said in (("pipe.jpg", "no file"), ("socket.jpg", "no file"), ("link.jpg", "symbolic link")):
        report = scanned(library, folder / name)  # named singly, it is said why nothing comes of it
        assert (report.new, report.gone) == (0, 0)
        assert [said in problem.error for problem in report.problems] == [True]

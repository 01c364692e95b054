import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scanning.scenes import noise_jpeg, put
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.walk import Walk

IGNORED = ScanOptions().ignored_names


def names(walk: Walk) -> list[str]:
    return [os.path.relpath(file.path, walk.root) for file in walk]


def test_photos_are_found_in_the_order_of_their_folders(photos: Path) -> None:
    for place in ("b/2.jpg", "b/1.JPG", "a/x.png", "c.jpeg", "a/deeper/y.heic"):
        put(photos / place, 1)
    (photos / "notes.txt").write_text("no photo")
    walk = Walk(str(photos), IGNORED)
    assert names(walk) == ["c.jpeg", "a/x.png", "a/deeper/y.heic", "b/1.JPG", "b/2.jpg"]
    assert walk.unlisted == {}


def test_ignored_and_hidden_names_are_passed_over_in_any_case(photos: Path) -> None:
    for place in (
        "@eaDir/a.jpg",
        ".Trash-1000/b.jpg",
        ".hidden.jpg",
        "kept/SKIP/c.jpg",
        "kept/d.jpg",
        "kept/draft 1.jpg",
    ):
        put(photos / place, 1)
    assert names(Walk(str(photos), (*IGNORED, "skip", "draft*"))) == ["kept/d.jpg"]


def test_links_are_not_followed_and_loops_do_no_harm(photos: Path) -> None:
    put(photos / "real/a.jpg", 1)
    (photos / "real/loop").symlink_to(photos)
    (photos / "link.jpg").symlink_to(photos / "real/a.jpg")
    (photos / "broken.jpg").symlink_to(photos / "nowhere.jpg")
    (photos / "alias").symlink_to(photos / "real")
    assert names(Walk(str(photos), IGNORED)) == ["real/a.jpg"]


def test_a_root_that_is_a_link_to_a_folder_leads_into_it(photos: Path, tmp_path: Path) -> None:
    put(photos / "a.jpg", 1)
    link = tmp_path / "link"
    link.symlink_to(photos)
    (found,) = Walk(str(link), IGNORED)
    assert found.path == os.path.realpath(photos / "a.jpg")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_with_a_photo_name_is_no_photo_and_does_not_hang(photos: Path) -> None:
    os.mkfifo(photos / "fifo.jpg")
    os.mkfifo(photos / "pipe_without_suffix")
    put(photos / "a.jpg", 1)
    assert names(Walk(str(photos), IGNORED)) == ["a.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux only")
def test_names_of_any_bytes_are_carried_through(photos: Path) -> None:
    wanted = [b"latin1-\xe9\xff.jpg", b"new\nline.jpg", "📷 trip.jpg".encode(), b"-rf.jpg", b"a" * 251 + b".jpg"]
    for name in wanted:
        with open(os.path.join(os.fsencode(photos), name), "wb") as file:
            file.write(noise_jpeg(1))
    found = list(Walk(str(photos), IGNORED))
    assert sorted(os.path.basename(os.fsencode(file.path)) for file in found) == sorted(wanted)
    assert all(os.path.exists(file.path) for file in found)


def test_a_photo_without_a_suffix_is_known_by_its_first_bytes(photos: Path) -> None:
    (photos / "scan_0001").write_bytes(noise_jpeg(1))
    (photos / "README").write_text("no photo at all")
    (photos / "empty").write_bytes(b"")
    assert names(Walk(str(photos), IGNORED)) == ["scan_0001"]


def test_a_folder_that_cannot_be_listed_is_named(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(photos / "locked/a.jpg", 1)
    put(photos / "open/b.jpg", 2)
    refuse(monkeypatch, str(photos / "locked"))
    walk = Walk(str(photos), IGNORED)
    assert names(walk) == ["open/b.jpg"]
    assert list(walk.unlisted) == [str(photos / "locked")]
    assert "cannot be listed" in walk.unlisted[str(photos / "locked")]


def refuse(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Let listing one folder fail, also for root."""
    real = os.scandir

    def scandir(path: str) -> object:
        if path == folder:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr("twinlens.scanning.walk.os.scandir", scandir)


def test_one_file_may_be_the_root(photos: Path) -> None:
    place = put(photos / "a.jpg", 1)
    (found,) = Walk(str(place), IGNORED)
    assert (found.path, found.stamp.size_bytes) == (str(place), place.stat().st_size)
    missing = Walk(str(photos / "gone.jpg"), IGNORED)
    assert list(missing) == []
    assert list(missing.unlisted) == [str(photos / "gone.jpg")]


def test_relative_paths_lead_back_to_the_file(photos: Path) -> None:
    put(photos / "a/b.jpg", 1)
    (found,) = Walk(str(photos), IGNORED)
    assert os.path.join(found.volume.mount_point, found.relative_path) == found.path
    status = os.stat(found.path)
    assert (found.stamp.mtime_ns, found.stamp.inode) == (status.st_mtime_ns, status.st_ino)


def test_a_tree_of_awkward_names_is_walked_through(shared_data: Path, tmp_path: Path) -> None:
    script = [sys.executable, str(shared_data / "make_odd.py"), str(tmp_path / "odd")]
    subprocess.run(script, check=True, capture_output=True)
    found = [os.path.basename(name) for name in names(Walk(str(tmp_path / "odd"), IGNORED))]
    assert {"plain.jpg", "hardlink.jpg", "sparse_4GiB.jpg", "ends_jpg", "new\nline.jpg", "latin1-\udce9\udcff.jpg"} <= {
        *found
    }
    assert not {"symlink.jpg", "broken_symlink.jpg", "fifo.jpg", "folder.jpg", ".hidden.jpg"} & {*found}
    assert found.count("x.jpg") >= 2  # the deepest folder and the read-only one

"""The quarantine's own promises: names, manifest, races, placement."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from twinlens.disposal import mounts, placement, quarantine, rename
from twinlens.disposal.manifest import MANIFEST_NAME, RESTORE_NAME, Move
from twinlens.disposal.placement import QUARANTINE_NAME, quarantine_folder_for
from twinlens.disposal.quarantine import Quarantine, remove_for_good
from twinlens.domain.errors import StepRefused


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


def _away(disposal: Quarantine, path: Path, session: int = 1) -> str:
    destination = disposal.destination(str(path), session)
    disposal.dispose(str(path), destination, "keeper.jpg")
    return destination


@pytest.mark.parametrize(
    "raw", [b"IMG 1.jpg", b"\xff\xfe.jpg", b"new\nline.jpg", b"x" * 251 + b".jpg", "café😀.jpg".encode()]
)
def test_any_name_goes_and_comes(tmp_path: Path, photos: Path, raw: bytes) -> None:
    path = photos / os.fsdecode(raw)
    path.write_bytes(b"1")
    disposal = Quarantine(str(tmp_path / "q"))
    destination = _away(disposal, path)
    line = json.loads((tmp_path / "q" / QUARANTINE_NAME / MANIFEST_NAME).read_text("ascii"))
    assert os.fsencode(line["from"]) == os.fsencode(path)
    disposal.restore(str(path), destination)
    assert path.read_bytes() == b"1"
    assert not (tmp_path / "q" / QUARANTINE_NAME).exists()  # nothing waits: nothing is left behind


def test_equal_names_never_meet(tmp_path: Path, photos: Path) -> None:
    disposal = Quarantine(str(tmp_path / "q"))
    resting = []
    for at, name in enumerate(["IMG.jpg", "IMG.jpg", "img.JPG"]):
        (photos / name).write_bytes(bytes([at]))
        resting.append(_away(disposal, photos / name))
    assert [Path(place).read_bytes() for place in resting] == [b"\0", b"\1", b"\2"]


def test_the_printed_instructions_restore_without_twinlens(tmp_path: Path, photos: Path) -> None:
    disposal = Quarantine(str(tmp_path / "q"))
    for name in ("a.jpg", "b.jpg"):
        (photos / "deep").mkdir(exist_ok=True)
        (photos / "deep" / name).write_text(name)
        _away(disposal, photos / "deep" / name)
    (photos / "deep").rmdir()
    folder = tmp_path / "q" / QUARANTINE_NAME
    text = (folder / RESTORE_NAME).read_text()
    script = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True)
    assert (photos / "deep" / "a.jpg").read_text() == "a.jpg"
    assert (photos / "deep" / "b.jpg").read_text() == "b.jpg"


def test_a_taken_place_is_never_overwritten(tmp_path: Path, photos: Path) -> None:
    disposal = Quarantine(str(tmp_path / "q"))
    (photos / "a.jpg").write_text("old")
    destination = _away(disposal, photos / "a.jpg")
    (photos / "a.jpg").write_text("new")
    with pytest.raises(StepRefused, match="something else lies there"):
        disposal.restore(str(photos / "a.jpg"), destination)
    assert (photos / "a.jpg").read_text() == "new"
    assert Path(destination).read_text() == "old"


@pytest.mark.parametrize("without", [[], ["renameat2"], ["renameat2", "links"]])
def test_rename_refuses_a_taken_name_by_every_method(
    photos: Path, monkeypatch: pytest.MonkeyPatch, without: list[str]
) -> None:
    if "renameat2" in without:
        monkeypatch.setattr(rename, "_renameat2", lambda: None)
    if "links" in without:

        def no_links(*_args: object, **_kwargs: object) -> None:
            raise OSError(1, "no links here")

        monkeypatch.setattr(os, "link", no_links)
    (photos / "a").write_text("a")
    (photos / "b").write_text("b")
    with pytest.raises(FileExistsError):
        rename.rename_new(str(photos / "a"), str(photos / "b"))
    assert ((photos / "a").read_text(), (photos / "b").read_text()) == ("a", "b")
    rename.rename_new(str(photos / "a"), str(photos / "c"))
    assert sorted(os.listdir(photos)) == ["b", "c"]
    assert (photos / "c").read_text() == "a"


def test_a_file_exchanged_at_the_last_moment_goes_back(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photos / "a.jpg"
    path.write_text("checked")
    real = rename.rename_new

    def swap_first(source: str, target: str) -> None:
        if source == str(path):
            (photos / "other").write_text("unchecked")
            os.replace(photos / "other", path)
            monkeypatch.setattr(quarantine, "rename_new", real)
        real(source, target)

    monkeypatch.setattr(quarantine, "rename_new", swap_first)
    disposal = Quarantine(str(tmp_path / "q"))
    with pytest.raises(StepRefused, match="exchanged for another file"):
        _away(disposal, path)
    assert path.read_text() == "unchecked"


def test_full_disk_is_refused_before_the_photo_moves(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(28, "full")

    (photos / "a.jpg").write_text("a")
    monkeypatch.setattr("twinlens.disposal.manifest._write_all", full)
    with pytest.raises(StepRefused, match="no space left"):
        _away(Quarantine(str(tmp_path / "q")), photos / "a.jpg")
    assert (photos / "a.jpg").read_text() == "a"


def test_removal_for_good_only_inside_a_quarantine(tmp_path: Path, photos: Path) -> None:
    (photos / "a.jpg").write_bytes(b"12345")
    with pytest.raises(StepRefused, match="not lie in a quarantine"):
        remove_for_good(str(photos / "a.jpg"))
    for odd in (f"/x/{QUARANTINE_NAME}/../../a.jpg", f"{QUARANTINE_NAME}/1/2/a.jpg", f"/{QUARANTINE_NAME}/1/a.jpg"):
        with pytest.raises(StepRefused, match="not lie in a quarantine"):
            remove_for_good(odd)
    destination = _away(Quarantine(str(tmp_path / "q")), photos / "a.jpg")
    os.link(destination, tmp_path / "second name")
    assert remove_for_good(destination) == 0  # another name holds the bytes
    assert not os.path.exists(destination)


def test_placement_is_the_topmost_writable_folder(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = {str(photos.parent), str(photos)}
    monkeypatch.setattr(os, "access", lambda path, _mode: str(path) in allowed)
    assert quarantine_folder_for(str(photos / "a.jpg"), None) == str(photos.parent / QUARANTINE_NAME)
    allowed.clear()
    with pytest.raises(StepRefused, match="no place for a quarantine"):
        quarantine_folder_for(str(photos / "a.jpg"), None)


def test_placement_stays_below_the_mount(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "mount_of", lambda _folder: mounts.Mount(str(photos.parent), "ext4"))
    assert quarantine_folder_for(str(photos), None) == str(photos.parent / QUARANTINE_NAME)


def test_a_quarantine_laid_out_by_a_link_is_not_used(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / QUARANTINE_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StepRefused, match="is a link"):
        quarantine_folder_for(str(photos), str(tmp_path / "q"))


def test_an_override_on_another_volume_is_refused(photos: Path) -> None:
    if not os.path.isdir("/dev/shm") or os.stat("/dev/shm").st_dev == os.stat(photos).st_dev:
        pytest.skip("no second volume here")
    with pytest.raises(StepRefused, match="another volume"):
        Quarantine("/dev/shm/removed").check(str(photos))
    assert not os.path.exists("/dev/shm/removed")


def test_a_batch_is_announced_before_it_moves(tmp_path: Path, photos: Path) -> None:
    disposal = Quarantine(str(tmp_path / "q"))
    moves = []
    for at in range(3):
        (photos / f"{at}.jpg").write_bytes(bytes([at]))
        path = str(photos / f"{at}.jpg")
        moves.append(Move(path, disposal.destination(path, 4), "keeper"))
    disposal.announce(moves)
    assert len((tmp_path / "q" / QUARANTINE_NAME / MANIFEST_NAME).read_text().splitlines()) == 3
    for move in moves:
        disposal.dispose(move.path, move.destination, move.keeper_path)
    disposal.sync()
    assert os.listdir(photos) == []

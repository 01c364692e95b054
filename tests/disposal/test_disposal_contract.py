"""One contract, run over every way of removal that can be taken back."""

import os
from pathlib import Path

import pytest

from twinlens.disposal.links import HardLink, Reflink
from twinlens.disposal.mounts import mount_of
from twinlens.disposal.registry import BatchedDisposal, disposal_for
from twinlens.disposal.system_trash import SystemTrash
from twinlens.domain.errors import StepRefused
from twinlens.domain.plan import DisposalKind

PAST_NS = 1_234_567_890_123_456_789


def _file(path: Path, data: bytes, mtime_ns: int = PAST_NS) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o640)
    os.utime(path, ns=(mtime_ns, mtime_ns))
    return str(path)


@pytest.fixture(params=["quarantine", "hardlink"])
def disposal(request: pytest.FixtureRequest, tmp_path: Path) -> BatchedDisposal:
    return disposal_for(DisposalKind(request.param), str(tmp_path / "removed"))


def test_there_and_back(disposal: BatchedDisposal, tmp_path: Path) -> None:
    keeper = _file(tmp_path / "a" / "keep.jpg", b"picture")
    path = _file(tmp_path / "b" / "copy.jpg", b"picture")
    disposal.check(path)
    disposal.check(str(tmp_path / "b"))
    destination = disposal.destination(path, 7)
    disposal.dispose(path, destination, keeper)
    disposal.sync()
    if destination is None:
        assert os.path.samefile(path, keeper)
    else:
        assert not os.path.exists(path)
        assert Path(destination).read_bytes() == b"picture"
    disposal.restore(path, destination)
    disposal.sync()
    assert Path(path).read_bytes() == b"picture"
    assert not os.path.samefile(path, keeper)
    assert os.stat(path).st_mtime_ns == PAST_NS
    assert os.stat(path).st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path / "b")) == ["copy.jpg"]


@pytest.mark.parametrize("kind", ["symlink", "folder", "pipe", "absent"])
def test_only_regular_files_are_touched(disposal: BatchedDisposal, tmp_path: Path, kind: str) -> None:
    keeper = _file(tmp_path / "keep.jpg", b"picture")
    path = tmp_path / "odd.jpg"
    if kind == "symlink":
        path.symlink_to(keeper)
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    destination = disposal.destination(str(path), 1)
    with pytest.raises(StepRefused, match=r"odd\.jpg"):
        disposal.dispose(str(path), destination, keeper)
    assert os.path.lexists(path) == (kind != "absent")
    assert Path(keeper).read_bytes() == b"picture"


def test_trash_goes_one_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    monkeypatch.setattr("send2trash.send2trash", moved.append)
    path = _file(tmp_path / "copy.jpg", b"picture")
    trash = SystemTrash()
    trash.check(path)
    assert trash.destination(path, 1) is None  # type: ignore[func-returns-value]
    trash.dispose(path, None, path)
    assert moved == [path]
    with pytest.raises(StepRefused, match="only be put back from there"):
        trash.restore(path, None)


def test_trash_failure_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("send2trash.send2trash", fail)
    path = _file(tmp_path / "copy.jpg", b"picture")
    with pytest.raises(StepRefused, match="no space left on device"):
        SystemTrash().dispose(path, None, path)


def test_hard_links_demand_equal_bytes_and_permissions(tmp_path: Path) -> None:
    keeper = _file(tmp_path / "keep.jpg", b"picture")
    other = _file(tmp_path / "other.jpg", b"pictur3")
    with pytest.raises(StepRefused, match="not the same byte for byte"):
        HardLink().dispose(other, None, keeper)
    copy = _file(tmp_path / "copy.jpg", b"picture")
    os.chmod(copy, 0o600)
    with pytest.raises(StepRefused, match="permissions"):
        HardLink().dispose(copy, None, keeper)
    os.link(keeper, tmp_path / "linked.jpg")
    with pytest.raises(StepRefused, match="one file already"):
        HardLink().dispose(str(tmp_path / "linked.jpg"), None, keeper)
    assert sorted(os.listdir(tmp_path)) == ["copy.jpg", "keep.jpg", "linked.jpg", "other.jpg"]


def test_a_file_written_during_the_exchange_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = _file(tmp_path / "keep.jpg", b"picture")
    path = _file(tmp_path / "copy.jpg", b"picture")
    real = os.link

    def link_and_disturb(source: str, target: str, *, follow_symlinks: bool) -> None:
        real(source, target, follow_symlinks=follow_symlinks)
        Path(path).write_bytes(b"edited meanwhile")

    monkeypatch.setattr(os, "link", link_and_disturb)
    with pytest.raises(StepRefused, match="changed at the last moment"):
        HardLink().dispose(path, None, keeper)
    assert Path(path).read_bytes() == b"edited meanwhile"
    assert sorted(os.listdir(tmp_path)) == ["copy.jpg", "keep.jpg"]


def test_reflink_says_where_it_cannot_work_or_keeps_the_times(tmp_path: Path) -> None:
    keeper = _file(tmp_path / "keep.jpg", b"picture" * 1000, mtime_ns=1)
    path = _file(tmp_path / "copy.jpg", b"picture" * 1000)
    if mount_of(str(tmp_path)).kind in (
        "btrfs",
        "xfs",
    ):  # elsewhere they are tried in tests/safety/test_safety_clones.py
        Reflink().dispose(path, None, keeper)
    else:
        with pytest.raises(StepRefused, match="cannot share blocks"):
            Reflink().dispose(path, None, keeper)
    assert Path(path).read_bytes() == b"picture" * 1000
    assert os.stat(path).st_mtime_ns == PAST_NS
    assert not os.path.samefile(path, keeper)
    assert sorted(os.listdir(tmp_path)) == ["copy.jpg", "keep.jpg"]

"""Files that change while they are read: the stamp never belongs to other bytes than those that were read."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging import reading
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.reading import read_with_stamp

Meddle = Callable[[Path, bytes], None]


def meddle_once(monkeypatch: pytest.MonkeyPatch, place: Path, meddle: Meddle, *, always: bool = False) -> list[int]:
    """Let ``meddle`` touch the file just after its bytes were read and before it is looked at again."""
    times: list[int] = []

    real = reading._read_all

    def read(descriptor: int, size_bytes: int) -> bytes:
        data = real(descriptor, size_bytes)
        if always or not times:
            times.append(len(data))
            meddle(place, data)
        return data

    monkeypatch.setattr(reading, "_read_all", read)
    return times


def grow(place: Path, data: bytes) -> None:
    with place.open("ab") as file:
        file.write(b"more")


def cut(place: Path, data: bytes) -> None:
    os.truncate(place, len(data) // 2)


def rewrite_and_set_the_time_back(place: Path, data: bytes) -> None:
    facts = place.stat()
    place.write_bytes(data[::-1])
    os.utime(place, ns=(facts.st_atime_ns, facts.st_mtime_ns))


@pytest.mark.parametrize("meddle", [grow, cut, rewrite_and_set_the_time_back])
def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meddle: Meddle
) -> None:
    place = tmp_path / "a.jpg"
    place.write_bytes(os.urandom(100_000))
    os.utime(place, ns=(10**18, 10**18))  # long ago: no write of this test falls into the same tick
    assert len(meddle_once(monkeypatch, place, meddle)) == 0
    data, stamp = read_with_stamp(str(place))
    facts = place.stat()
    assert data == place.read_bytes()
    assert (stamp.size_bytes, stamp.mtime_ns, stamp.inode) == (facts.st_size, facts.st_mtime_ns, facts.st_ino)


def test_a_file_replaced_meanwhile_keeps_the_stamp_of_the_bytes_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.jpg"
    place.write_bytes(b"the old one")
    old = place.stat()

    def replace(place: Path, _data: bytes) -> None:
        (tmp_path / "new").write_bytes(b"the new one")
        os.replace(tmp_path / "new", place)

    meddle_once(monkeypatch, place, replace)
    data, stamp = read_with_stamp(str(place))
    # The rename touches the old file's change time, so it is read again; either pair would be a true one.
    assert (data, stamp.inode != old.st_ino) in [(b"the new one", True), (b"the old one", False)]


def test_a_file_that_never_rests_is_worth_another_attempt_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.jpg"
    place.write_bytes(b"x" * 1000)
    times = meddle_once(monkeypatch, place, grow, always=True)
    with pytest.raises(PhotoUnreadable, match="being written") as raised:
        read_with_stamp(str(place))
    assert len(times) == reading.ATTEMPTS
    assert isinstance(raised.value.__cause__, OSError)
    assert raised.value.__cause__.errno == errno.EBUSY


def test_what_is_no_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PhotoUnreadable, match="not a regular file"):
        read_with_stamp(str(tmp_path / "pipe.jpg"))
    with open(tmp_path / "sparse.jpg", "wb") as file:
        file.truncate(4 * 2**30 + 7)
    with pytest.raises(PhotoUnreadable, match="too large: 4,295 MB"):
        read_with_stamp(str(tmp_path / "sparse.jpg"), DecodeBounds())

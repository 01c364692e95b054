import threading
from pathlib import Path

import pytest

from twinlens.catalog import ThumbnailStore
from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.photo import PhotoId

ONE, TWO = PhotoId(1), PhotoId(2)


def test_thumbnails_come_back(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path)
    store.put_many([(ONE, b"one"), (TWO, b"two")])
    store.put_many([(ONE, b"uno")])
    assert store.get(ONE) == b"uno"
    assert store.get_many([TWO, PhotoId(3), ONE]) == {ONE: b"uno", TWO: b"two"}
    store.remove([ONE])
    assert store.get(ONE) is None
    store.close()
    store.close()
    again = ThumbnailStore.open(tmp_path, read_only=True)
    assert again.get(TWO) == b"two"
    with pytest.raises(LibraryUnusable, match="reading only"):
        again.put_many([(ONE, b"x")])
    again.close()


@pytest.mark.parametrize("damage", [b"this is not a database at all " * 200, b""])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "thumbnails.db").write_bytes(damage)
    reader = ThumbnailStore.open(tmp_path, read_only=True)
    assert reader.get(ONE) is None
    reader.close()
    store = ThumbnailStore.open(tmp_path)
    store.put_many([(ONE, b"one")])
    assert store.get(ONE) == b"one"
    store.close()


def test_thumbnails_of_another_library_are_not_shown(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path, library_id="a")
    store.put_many([(ONE, b"one")])
    store.close()
    for read_only in (True, False):
        other = ThumbnailStore.open(tmp_path, read_only=read_only, library_id="b")
        assert other.get(ONE) is None
        other.close()


def test_reading_without_a_file_makes_none(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path, read_only=True)
    assert store.get(ONE) is None
    assert store.get_many([ONE]) == {}
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_several_threads_at_once(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path)
    wrong: list[bytes | None] = []

    def write() -> None:
        for k in range(0, 400, 20):
            store.put_many([(PhotoId(i), b"%d" % i) for i in range(k, k + 20)])

    def read() -> None:
        for k in range(400):
            found = store.get(PhotoId(k))
            if found not in (None, b"%d" % k):
                wrong.append(found)

    threads = [threading.Thread(target=target) for target in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(store.get_many([PhotoId(k) for k in range(400)])) == 400
    store.close()

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.synthetic import DIMENSION, MODEL, MOUNTED, photo_record, vector
from twinlens.domain.fingerprint import Int64Array, ModelIdentity
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import as_ids
from twinlens.index.exact import ExactIndex
from twinlens.index.projected import ProjectedIndex
from twinlens.library import Library, index_on_disk, vectors

IDENTITY = ModelIdentity("synthetic", MODEL, DIMENSION, 224)
LIMIT = 60


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "EXACT_LIMIT", LIMIT)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path) as opened:
        opened.catalog().volumes.remember(MOUNTED)
        opened.vectors.use_model(IDENTITY)
        yield opened


def reopened(library: Library, *, read_only: bool = False) -> Library:
    again = Library.open(library.folder, read_only=read_only)
    again.vectors.use_model(IDENTITY)
    return again


def store(library: Library, numbers: range) -> Int64Array:
    """As a scan does it: first the catalog, then the shelf."""
    ids = as_ids(library.catalog().photos.save([photo_record(k) for k in numbers], MODEL))
    library.vectors.add(ids, np.stack([vector(k) for k in numbers]))
    return ids


def nearest(library: Library, number: int) -> int:
    ids, cosines = library.vectors.search(vector(number)[None], 1)
    assert cosines[0, 0] > 0.99
    return int(ids[0, 0])


def test_an_empty_shelf(library: Library) -> None:
    ids, cosines = library.vectors.search(vector(1)[None], 5)
    assert ids.shape == cosines.shape == (1, 0)
    assert len(library.vectors) == 0
    library.vectors.save()


def test_a_shelf_without_a_network_says_so(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library, pytest.raises(RuntimeError, match="use_model"):
        library.vectors.search(vector(1)[None], 5)


def index_type(library: Library) -> type:
    return type(library.vectors._index)


def test_it_grows_from_exact_to_projected_and_shrinks(library: Library) -> None:
    ids = store(library, range(LIMIT - 1))
    assert index_type(library) is ExactIndex
    ids = np.concatenate([ids, store(library, range(LIMIT - 1, LIMIT + 20))])
    assert index_type(library) is ProjectedIndex
    assert len(library.vectors) == LIMIT + 20
    assert [nearest(library, k) for k in range(0, LIMIT + 20, 9)] == ids[::9].tolist()
    library.catalog().photos.remove(ids[:5].tolist())
    library.vectors.remove(ids[:5])
    found, _ = library.vectors.search(vector(2)[None], 10)
    assert not set(found[0].tolist()) & set(ids[:5].tolist())


def test_the_snapshot_is_used_while_it_fits(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = store(library, range(LIMIT))
    library.close()
    with reopened(library) as again:
        with monkeypatch.context() as patch:
            patch.setattr(again.vectors, "_built", lambda: pytest.fail("the snapshot fits"))
            assert nearest(again, 7) == ids[7]
        again.catalog().photos.remove(ids[:1].tolist())
        again.vectors.remove(ids[:1])
        again.catalog().photos.save([photo_record(LIMIT)], MODEL)  # the shelf was not told
        monkeypatch.setattr(again.vectors, "save", lambda: None)  # and the process dies
    with reopened(library) as again:
        assert nearest(again, LIMIT) == ids[-1] + 1
        assert isinstance(again.vectors._index, ProjectedIndex)


def test_saving_mends_a_shelf_that_was_not_told(library: Library) -> None:
    store(library, range(LIMIT))
    (id_,) = library.catalog().photos.save([photo_record(LIMIT)], MODEL)
    library.vectors.save()
    assert nearest(library, LIMIT) == id_
    library.close()
    with reopened(library, read_only=True) as again:
        assert nearest(again, LIMIT) == id_
        assert isinstance(again.vectors._index, ProjectedIndex)


def test_saving_twice_writes_once(library: Library) -> None:
    store(library, range(LIMIT))
    library.vectors.save()
    folder = library.folder / "index"
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}
    library.vectors.save()
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()} == before


def test_what_another_process_has_saved_is_not_written_again(library: Library) -> None:
    ids = store(library, range(LIMIT + 10))
    library.vectors.save()
    beside = Library.open_beside_writer(library.folder)
    beside.vectors.use_model(IDENTITY)
    beside.catalog().photos.remove(ids[:1].tolist())
    beside.vectors.remove(ids[:1])
    beside.vectors.save()
    stamp = (library.folder / "index" / "index.json").stat()
    library.vectors.drop(ids[:1].tolist())
    library.vectors.save()
    assert (library.folder / "index" / "index.json").stat().st_ino == stamp.st_ino
    beside.close()


@settings(max_examples=25, deadline=None)
@given(
    removed=st.sets(st.integers(0, 2 * LIMIT - 1)),
    added=st.sets(st.integers(2 * LIMIT, 2 * LIMIT + 30)),
    told=st.booleans(),
)
def test_reconciled_it_has_what_the_catalog_has(removed: set[int], added: set[int], told: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        library.catalog().volumes.remember(MOUNTED)
        library.vectors.use_model(IDENTITY)
        ids = store(library, range(2 * LIMIT))
        catalog = library.catalog()
        catalog.photos.remove(ids[sorted(removed)].tolist())
        new = catalog.photos.save([photo_record(k) for k in sorted(added)], MODEL) if added else []
        if told:
            library.vectors.take_over(new)
            library.vectors.drop(ids[sorted(removed)].tolist())
        else:
            library.vectors.reconcile()
        index = library.vectors._index
        assert index is not None
        assert index.ids().tolist() == catalog.fingerprints.embedding_ids(MODEL).tolist()
        for number, photo_id in zip(sorted(added), new, strict=True):
            assert nearest(library, number) == photo_id


Deed = tuple[str, int]
DEEDS = st.lists(st.tuples(st.sampled_from(["come", "go", "exchange", "hide", "show"]), st.integers(0, 7)), max_size=7)


def do(library: Library, deed: Deed, ids: list[int], number: int) -> None:
    """As another process does it, of which the shelf hears nothing."""
    what, which = deed
    catalog, photo = library.catalog(), ids[which]
    if what == "come":
        catalog.photos.save([photo_record(number)], MODEL)
    elif what == "go":
        catalog.photos.remove([PhotoId(photo)])
    elif what == "exchange":
        catalog.photos.save([photo_record(number, path=photo_record(which).relative_path)], MODEL)
    else:
        catalog.away.set([PhotoId(photo), PhotoId(ids[which - 1])], away=what == "hide")


@settings(max_examples=60, deadline=None)
@given(deeds=DEEDS)
def test_a_snapshot_of_before_is_caught_up_with_or_made_anew(deeds: list[Deed]) -> None:
    """Whatever happened since: every photo of the catalog is found by the vector that it has now, and no other one."""
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder)) as library:
            library.catalog().volumes.remember(MOUNTED)
            library.vectors.use_model(IDENTITY)
            ids = store(library, range(LIMIT + 20)).tolist()
        with Library.open(Path(folder)) as library:
            for number, deed in enumerate(deeds, 2 * LIMIT):
                do(library, deed, ids, number)
            library.vectors.use_model(IDENTITY)
            stored, vectors_now = library.catalog().fingerprints.embeddings(MODEL)
            assert len(library.vectors) == len(stored)
            found, cosines = library.vectors.search(vectors_now, 1)
            assert found[:, 0].tolist() == stored.tolist()
            assert (cosines[:, 0] > 0.999).all()


def test_for_a_few_photos_no_snapshot_is_written(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_on_disk, "LAG", 10)
    ids = store(library, range(LIMIT + 40))
    library.vectors.save()
    written = (library.folder / "index" / "index.json").stat().st_ino

    def is_written() -> bool:
        return (library.folder / "index" / "index.json").stat().st_ino != written

    more = store(library, range(LIMIT + 40, LIMIT + 46))
    library.catalog().photos.remove(ids[:2].tolist())
    library.vectors.remove(ids[:2])
    library.vectors.save()
    assert not is_written()
    library.close()
    with reopened(library) as again:
        with monkeypatch.context() as patch:
            patch.setattr(again.vectors, "_built", lambda: pytest.fail("it can be caught up with"))
            assert nearest(again, LIMIT + 44) == more[4]
        again.vectors.save()
        assert not is_written()
        store(again, range(LIMIT + 46, LIMIT + 50))  # together with those of before they are more than a tenth
        again.vectors.save()
        assert is_written()


def test_after_an_exchange_the_snapshot_is_written(library: Library) -> None:
    """A photo with other content has the same id: the next one to load could not tell."""
    store(library, range(LIMIT + 40))
    library.vectors.save()
    written = (library.folder / "index" / "index.json").stat().st_ino
    changed = photo_record(LIMIT + 70, path=photo_record(11).relative_path)
    ids = as_ids(library.catalog().photos.save([changed], MODEL))
    library.vectors.add(ids, vector(LIMIT + 70)[None])
    library.vectors.save()
    assert (library.folder / "index" / "index.json").stat().st_ino != written


def test_a_shelf_that_was_not_loaded_stays_so(library: Library) -> None:
    (id_,) = library.catalog().photos.save([photo_record(1)], MODEL)
    library.vectors.take_over([id_])
    library.vectors.drop([id_])
    library.vectors.reconcile()
    assert library.vectors._index is None


def test_a_reader_follows_the_writer(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    store(library, range(10))
    with reopened(library, read_only=True) as reader:
        assert len(reader.vectors) == 10
        with monkeypatch.context() as patch:
            patch.setattr(reader.vectors, "_built", lambda: pytest.fail("only ten came"))
            ids = store(library, range(10, 20))
            assert nearest(reader, 15) == ids[5]
        library.catalog().photos.remove(ids[5:6].tolist())
        assert int(reader.vectors.search(vector(15)[None], 1)[0][0, 0]) != ids[5]
        assert len(reader.vectors) == 19
        changed = photo_record(70, path=photo_record(11).relative_path)
        assert library.catalog().photos.save([changed], MODEL) == [ids[1]]
        assert nearest(reader, 70) == ids[1]
        ids = store(library, range(20, 2 * LIMIT))
        assert nearest(reader, LIMIT + 5) == ids[LIMIT - 15]
        assert index_type(reader) is ProjectedIndex
        reader.vectors.save()
    assert not (library.folder / "index").exists()


def test_another_network_is_another_shelf(library: Library) -> None:
    store(library, range(10))
    library.vectors.use_model(ModelIdentity("another", "cd" * 32, DIMENSION, 224))
    assert len(library.vectors) == 0
    library.vectors.use_model(IDENTITY)
    assert len(library.vectors) == 10


def test_searching_while_a_scan_adds(library: Library) -> None:
    ids = store(library, range(10))
    done = threading.Event()
    failures: list[object] = []

    def search() -> None:
        while not done.is_set():
            found, cosines = library.vectors.search(vector(3)[None], 3)
            if found[0, 0] != ids[3] or found.shape != (1, 3) or (np.diff(cosines) > 0).any():
                failures.append(found)
        library.release_thread()

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for start in range(10, 4 * LIMIT, 10):
            store(library, range(start, start + 10))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert isinstance(library.vectors._index, ProjectedIndex)
    assert len(library.vectors) == 4 * LIMIT

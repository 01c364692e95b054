"""Whatever changes in the catalog about a file takes the signature of its folder away, and of no other folder."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.catalog.synthetic import MODEL, MOUNTED, VOLUME, photo_record, vector
from twinlens.catalog import Catalog
from twinlens.domain.photo import FileStamp, PhotoId, VolumeId

OTHER_MODEL = "cd" * 32
STAMP = FileStamp(1, 2, 3)
Change = Callable[[Catalog, PhotoId], object]


def changed(number: int) -> FileStamp:
    return structs.replace(photo_record(number).stamp, mtime_ns=5)


CHANGES: dict[str, Change] = {
    "a new photo": lambda c, _: c.photos.save([photo_record(9, "a/9.jpg")], MODEL),
    "other bytes": lambda c, _: c.photos.save([photo_record(8, "a/1.jpg")], MODEL),
    "another stamp": lambda c, _: c.photos.save([photo_record(1, "a/1.jpg", stamp=changed(1))], MODEL),
    "removed": lambda c, id_: c.photos.remove([id_]),
    "moved away": lambda c, id_: c.photos.move(id_, "c/1.jpg"),
    "moved to another volume": lambda c, id_: c.relocations.note(id_, VolumeId("other"), "1.jpg", STAMP),
    "renamed": lambda c, id_: c.photos.move(id_, "a/0.jpg"),
    "put away": lambda c, id_: c.away.set([id_], True),
    "a vector less": lambda c, id_: c._connection.run("DELETE FROM embeddings WHERE photo_id = ?", (int(id_),)),
    "a problem": lambda c, _: c.problems.replace("/media/card/a/5.jpg", "broken", STAMP, VOLUME, "a/5.jpg"),
    "another problem": lambda c, _: c.problems.replace("/media/card/a/6.jpg", "gone bad", None, VOLUME, "a/6.jpg"),
    "a problem less": lambda c, _: c.problems.clear(VOLUME, ["a/6.jpg"]),
}


def signed(catalog: Catalog, model: str | None = MODEL) -> set[str]:
    return {folder for folder, state in catalog.folders.under(VOLUME, "", model).items() if state.signature}


@pytest.fixture
def photo(catalog: Catalog) -> PhotoId:
    """The photo a/1.jpg, and around it photos and a problem in folders that are all signed."""
    catalog.volumes.remember(replace(MOUNTED, id=VolumeId("other"), mount_point="/media/other"))
    records = [
        photo_record(number, place) for number, place in enumerate(("0.jpg", "a/1.jpg", "a/b/2.jpg", "ab/3.jpg"))
    ]
    ids = catalog.photos.save(records, MODEL)
    catalog.problems.replace("/media/card/a/6.jpg", "broken", STAMP, VOLUME, "a/6.jpg")
    for folder in ("", "a", "a/b", "ab"):
        catalog.folders.sign(VOLUME, folder, b"signature", MODEL, 1)
    assert signed(catalog) == {"", "a", "a/b", "ab"}
    return ids[1]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_takes_the_signature_of_its_folder(catalog: Catalog, photo: PhotoId, change: Change) -> None:
    change(catalog, photo)
    assert signed(catalog) == {"", "a/b", "ab"}


def test_a_photo_that_comes_back_takes_it_too(catalog: Catalog, photo: PhotoId) -> None:
    catalog.away.set([photo], True)
    catalog.folders.sign(VOLUME, "a", b"signature", MODEL, 0)
    catalog.away.set([photo], False)
    assert "a" not in signed(catalog)


def test_a_change_that_is_taken_back_leaves_the_signature(catalog: Catalog, photo: PhotoId) -> None:
    def fail() -> None:
        with catalog.transaction():
            catalog.photos.remove([photo])
            raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError, match="power"):
        fail()
    assert "a" in signed(catalog)


def test_a_signature_speaks_of_one_network(catalog: Catalog, photo: PhotoId) -> None:
    assert signed(catalog, OTHER_MODEL) == set()
    assert signed(catalog, None) == {"", "a", "a/b", "ab"}
    catalog.fingerprints.save_vectors([(photo, vector(1), 1.0)], OTHER_MODEL)
    assert "a" in signed(catalog)  # one vector more is no loss


def test_what_has_not_to_be_read_again(catalog: Catalog, photo: PhotoId) -> None:
    catalog.problems.replace("/media/card/a/7.jpg", "not allowed", None, VOLUME, "a/7.jpg")
    expected = [("1.jpg", photo_record(1).stamp), ("6.jpg", STAMP)]
    assert catalog.folders.settled_files(VOLUME, "a", MODEL) == (expected, 1)
    assert catalog.folders.settled_files(VOLUME, "a", OTHER_MODEL) == (expected[1:], 0)
    catalog.away.set([photo], True)
    assert catalog.folders.settled_files(VOLUME, "a", None) == (expected[1:], 0)
    catalog.folders.forget(VOLUME, "a")
    assert "a" in catalog.folders.under(VOLUME, "", None)  # the hidden photo is still there
    catalog.photos.remove([photo])
    catalog.problems.clear_under(VOLUME, "a")
    catalog.folders.forget(VOLUME, "a")
    assert sorted(catalog.folders.under(VOLUME, "", None)) == ["", "a/b", "ab"]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.binary(min_size=1, max_size=6).filter(lambda name: not {0, 0x2F} & set(name)), min_size=1, max_size=4)
)
def test_the_folder_of_any_bytes_is_found(catalog: Catalog, names: list[bytes]) -> None:
    path = b"/".join(names)
    catalog.problems.replace("", "broken", None, VOLUME, os.fsdecode(path))
    (found,) = catalog._connection.rows("SELECT relative_path FROM folders")
    assert found[0] == os.path.dirname(path)
    catalog._connection.run("DELETE FROM problems")
    catalog._connection.run("DELETE FROM folders")

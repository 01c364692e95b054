import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.catalog.synthetic import MODEL, MOUNTED, VOLUME, content, photo_record, vector
from twinlens.catalog import Catalog
from twinlens.domain.group import Mark
from twinlens.domain.photo import FileStamp, ImageFacts, PhotoId, ShotMetadata, Volume, VolumeId
from twinlens.domain.relation import PhotoClass, Relation


def test_a_photo_comes_back_as_it_was_saved(catalog: Catalog) -> None:
    record = photo_record(7)
    (id_,) = catalog.photos.save([record], MODEL)
    photo = catalog.photos.get(id_)
    assert (photo.path, photo.volume, photo.online) == ("/media/card/DCIM/IMG_00007.JPG", VOLUME, True)
    assert (photo.stamp, photo.facts, photo.metadata) == (record.stamp, record.facts, record.metadata)
    assert (photo.content, photo.pixels, photo.sharpness) == (record.content, None, 17.0)


def test_a_photo_without_metadata_and_network(catalog: Catalog) -> None:
    record = photo_record(
        1, metadata=ShotMetadata(), facts=ImageFacts("PNG", 1, 1, 16, 1), embedding=None, embedding_norm=None
    )
    (id_,) = catalog.photos.save([record], None)
    photo = catalog.photos.get(id_)
    assert (photo.metadata, photo.facts) == (record.metadata, record.facts)
    assert catalog.fingerprints.embedding_of(id_, MODEL) is None
    columns = catalog.photos.columns()
    assert np.isnan(columns.taken_s[0])
    assert (columns.camera_key[0], columns.jpeg_quality[0], columns.pixel_key[0]) == (-1, -1, -1)


def test_text_that_is_no_unicode_is_stored_replaced(catalog: Catalog) -> None:
    (id_,) = catalog.photos.save([photo_record(1, metadata=ShotMetadata(camera="Cam\udcff"))], MODEL)
    assert catalog.photos.get(id_).metadata.camera == "Cam?"


file_names = st.binary(min_size=1, max_size=40).filter(
    lambda name: not {0, ord("/")} & set(name) and name not in (b".", b"..")
) | st.text(st.sampled_from("aZ\n é😀'\"%_\\"), min_size=1, max_size=10).map(lambda text: text.encode())
paths = (
    st.lists(file_names, min_size=1, max_size=4)
    .map(b"/".join)
    .map(lambda path: path.decode("utf-8", "surrogateescape"))
)


@given(st.lists(paths, min_size=1, max_size=5, unique=True))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_path_the_system_can_have(catalog: Catalog, names: list[str]) -> None:
    ids = catalog.photos.save([photo_record(k, name) for k, name in enumerate(names)], MODEL)
    try:
        assert set(catalog.photos.known_under(VOLUME, "")) == set(names)
        assert list(catalog.photos.columns().paths) == [f"/media/card/{name}" for name in names]
        for id_, name in zip(ids, names, strict=True):
            found = catalog.photos.by_path(f"/media/card/{name}")
            assert found is not None
            assert found.id == id_
            assert id_ in [photo.id for photo in catalog.photos.named(name.rsplit("/", 1)[-1].swapcase())] or not (
                name.isascii()  # beyond ASCII, swapping case twice need not lead back
            )
            folder = name.rpartition("/")[0]
            inside = {other for other in names if not folder or other == folder or other.startswith(folder + "/")}
            assert set(catalog.photos.known_under(VOLUME, folder)) == inside
    finally:
        catalog.photos.remove(ids)


def test_a_folder_does_not_hold_its_namesakes(catalog: Catalog) -> None:
    catalog.photos.save(
        [photo_record(k, p) for k, p in enumerate(["a/1.jpg", "a!/2.jpg", "a0/3.jpg", "ab.jpg", "b/a/4"])],
        MODEL,
    )
    assert set(catalog.photos.known_under(VOLUME, "a")) == {"a/1.jpg"}
    assert set(catalog.photos.known_under(VOLUME, "ab.jpg")) == {"ab.jpg"}
    assert catalog.photos.known_under(VolumeId("another"), "") == {}


def test_a_changed_photo_keeps_its_id_and_loses_what_no_longer_holds(catalog: Catalog) -> None:
    first, second = catalog.photos.save([photo_record(1), photo_record(2)], MODEL)
    catalog.photos.set_pixels([(first, b"p" * 16), (second, b"q" * 16)])
    catalog.marks.set([first, second], Mark.REJECT)
    catalog.relations.save([Relation(first, second, PhotoClass.SAME_SHOT, 0.9)])
    changed = replace(photo_record(1), content=content(99), embedding=None, stamp=FileStamp(5, 6, 7))
    assert catalog.photos.save([changed], MODEL) == [first]
    photo = catalog.photos.get(first)
    assert (photo.content, photo.pixels, photo.stamp) == (content(99), None, FileStamp(5, 6, 7))
    assert catalog.photos.get(second).pixels == b"q" * 16
    assert catalog.marks.all() == {second: Mark.REJECT}
    assert catalog.relations.count() == 0
    assert catalog.fingerprints.embedding_of(first, MODEL) is None


def test_a_touched_photo_keeps_what_its_content_decides(catalog: Catalog) -> None:
    (id_,) = catalog.photos.save([photo_record(1)], MODEL)
    catalog.photos.set_pixels([(id_, b"p" * 16)])
    catalog.marks.set([id_], Mark.KEEP)
    catalog.photos.save([replace(photo_record(1), stamp=FileStamp(5, 6, 7), embedding=None)], None)
    assert catalog.photos.get(id_).pixels == b"p" * 16
    assert catalog.marks.all() == {id_: Mark.KEEP}
    assert catalog.photos.known_under(VOLUME, "")["DCIM/IMG_00001.JPG"].has_embedding
    assert not catalog.photos.known_under(VOLUME, "", "another network")["DCIM/IMG_00001.JPG"].has_embedding


def test_removal_takes_everything_along_and_no_id_comes_again(catalog: Catalog) -> None:
    ids = catalog.photos.save([photo_record(1), photo_record(2)], MODEL)
    catalog.relations.save([Relation(ids[0], ids[1], PhotoClass.EDITED, 0.8)])
    catalog.marks.set(ids, Mark.REJECT)
    catalog.photos.remove(ids)
    assert (catalog.photos.count(), catalog.photos.total_bytes(), catalog.relations.count()) == (0, 0, 0)
    assert catalog.marks.all() == {}
    assert len(catalog.fingerprints.columns().photo_id) == 0
    assert len(catalog.fingerprints.embeddings(MODEL)[0]) == 0
    (later,) = catalog.photos.save([photo_record(1)], MODEL)
    assert later > max(ids)


def test_move(catalog: Catalog) -> None:
    first, second = catalog.photos.save([photo_record(1, "a.jpg"), photo_record(2, "b.jpg")], MODEL)
    catalog.photos.move(first, "new/C.jpg")
    assert catalog.photos.get(first).path == "/media/card/new/C.jpg"
    assert [photo.id for photo in catalog.photos.named("c.JPG")] == [first]
    with pytest.raises(ValueError, match="another photo"):
        catalog.photos.move(second, "new/C.jpg")
    with pytest.raises(KeyError):
        catalog.photos.move(PhotoId(99), "d.jpg")


def test_finding(catalog: Catalog) -> None:
    records = [photo_record(k, name) for k, name in enumerate(["x/Straße.JPG", "my straße.jpg.png", "100%.jpg"])]
    a, b, c = catalog.photos.save([*records[:2], replace(records[2], content=content(0))], MODEL)
    assert [photo.id for photo in catalog.photos.named("strasse.jpg")] == [a, b]
    assert [photo.id for photo in catalog.photos.named("%")] == [c]
    assert [photo.id for photo in catalog.photos.with_content(content(0))] == [a, c]
    assert [photo.id for photo in catalog.photos.get_many([c, PhotoId(77), a])] == [c, a]
    assert catalog.photos.by_path("/media/card") is None
    assert catalog.photos.by_path("/media/cardx/Straße.JPG") is None
    with pytest.raises(KeyError):
        catalog.photos.get(PhotoId(77))


def test_paths_follow_the_volume(catalog: Catalog) -> None:
    (id_,) = catalog.photos.save([photo_record(1, "a/b.jpg")], MODEL)
    catalog.sources.add(VOLUME, "a")
    catalog.problems.replace("/media/card/bad.jpg", "no", None, VOLUME, "bad.jpg")
    catalog.volumes.remember(Volume(VOLUME, "CARD", "/mnt/other"))
    assert catalog.photos.get(id_).path == "/mnt/other/a/b.jpg"
    assert catalog.photos.columns().paths[-1] == "/mnt/other/a/b.jpg"
    assert catalog.sources.all()[0].path == "/mnt/other/a"
    assert catalog.problems.all()[0].path == "/mnt/other/bad.jpg"
    assert catalog.photos.by_path("/media/card/a/b.jpg") is None


def test_offline_volumes(catalog: Catalog) -> None:
    other = Volume(VolumeId("second"), "STICK", MOUNTED.mount_point)
    (id_,) = catalog.photos.save([photo_record(1, "a.jpg")], MODEL)
    catalog.volumes.remember(other)  # another card in the same slot
    assert {volume.id: online for volume, online in catalog.volumes.all()} == {VOLUME: False, other.id: True}
    assert not catalog.photos.get(id_).online
    (newer,) = catalog.photos.save([photo_record(2, "a.jpg", volume=other.id)], MODEL)
    found = catalog.photos.by_path("/media/card/a.jpg")
    assert found is not None
    assert found.id == newer
    assert catalog.photos.columns().online.tolist() == [False, True]
    catalog.volumes.set_online([VOLUME])
    assert catalog.photos.columns().online.tolist() == [True, False]


def test_columns_agree_with_the_photos(catalog: Catalog) -> None:
    records = [photo_record(k) for k in range(20)]
    records[3] = replace(
        records[3], content=content(5), facts=replace(records[3].facts, format="PNG", jpeg_quality=None)
    )
    records[4] = replace(records[4], facts=replace(records[4].facts, format="RAW"))
    records[6] = replace(records[6], metadata=replace(records[6].metadata, camera="Other", rating=None))
    ids = catalog.photos.save(records, MODEL)
    catalog.photos.set_pixels([(ids[1], b"a" * 16), (ids[8], b"b" * 16), (ids[9], b"a" * 16)])
    columns = catalog.photos.columns()
    photos = catalog.photos.get_many(ids)
    assert columns.photo_id.tolist() == ids
    assert list(columns.paths) == [photo.path for photo in photos]
    assert columns.paths[2:4] == [photo.path for photo in photos[2:4]]
    assert columns.size_bytes.tolist() == [photo.stamp.size_bytes for photo in photos]
    assert columns.width_px.tolist() == [photo.facts.width_px for photo in photos]
    assert np.allclose(columns.mtime_s, [photo.stamp.mtime_ns / 1e9 for photo in photos])
    assert columns.taken_s[1] - columns.taken_s[0] == 1.0
    assert columns.taken_s[0] == 1_556_938_921.25  # 2019-05-04 03:02:01.25 read as UTC
    same = columns.content_key[:, None] == columns.content_key
    assert np.argwhere(np.triu(same, 1)).tolist() == [[3, 5]]
    assert columns.pixel_key[1] == columns.pixel_key[9] != columns.pixel_key[8]
    assert np.flatnonzero(columns.pixel_key >= 0).tolist() == [1, 8, 9]
    assert np.flatnonzero(columns.is_lossless).tolist() == [3]
    assert np.flatnonzero(columns.is_raw).tolist() == [4]
    assert np.flatnonzero(columns.camera_key != columns.camera_key[0]).tolist() == [6]
    assert columns.rating[6] == 0
    assert columns.online.all()
    assert columns.camera_key.dtype == np.int32
    assert columns.rows_of(np.array([ids[4], ids[2]])).tolist() == [4, 2]


def test_columns_of_an_empty_catalog(catalog: Catalog) -> None:
    columns = catalog.photos.columns()
    assert len(columns) == len(columns.paths) == 0
    assert len(catalog.relations.columns(columns)) == 0
    assert catalog.verdicts.refused_rows(columns).shape == (0, 2)
    assert catalog.fingerprints.columns().perceptual.shape == (0, 8)


def test_fingerprints_and_vectors(catalog: Catalog) -> None:
    records = [photo_record(k) for k in range(5)]
    ids = catalog.photos.save(records, MODEL)
    columns = catalog.fingerprints.columns()
    assert columns.photo_id.tolist() == ids
    assert columns.perceptual.dtype == np.uint64
    assert np.array_equal(columns.perceptual, [record.fingerprints.perceptual for record in records])
    np.testing.assert_allclose(columns.histogram, [record.fingerprints.histogram for record in records], atol=5e-4)
    found, vectors = catalog.fingerprints.embeddings(MODEL)
    assert found.tolist() == ids == catalog.fingerprints.embedding_ids(MODEL).tolist()
    assert np.allclose(vectors, [vector(k) for k in range(5)], atol=1e-3)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    some, vectors = catalog.fingerprints.embeddings_of([ids[3], ids[1], PhotoId(99)], MODEL)
    assert some.tolist() == [ids[1], ids[3]]
    assert np.allclose(vectors[0], vector(1), atol=1e-3)
    assert len(catalog.fingerprints.embeddings("another network")[0]) == 0


def test_the_change_counter_grows_with_every_vector(catalog: Catalog) -> None:
    seen = [catalog.change]
    ids = catalog.photos.save([photo_record(1), photo_record(2)], MODEL)
    seen.append(catalog.change)
    catalog.photos.save([photo_record(1)], MODEL)
    seen.append(catalog.change)
    catalog.photos.remove(ids[:1])
    seen.append(catalog.change)
    assert seen == sorted(set(seen))
    catalog.marks.set(ids, Mark.KEEP)
    assert catalog.change == seen[-1]


def test_an_embedding_needs_its_network(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="sha256"):
        catalog.photos.save([photo_record(1, embedding=None), photo_record(2)], None)
    assert catalog.photos.count() == 0


def test_what_was_found_of_a_content_is_stored_only_while_the_photo_has_it(catalog: Catalog) -> None:
    first, second, third = catalog.photos.save([photo_record(k) for k in range(3)], MODEL)
    seen = {photo.id: photo.content for photo in catalog.photos.get_many([first, second, third])}
    catalog.photos.save([photo_record(77, path=photo_record(1).relative_path)], MODEL)
    relations = [Relation(a, b, PhotoClass.EDITED, 0.9) for a, b in ((first, second), (second, third), (first, third))]
    catalog.relations.save(relations, seen)
    assert catalog.relations.among([first, second, third]) == {(first, third)}
    catalog.photos.set_pixels([(first, b"p" * 16), (second, b"q" * 16)], seen)
    assert [photo.pixels for photo in catalog.photos.get_many([first, second])] == [b"p" * 16, None]

import numpy as np
import pytest

from tests.catalog.synthetic import MODEL, VOLUME, content, photo_record
from twinlens.catalog import Catalog
from twinlens.domain.columns import difference_of
from twinlens.domain.difference import Change, Difference
from twinlens.domain.group import Mark
from twinlens.domain.photo import FileStamp, PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform, Verdict


def test_relations_come_back(catalog: Catalog) -> None:
    a, b, c = catalog.photos.save([photo_record(k) for k in range(3)], MODEL)
    crop = Difference((0.5, 0.0, 0.25, 0.0, 0.5, 0.5), 0.25, 1.0, 0.0, 0.125, Change.DARKER | Change.OVERLAID)
    first = Relation(a, b, PhotoClass.EDITED, 0.5, Transform.CROPPED, 0.25, None, 12.5, crop)
    second = Relation(b, c, PhotoClass.BURST, 0.75, gap_s=1.5)
    catalog.relations.save([Relation(a, b, PhotoClass.BURST, 0.9), second])
    catalog.relations.save([first])
    assert catalog.relations.of(b) == [first, second]
    assert catalog.relations.of(a) == [first]
    assert catalog.relations.among([a, b, PhotoId(99)]) == {(a, b)}
    columns = catalog.relations.columns(catalog.photos.columns())
    assert columns.first_row.tolist() == [0, 1]
    assert columns.second_row.tolist() == [1, 2]
    assert columns.class_rank.tolist() == [PhotoClass.EDITED.rank, PhotoClass.BURST.rank]
    assert columns.transform_code.tolist() == [Transform.CROPPED.code, 0]
    assert np.array_equal(columns.gap_s, [np.nan, 1.5], equal_nan=True)
    assert np.array_equal(columns.aligned_error, [12.5, np.nan], equal_nan=True)
    assert [difference_of(row) for row in columns.difference] == [crop, None]
    catalog.relations.drop_all()
    assert catalog.relations.count() == 0


def test_a_relation_to_a_photo_that_is_gone_is_passed_over(catalog: Catalog) -> None:
    a, b = catalog.photos.save([photo_record(k) for k in range(2)], MODEL)
    catalog.photos.remove([b])
    catalog.relations.save([Relation(a, b, PhotoClass.EDITED, 0.5)])
    assert catalog.relations.count() == 0
    with pytest.raises(ValueError, match="smaller"):
        catalog.relations.save([Relation(b, a, PhotoClass.EDITED, 0.5)])


def test_columns_leave_out_relations_of_newer_photos(catalog: Catalog) -> None:
    a, b = catalog.photos.save([photo_record(k) for k in range(2)], MODEL)
    before = catalog.photos.columns()
    (c,) = catalog.photos.save([photo_record(9)], MODEL)
    catalog.relations.save([Relation(a, b, PhotoClass.EDITED, 0.5), Relation(b, c, PhotoClass.EDITED, 0.6)])
    assert catalog.relations.columns(before).score.tolist() == [0.5]


def test_verdicts_hold_by_content(catalog: Catalog) -> None:
    ids = catalog.photos.save([photo_record(k) for k in range(4)], MODEL)
    catalog.verdicts.add(content(2), content(1), Verdict.NOT_DUPLICATES)
    catalog.verdicts.add(content(1), content(2), Verdict.NOT_DUPLICATES)
    catalog.verdicts.add(content(1), content(77), Verdict.NOT_DUPLICATES)
    assert catalog.verdicts.all()[0] == (content(1), content(2), Verdict.NOT_DUPLICATES)
    assert len(catalog.verdicts.all()) == 2
    catalog.photos.remove([ids[1]])
    (again,) = catalog.photos.save([photo_record(1, "moved/elsewhere.jpg")], MODEL)
    columns = catalog.photos.columns()
    keys = columns.content_key[columns.rows_of(np.array([again, ids[2]]))]
    assert sorted(map(sorted, catalog.verdicts.refused_rows(columns).tolist())) == [sorted(keys.tolist())]
    catalog.verdicts.remove(content(2), content(1), Verdict.NOT_DUPLICATES)
    assert catalog.verdicts.refused_rows(columns).shape == (0, 2)
    with pytest.raises(ValueError, match="same content"):
        catalog.verdicts.add(content(1), content(1), Verdict.NOT_DUPLICATES)


def test_marks(catalog: Catalog) -> None:
    a, b = catalog.photos.save([photo_record(k) for k in range(2)], MODEL)
    catalog.marks.set([a, b, PhotoId(55)], Mark.REJECT)
    catalog.marks.set([b], Mark.KEEP)
    assert catalog.marks.all() == {a: Mark.REJECT, b: Mark.KEEP}
    catalog.marks.set([a], None)
    assert catalog.marks.all() == {b: Mark.KEEP}


def test_problems(catalog: Catalog) -> None:
    stamp = FileStamp(1, 2, 2**63 + 5)
    catalog.problems.replace("/media/card/a/x.jpg", "first", None, VOLUME, "a/x.jpg")
    catalog.problems.replace("/media/card/a/x.jpg", "It is cut short.", stamp, VOLUME, "a/x.jpg")
    catalog.problems.replace("/media/card/b/\udcff.jpg", "It is no picture.", None, VOLUME, "b/\udcff.jpg")
    found = [(problem.path, problem.error) for problem in catalog.problems.all()]
    assert found == [
        ("/media/card/a/x.jpg", "It is cut short."),
        ("/media/card/b/\udcff.jpg", "It is no picture."),
    ]
    assert catalog.problems.known_under(VOLUME, "") == {"a/x.jpg": stamp, "b/\udcff.jpg": None}
    catalog.problems.clear_under(VOLUME, "b")
    assert len(catalog.problems.all()) == 1
    catalog.photos.save([photo_record(1, "a/x.jpg")], MODEL)
    assert catalog.problems.all() == []


def test_sources_and_state(catalog: Catalog) -> None:
    for folder in ("b", "", "b"):
        catalog.sources.add(VOLUME, folder)
    assert [(source.relative_path, source.path) for source in catalog.sources.all()] == [
        ("", "/media/card"),
        ("b", "/media/card/b"),
    ]
    catalog.sources.remove(VOLUME, "")
    assert [source.online for source in catalog.sources.all()] == [True]
    assert catalog.state.get("view") is None
    catalog.state.set("view", "bursts")
    catalog.state.set("view", "lookalikes")
    assert catalog.state.get("view") == "lookalikes"
    assert len(catalog.state.library_id) == 32

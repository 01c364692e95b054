"""The models under Qt's own tester while Hypothesis changes them, and how little of a lazy list they touch."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt

from tests.gui.content_samples import KEEP, LazyGroups, Shelf, group_of, jpegs
from twinlens.domain.group import SeriesKind
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.gui.groups.model import ROW_ROLE, GroupListModel
from twinlens.gui.groups.row import is_decided
from twinlens.gui.thumbnails.photo_model import CARD_ROLE, PhotoListModel
from twinlens.gui.thumbnails.words import file_size_words, relation_words

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
changes = st.lists(st.tuples(st.sampled_from(["set", "append"]), st.lists(st.integers(1, 60), max_size=12)), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_the_photo_model_keeps_qts_rules(qtmodeltester, photos_dir, changes):
    model = PhotoListModel()
    model.set_lookup(Shelf(jpegs(photos_dir / "caltech101", 40)).lookup)
    qtmodeltester.check(model)
    expected = []
    for change, ids in changes:
        if change == "set":
            model.set_ids(ids)
            expected = list(ids)
        else:
            model.append_ids(ids)
            expected += ids
        assert model.ids() == expected
        assert model.rowCount() == len(expected)
        if expected:
            assert model.rowCount(model.index(0, 0)) == 0
            assert model.row_of(expected[-1]) is not None
            assert model.id_at(len(expected)) is None


def test_a_photo_is_spoken_with_its_place_and_its_mark(qapp, photos_dir):
    model, shelf = PhotoListModel(), Shelf(jpegs(photos_dir / "caltech101", 3))
    model.set_lookup(shelf.lookup)
    model.set_ids([1, 2, 3, 404])
    model.set_marks({2: KEEP})
    card = model.index(1, 0).data(CARD_ROLE)
    assert card.path == shelf.photos[2].path
    spoken = model.index(1, 0).data(SPOKEN)
    assert spoken.startswith(card.name)
    assert spoken.endswith("marked keep, 2 of 4")
    assert model.index(3, 0).data(SPOKEN) == "No longer in the library, 4 of 4"


def test_groups_are_made_only_for_rows_that_are_looked_at(qapp, qtmodeltester, photos_dir):
    model, groups = GroupListModel(), LazyGroups(28_000)
    model.set_lookup(Shelf(jpegs(photos_dir / "caltech101", 4)).lookup)
    model.set_groups(groups)
    assert model.rowCount() == 28_000
    assert groups.made == 0
    row = model.index(1, 0).data(ROW_ROLE)
    assert model.index(1, 0).data(ROW_ROLE) is row
    assert groups.made == 1
    assert model.rowCount(model.index(1, 0)) == 0
    assert model.rowCount(QModelIndex()) == 28_000
    model.set_groups(LazyGroups(5))
    qtmodeltester.check(model)


def test_a_group_is_spoken_as_a_photographer_would_read_it(qapp, photos_dir):
    model, shelf = GroupListModel(), Shelf(jpegs(photos_dir / "caltech101", 3))
    model.set_lookup(shelf.lookup)
    model.set_groups([group_of((9, 8)), group_of((1, 2, 3), keeper_reason="larger")])
    name = shelf.photos[1].path.rsplit("/", 1)[-1]
    assert model.index(1, 0).data(SPOKEN) == f"Group 2 of 2, same shot, 3 photos, Keeper {name}: larger"
    row = model.row(1)
    assert row.card(1).lines[2] == "re-encoded, 98\u202f%"
    assert row.card(0).lines[2].startswith("in ")
    model.set_groups([group_of((1, 2), PhotoClass.IDENTICAL_FILE)])
    assert model.row(0).card(1).lines[2].startswith("in ")  # that it is the same file stands above


def test_a_bracket_is_called_by_its_name_and_kept_whole(qapp, photos_dir):
    model, shelf = GroupListModel(), Shelf(jpegs(photos_dir / "caltech101", 3))
    model.set_lookup(shelf.lookup)
    model.set_groups([replace(group_of((1, 2, 3), PhotoClass.BURST), kind=SeriesKind.EXPOSURE_BRACKET)])
    assert model.row(0).title == "Exposure bracket"
    assert (
        model.index(0, 0).data(SPOKEN).endswith("exposure bracket, 3 photos, the photos belong together: all are kept")
    )


def test_a_group_is_decided_when_every_suggestion_is_answered():
    group, burst = group_of((1, 2, 3)), group_of((4, 5), PhotoClass.BURST)
    assert not is_decided(group, {1: KEEP, 2: KEEP})
    assert is_decided(group, {1: KEEP, 2: KEEP, 3: KEEP})
    assert not is_decided(burst, {})
    assert is_decided(burst, {5: KEEP})  # nothing was suggested to go: any mark is a decision


def test_relations_are_said_in_a_few_words():
    def words(
        photo_class: PhotoClass,
        score: float = 0.987,
        transform: Transform = Transform.NONE,
        gap_s: float | None = None,
    ) -> str:
        return relation_words(Relation(PhotoId(1), PhotoId(2), photo_class, score, transform, gap_s=gap_s))

    assert words(PhotoClass.IDENTICAL_FILE, 1.0) == "same file"
    assert words(PhotoClass.SAME_SHOT) == "re-encoded, 98\u202f%"
    assert words(PhotoClass.SAME_SHOT, transform=Transform.MIRRORED) == "mirrored, 98\u202f%"
    assert words(PhotoClass.SAME_SHOT, 0.9999) == "re-encoded, 99\u202f%"
    assert words(PhotoClass.BURST, 0.9, gap_s=0.44) == "0.4 s apart, 90\u202f%"
    assert words(PhotoClass.BURST, 0.9, Transform.EXPOSED, 0.44) == "other exposure, 0.4 s apart"
    assert words(PhotoClass.BURST, 0.9, Transform.FOCUSED) == "other focus, 90\u202f%"
    assert [file_size_words(size) for size in (999, 924_200, 3_400_000)] == ["999 bytes", "924 kB", "3.4 MB"]

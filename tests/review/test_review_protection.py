"""Protected folders: never suggested, never marked into a plan, refused at the moment of acting whatever the names say."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.review.made_library import catalogue, picture, plan_of
from twinlens.domain.errors import PlanInvalid
from twinlens.domain.group import GroupQuery, Mark, Suggestion
from twinlens.domain.photo import PhotoId, Volume, VolumeId
from twinlens.domain.ports import GoOn
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.matching.rules.rule import Rule, Step
from twinlens.review.apply import apply_plan
from twinlens.review.data import follow_review_data, load_review_data
from twinlens.review.duplicates import PROTECTED, GroupList, find_groups
from twinlens.review.plan import plan_by_rule, plan_from_marks
from twinlens.review.protection import protect, rejected_and_protected
from twinlens.review.validate import validate
from twinlens.volumes.folder_place import place_of


@pytest.fixture
def ids(library: Library, photos: Path) -> list[PhotoId]:
    """One picture in the archive, one on the desk, one in a folder of the archive whose name only begins alike."""
    names = ("archive/a.png", "desk/a.png", "archive 2/a.png")
    return catalogue(library, [picture(photos / name, 1) for name in names])


def identical(library: Library) -> GroupList:
    return find_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.IDENTICAL_FILE))


def shown(library: Library, photo_id: PhotoId) -> str:
    return library.catalog().photos.get(photo_id).path


def test_a_protected_photo_is_kept_and_says_why(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    assert protect(library.catalog(), str(photos / "archive")) is not None
    assert protect(library.catalog(), str(photos / "archive")) is None  # already
    (group,) = identical(library)
    archived = next(member for member in group.members if member.photo_id == ids[0])
    assert archived.suggestion is not Suggestion.REJECT
    assert group.reclaimable_bytes == sum(
        os.path.getsize(shown(library, member.photo_id))
        for member in group.members
        if member.suggestion is Suggestion.REJECT
    )
    if archived is not group.keeper:
        assert archived.reason == PROTECTED
    assert [photo.protected for photo in library.catalog().photos.get_many(ids)] == [True, False, False]


@pytest.mark.parametrize("turned", [False, True])
def test_no_rule_takes_a_protected_photo(library: Library, photos: Path, ids: list[PhotoId], turned: bool) -> None:
    protect(library.catalog(), str(photos / "archive"))
    for steps in ((Step("path", turned=turned),), (Step("suggestion"),), (Step("protected"), Step("suggestion"))):
        plan = plan_by_rule(library.catalog(), [identical(library)], Rule("test", "", steps))
        removed = {step.path for group in plan.groups for step in group.remove}
        assert shown(library, ids[0]) not in removed
        validate(plan, library)
        if steps[0].criterion == "protected":
            assert removed == {shown(library, ids[1]), shown(library, ids[2])}


def test_what_a_rule_locks_for_once_it_does_not_take(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    rule = structs.replace(Rule("test", "", (Step("path"),)), locked=(place_of(str(photos / "archive 2")),))
    plan = plan_by_rule(library.catalog(), [identical(library)], rule)
    assert [step.path for group in plan.groups for step in group.remove] == [shown(library, ids[0])]


def test_marks_from_before_stay_out_of_the_plan(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    catalog = library.catalog()
    catalog.marks.set(ids, Mark.REJECT)
    with pytest.raises(PlanInvalid, match="No copy would be kept"):
        plan_from_marks(library)
    protect(catalog, str(photos / "archive"))
    assert rejected_and_protected(catalog) == [ids[0]]
    plan = plan_from_marks(library)  # now one stays: the protected one
    assert sorted(step.path for group in plan.groups for step in group.remove) == sorted(
        shown(library, id_) for id_ in ids[1:]
    )
    assert all(group.keep == (shown(library, ids[0]),) for group in plan.groups)


def test_a_plan_written_by_hand_is_refused_as_a_whole(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    archived, desk, other = (shown(library, id_) for id_ in ids)
    plan = plan_of(([other], [archived, desk]))
    validate(plan, library)
    protect(library.catalog(), str(photos / "archive"))
    with pytest.raises(PlanInvalid, match="in a protected folder"):
        apply_plan(library, plan)
    assert os.path.exists(archived)
    assert os.path.exists(desk)


class Meanwhile(GoOn):
    """Does something once, when the apply has begun."""

    def __init__(self, deed) -> None:
        self._deed = deed

    def proceed(self) -> bool:
        if self._deed is not None:
            deed, self._deed = self._deed, None
            deed()
        return True


def test_a_folder_that_is_locked_meanwhile_is_safe(
    library: Library, photos: Path, ids: list[PhotoId], quarantine: str
) -> None:
    archived, desk, other = (shown(library, id_) for id_ in ids)
    lock = Meanwhile(lambda: protect(library.catalog(), str(photos / "archive")))
    report = apply_plan(library, plan_of(([other], [archived, desk])), quarantine_folder=quarantine, control=lock)
    assert [path for path, _ in report.refused] == [archived]
    assert "protected folder" in report.refused[0][1]
    assert os.path.exists(archived)
    assert not os.path.exists(desk)


def test_a_link_into_a_protected_folder_does_not_open_it(
    library: Library, photos: Path, ids: list[PhotoId], quarantine: str
) -> None:
    """The folder of the photo becomes a link into the protected one, between plan and act."""
    _, desk, other = (shown(library, id_) for id_ in ids)
    protect(library.catalog(), str(photos / "archive"))
    plan = plan_of(([other], [desk]))

    def swap() -> None:
        os.rename(photos / "desk", photos / "archive" / "desk")
        os.symlink(photos / "archive" / "desk", photos / "desk")

    report = apply_plan(library, plan, quarantine_folder=quarantine, control=Meanwhile(swap))
    assert report.done == ()
    assert os.path.exists(photos / "archive" / "desk" / "a.png")


def test_a_lock_by_way_of_a_link_is_one_on_the_folder_itself(
    library: Library, photos: Path, ids: list[PhotoId]
) -> None:
    os.symlink(photos / "archive", photos / "link")
    locked = protect(library.catalog(), str(photos / "link"))
    assert locked is not None
    assert locked.path == os.path.realpath(photos / "archive")
    assert library.catalog().photos.get(ids[0]).protected
    library.catalog().protection.remove(locked.place)
    assert not library.catalog().photos.get(ids[0]).protected
    with pytest.raises(NotADirectoryError):
        protect(library.catalog(), str(photos / "nowhere"))


def test_the_lock_goes_with_the_drive(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    catalog = library.catalog()
    protect(catalog, str(photos / "archive"))
    before = follow_review_data(catalog, None)
    assert before.photos.protected.tolist() == [True, False, False]
    (volume,) = (volume for volume, _ in catalog.volumes.all())
    catalog.volumes.remember(replace(volume, mount_point="/media/elsewhere"))
    after = follow_review_data(catalog, before)
    assert after.photos.protected.tolist() == [True, False, False]
    assert after.photos.paths[0].startswith("/media/elsewhere")
    assert follow_review_data(catalog, after) is after
    (folder,) = catalog.protection.all()
    catalog.protection.remove(folder.place)
    assert not follow_review_data(catalog, after).photos.protected.any()


def test_a_drive_mounted_inside_is_protected_too(library: Library, photos: Path, ids: list[PhotoId]) -> None:
    catalog = library.catalog()
    protect(catalog, str(photos / "archive"))
    inner = Volume(VolumeId("uuid:inner"), "inner", str(photos / "archive" / "drive"))
    catalog.volumes.remember(inner)
    assert catalog.protection.now().covers(inner.id, "any/photo.jpg")
    catalog.volumes.remember(replace(inner, mount_point=str(photos / "drive")))
    assert not catalog.protection.now().covers(inner.id, "any/photo.jpg")


FOLDERS = ("a", "a/b", "c", "c/d")


@settings(max_examples=30, deadline=None)
@given(
    locks=st.sets(st.sampled_from(FOLDERS)),
    by_link=st.booleans(),
    late=st.booleans(),
    wanted=st.sets(st.integers(0, 7), min_size=1, max_size=7),
    by_hand=st.booleans(),
)
def test_whatever_is_asked_for_nothing_leaves_a_protected_folder(
    tmp_path_factory: pytest.TempPathFactory,
    locks: set[str],
    by_link: bool,
    late: bool,
    wanted: set[int],
    by_hand: bool,
) -> None:
    """Eight copies in four folders; any folders locked, by a link or not, before or while photos are removed."""
    place = tmp_path_factory.mktemp("attack")
    paths = [picture(place / "photos" / folder / f"{number}.png", 1) for folder in FOLDERS for number in range(2)]
    os.symlink(place / "photos", place / "link")

    def lock() -> None:
        for folder in sorted(locks):
            protect(library.catalog(), str(place / ("link" if by_link else "photos") / folder))

    with Library.open(place / "library") as library:
        ids = catalogue(library, paths)
        library.catalog().marks.set([ids[at] for at in sorted(wanted)], Mark.REJECT)
        if not late:
            lock()
        try:
            if by_hand:
                keep = [path for at, path in enumerate(paths) if at not in wanted]
                plan = plan_of((keep, [paths[at] for at in sorted(wanted)]))
            else:
                plan = plan_from_marks(library)
            control = Meanwhile(lock) if late else GoOn()
            report = apply_plan(library, plan, quarantine_folder=str(place / "gone"), control=control)
        except PlanInvalid:
            assert all(map(os.path.exists, paths))  # refused as a whole
            return
        gone = {step.path for step in report.done}
        locked = [path for path in paths if any(f"/photos/{folder}/" in path for folder in locks)]
        assert not gone & set(locked)
        assert all(map(os.path.exists, locked))
        asked = {paths[at] for at in wanted}
        assert gone == asked - set(locked)

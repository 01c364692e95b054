"""Apply, undo, purge: what each promises, on real files."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.review.made_library import catalogue, picture, plan_of, removal, tree
from twinlens.disposal.quarantine import Quarantine
from twinlens.domain.errors import NothingToUndo, PlanInvalid
from twinlens.domain.group import Mark
from twinlens.domain.plan import DisposalKind, Plan, PlannedGroup, StepState
from twinlens.domain.relation import PhotoClass
from twinlens.fingerprints.content import content_hash
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.history import where
from twinlens.review.quarantine_contents import purge, waiting
from twinlens.review.undo import restore_steps, undo_session
from twinlens.review.validate import validate
from twinlens.review.verification import hash_of_open_file


@pytest.fixture
def pair(library: Library, photos: Path) -> tuple[str, str]:
    keep, copy = picture(photos / "a" / "keep.png", 1), picture(photos / "b" / "copy.png", 1)
    catalogue(library, [keep, copy])
    return keep, copy


def test_the_hash_is_the_catalogs(photos: Path) -> None:
    path = picture(photos / "a.png", 1)
    with open(path, "rb") as file:
        assert hash_of_open_file(file.fileno()) == content_hash(Path(path).read_bytes())


def test_away_and_back(library: Library, photos: Path, quarantine: str, pair: tuple[str, str]) -> None:
    before = tree(photos)
    keep, copy = pair
    catalog = library.catalog()
    found = catalog.photos.by_path(copy)
    assert found is not None
    catalog.marks.set([found.id], Mark.REJECT)
    report = apply_plan(library, plan_of(([keep], [copy])), quarantine_folder=quarantine)
    assert [step.path for step in report.done] == [copy]
    assert report.refused == ()
    assert not os.path.exists(copy)
    assert catalog.photos.by_path(copy) is None
    assert catalog.marks.all() == {}
    assert where(catalog, "copy.png")[0].answer.startswith("in quarantine since")
    undone = undo_session(library)
    assert undone.session_id == report.session_id
    assert tree(photos) == before
    back = catalog.photos.by_path(copy)
    assert back is not None
    assert back.id == found.id
    assert not os.path.exists(os.path.join(quarantine, ".twinlens-quarantine"))
    with pytest.raises(NothingToUndo):
        undo_session(library)


def test_links_and_back(library: Library, photos: Path, pair: tuple[str, str]) -> None:
    before = tree(photos)
    keep, copy = pair
    os.utime(copy, ns=(5, 5))
    before = tree(photos)
    report = apply_plan(library, plan_of(([keep], [copy])), DisposalKind.HARDLINK)
    assert os.path.samefile(keep, copy)
    assert len(report.done) == 1
    undo_session(library)
    assert not os.path.samefile(keep, copy)
    assert tree(photos) == before


def test_a_dry_run_touches_nothing(library: Library, photos: Path, quarantine: str, pair: tuple[str, str]) -> None:
    before = tree(photos)
    keep, copy = pair
    report = apply_plan(library, plan_of(([keep], [copy])), quarantine_folder=quarantine, dry_run=True)
    assert [step.path for step in report.done] == [copy]
    assert report.session_id is None
    assert tree(photos) == before
    assert library.catalog().journal.sessions() == []
    assert not os.path.exists(quarantine)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("edit copy", "changed since the plan|not the same byte for byte"),
        ("edit keeper", "changed since it was scanned"),
        ("delete keeper", "cannot be verified"),
        ("link keeper", "symbolic link"),
        ("hard link", "one file"),
        ("link copy", "symbolic link"),
        ("delete copy", "no such file"),
    ],
)
def test_what_changed_is_refused_and_the_rest_goes_on(
    library: Library, photos: Path, quarantine: str, pair: tuple[str, str], change: str, reason: str
) -> None:
    keep, copy = pair
    second_keep, second_copy = picture(photos / "c.png", 2), picture(photos / "d.png", 2)
    catalogue(library, [second_keep, second_copy])
    plan = plan_of(([keep], [copy]), ([second_keep], [second_copy]))
    target = copy if "copy" in change or change == "hard link" else keep
    if change.startswith("edit"):
        data = bytearray(Path(target).read_bytes())
        data[-1] ^= 1
        Path(target).write_bytes(data)
    else:
        other = keep if target == copy else copy
        os.unlink(target)
        if change == "hard link":
            os.link(other, target)
        elif change.startswith("link"):
            os.symlink(other, target)
    before = {path for path in tree(photos) if path != second_copy}
    report = apply_plan(library, plan, quarantine_folder=quarantine)
    assert [step.path for step in report.done] == [second_copy]
    assert [path for path, _ in report.refused] == [copy]
    assert pytest.importorskip("re").search(reason, report.refused[0][1])
    assert set(tree(photos)) == before
    refused = library.catalog().journal.receipts(report.session_id, (StepState.REFUSED,))
    assert [receipt.path for receipt in refused] == [copy]


def test_a_keeper_that_no_longer_decodes_keeps_nothing(library: Library, photos: Path, quarantine: str) -> None:
    keep, copy = str(photos / "a.png"), str(photos / "b.png")
    for path in (keep, copy):
        Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    catalogue(library, [keep, copy])
    report = apply_plan(library, plan_of(([keep], [copy])), quarantine_folder=quarantine)
    assert report.done == ()
    assert "cannot be decoded" in report.refused[0][1]
    assert os.path.exists(copy)


def test_plans_of_strangers_are_checked_as_a_whole(library: Library, photos: Path, pair: tuple[str, str]) -> None:
    keep, copy = pair
    other = picture(photos / "other.png", 9)
    unknown = picture(photos / "unknown.png", 1)
    catalogue(library, [other])
    good = plan_of(([keep], [copy]))
    validate(good, library)
    step = removal(copy)
    wrong = [
        (plan_of(([keep, copy], [copy])), "both kept and removed"),
        (plan_of(([keep], [copy]), ([copy], [keep])), "both kept and removed"),
        (plan_of(([], [copy])), "keeps nothing"),
        (plan_of(([keep], [copy, copy])), "removed twice"),
        (plan_of(([keep], [unknown])), "not in the library"),
        (plan_of(([unknown], [copy])), "not in the library"),
        (plan_of(([other], [copy])), "identical-file to"),
        (plan_of(([other], [copy]), photo_class=PhotoClass.SAME_SHOT), "same-shot to"),
        (_with(replace(step, path=f"{photos}/b/../b/copy.png"), keep), "no plain absolute path"),
        (_with(replace(step, path="/p/\ud800\0.png"), keep), "no plain absolute path"),
        (_with(replace(step, path="copy.png"), keep), "no plain absolute path"),
        (_with(replace(step, content_hex="00" * 16), keep), "not the file that was planned"),
    ]
    before = tree(photos)
    for plan, message in wrong:
        with pytest.raises(PlanInvalid, match=message):
            apply_plan(library, plan)
    assert tree(photos) == before
    assert library.catalog().journal.sessions() == []


def _with(step: object, keep: str) -> Plan:
    return Plan("test", (PlannedGroup("0", PhotoClass.IDENTICAL_FILE, (keep,), (step,)),))  # type: ignore[arg-type]


def test_only_an_explicit_choice_removes_without_a_copy(
    library: Library, photos: Path, quarantine: str, pair: tuple[str, str]
) -> None:
    _, copy = pair
    report = apply_plan(library, plan_of(([], [copy])), quarantine_folder=quarantine, allow_without_copy=True)
    assert len(report.done) == 1
    assert where(library.catalog(), "copy.png")[0].answer.endswith("no copy was kept")
    undo_session(library)
    assert os.path.exists(copy)


def test_a_taken_place_keeps_the_photo_waiting(
    library: Library, photos: Path, quarantine: str, pair: tuple[str, str]
) -> None:
    keep, copy = pair
    apply_plan(library, plan_of(([keep], [copy])), quarantine_folder=quarantine)
    Path(copy).write_bytes(b"new")
    report = undo_session(library)
    assert report.restored == ()
    assert "something else lies there" in report.refused[0][1]
    (receipt,) = waiting(library.catalog())
    os.unlink(copy)
    assert len(restore_steps(library, [receipt.step_id]).restored) == 1
    assert library.catalog().journal.sessions()[0].undone_at is not None


def test_emptying_checks_the_photo_and_its_keeper(
    library: Library, photos: Path, quarantine: str, pair: tuple[str, str]
) -> None:
    keep, copy = pair
    apply_plan(library, plan_of(([keep], [copy])), quarantine_folder=quarantine)
    (receipt,) = waiting(library.catalog())
    assert receipt.resting_path is not None
    os.rename(keep, keep + ".gone")
    assert "no copy of it could be verified" in purge(library, [receipt.step_id]).refused[0][1]
    os.rename(keep + ".gone", keep)
    original = Path(receipt.resting_path).read_bytes()
    Path(receipt.resting_path).write_bytes(b"edited in quarantine")
    assert "not the photo that went there" in purge(library, [receipt.step_id]).refused[0][1]
    Path(receipt.resting_path).write_bytes(original)
    report = purge(library, [receipt.step_id])
    assert report.freed_bytes == len(original)
    assert not os.path.exists(receipt.resting_path)
    assert library.catalog().away.ids() == []
    with pytest.raises(NothingToUndo):
        undo_session(library)


def test_stopping_keeps_what_is_done(library: Library, photos: Path, quarantine: str) -> None:
    paths = [picture(photos / f"{at}-{side}.png", at) for at in range(6) for side in "kc"]
    catalogue(library, paths)
    plan = plan_of(*[([paths[at]], [paths[at + 1]]) for at in range(0, 12, 2)])
    before = tree(photos)

    class StopSoon:
        asked = 0

        def proceed(self) -> bool:
            self.asked += 1
            return self.asked <= 9  # six verified, the batch begun, two removed

    report = apply_plan(library, plan, quarantine_folder=quarantine, control=StopSoon())
    assert report.stopped
    assert len(report.done) == 2
    assert library.catalog().journal.unsettled() == []
    undo_session(library)
    assert tree(photos) == before


def test_one_failing_rename_does_not_stop_the_rest(
    library: Library, photos: Path, quarantine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [picture(photos / f"{at}-{side}.png", at) for at in range(3) for side in "kc"]
    catalogue(library, paths)
    real = Quarantine.destination

    def too_long(self: Quarantine, path: str, session_id: int) -> str:
        return real(self, path, session_id) + ("x" * 300 if path == paths[3] else "")

    monkeypatch.setattr(Quarantine, "destination", too_long)
    plan = plan_of(*[([paths[at]], [paths[at + 1]]) for at in range(0, 6, 2)])
    report = apply_plan(library, plan, quarantine_folder=quarantine)
    assert [path for path, _ in report.refused] == [paths[3]]
    assert "file name too long" in report.refused[0][1]
    assert len(report.done) == 2

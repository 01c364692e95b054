"""Instead of removing: symbolic links, a folder to move to, a folder to copy to; each there, refused with reason, and back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.real_mounts import RealMounts, real_mounts
from tests.review.made_library import catalogue, picture, plan_of, tree
from tests.safety.crashing import crash_at_every_write
from twinlens.disposal.links import HardLink
from twinlens.disposal.registry import disposal_for
from twinlens.domain.errors import NothingToUndo
from twinlens.domain.plan import DisposalKind, Receipt, StepState
from twinlens.library.open import Library
from twinlens.review import decisions
from twinlens.review.apply import apply_plan
from twinlens.review.deed_files import turn_files
from twinlens.review.quarantine_contents import purge
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import undo_session

__all__ = ["real_mounts"]

KINDS = [DisposalKind.SYMLINK, DisposalKind.MOVE, DisposalKind.COPY]


@pytest.fixture
def pair(tmp_path: Path, library: Library) -> tuple[str, str]:
    paths = picture(tmp_path / "photos" / "kept" / "a.png", 1), picture(tmp_path / "photos" / "surplus" / "a.png", 1)
    os.utime(paths[1], ns=(1, 1_234_567_890_123_456_789))
    catalogue(library, paths)
    (tmp_path / "aside").mkdir()
    return paths


@contextmanager
def power_cut(monkeypatch: pytest.MonkeyPatch, disposal: type, moment: str) -> Iterator[None]:
    """What is done inside comes to this moment, and no further."""

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(disposal, moment, cut)
        with pytest.raises(KeyboardInterrupt):
            yield


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(tmp_path: Path, library: Library, pair: tuple[str, str], kind: DisposalKind) -> None:
    before = tree(tmp_path / "photos")
    report = apply_plan(library, plan_of(([pair[0]], [pair[1]])), kind, folder=str(tmp_path / "aside"))
    assert report.refused == ()
    copies = [path for path, (data, _, _) in tree(tmp_path / "aside").items() if data == before[pair[1]][0]]
    if kind is DisposalKind.SYMLINK:
        assert os.readlink(pair[1]) == "../kept/a.png"
        assert copies == []
    else:
        assert tree(tmp_path / "aside")[copies[0]][1:] == before[pair[1]][1:]
        assert os.path.exists(pair[1]) is (kind is DisposalKind.COPY)
    assert (report.freed_bytes == 0) is (kind is not DisposalKind.SYMLINK)
    assert len(undo_session(library).restored) == 1
    assert tree(tmp_path / "photos") == before
    assert tree(tmp_path / "aside") == {}
    assert set(library.catalog().photos.columns().paths) == set(pair)


@pytest.mark.parametrize("kind", KINDS)
def test_done_again_it_goes_to_the_same_place(
    tmp_path: Path, library: Library, pair: tuple[str, str], kind: DisposalKind
) -> None:
    apply_plan(library, plan_of(([pair[0]], [pair[1]])), kind, folder=str(tmp_path / "aside"))
    after = tree(tmp_path / "aside")
    for undo in (True, False):
        turned = decisions.turn(library, undo=undo)
        assert turned.deed is not None
        turn_files(library, turned.deed.id, undo=undo)
    assert tree(tmp_path / "aside") == after
    assert os.path.islink(pair[1]) is (kind is DisposalKind.SYMLINK)
    assert os.path.lexists(pair[1]) is (kind is not DisposalKind.MOVE)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("undoing", [False, True])
def test_a_crash_at_any_write_loses_nothing(
    tmp_path: Path, pair: tuple[str, str], library: Library, kind: DisposalKind, undoing: bool
) -> None:
    library.close()
    crash_at_every_write(tmp_path, pair, kind, undoing=undoing)


def test_what_a_link_leads_to_stays(tmp_path: Path, library: Library, pair: tuple[str, str]) -> None:
    third = picture(tmp_path / "photos" / "third.png", 1)
    catalogue(library, [third])
    apply_plan(library, plan_of(([pair[0]], [pair[1]])), DisposalKind.SYMLINK)
    report = apply_plan(library, plan_of(([third], [pair[0]])), quarantine_folder=str(tmp_path / "removed"))
    assert "Symbolic links made earlier lead to" in report.refused[0][1]
    undo_session(library)
    assert apply_plan(library, plan_of(([third], [pair[0]])), quarantine_folder=str(tmp_path / "removed")).refused == ()


def test_a_taken_name_is_numbered(tmp_path: Path, library: Library) -> None:
    keeper = picture(tmp_path / "keep.png", 2)
    surplus = [picture(tmp_path / "photos" / "a.png", 2)]
    catalogue(library, [keeper, *surplus])
    aside = tmp_path / "aside"
    mine = aside / os.path.relpath(surplus[0], "/")
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    report = apply_plan(library, plan_of(([keeper], surplus)), DisposalKind.COPY, folder=str(aside))
    assert report.refused == ()
    assert mine.read_text() == "mine"
    assert mine.with_name("a (1).png").is_file()


def test_another_volume_is_named(
    tmp_path: Path, library: Library, pair: tuple[str, str], real_mounts: RealMounts
) -> None:
    other = real_mounts.memory(tmp_path / "other", 512)
    plan = plan_of(([pair[0]], [pair[1]]))
    report = apply_plan(library, plan, DisposalKind.MOVE, folder=str(other))
    assert "another volume" in report.refused[0][1]
    assert len(apply_plan(library, plan, DisposalKind.COPY, folder=str(other)).done) == 1
    assert len(undo_session(library).restored) == 1


def test_what_its_check_refused_is_not_taken_for_done_after_a_crash(
    library: Library, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two names of one file look like a link that was made; taking it back would have set the time to 1970."""
    plan = plan_of(([pair[0]], [pair[1]]))
    os.unlink(pair[1])
    os.link(pair[0], pair[1])
    catalogue(library, pair)
    time_ns = os.stat(pair[0]).st_mtime_ns
    with power_cut(monkeypatch, HardLink, "announce"):  # the steps were written, nothing was done
        apply_plan(library, plan, DisposalKind.HARDLINK)
    settle_interrupted(library)
    journal = library.catalog().journal
    (step,) = journal.receipts(journal.sessions()[0].id)
    assert step.state is StepState.REFUSED
    assert step.error
    with pytest.raises(NothingToUndo):
        undo_session(library)
    assert os.stat(pair[1]).st_mtime_ns == time_ns


@pytest.mark.parametrize("kind", [DisposalKind.HARDLINK, DisposalKind.SYMLINK])
def test_a_photo_edited_before_an_undo_was_settled_keeps_its_new_time(
    library: Library, pair: tuple[str, str], kind: DisposalKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_plan(library, plan_of(([pair[0]], [pair[1]])), kind)

    with power_cut(monkeypatch, type(disposal_for(kind)), "sync"):
        undo_session(library)
    Path(pair[1]).write_bytes(Path(pair[1]).read_bytes()[:-1] + b"!")
    edited_ns = os.stat(pair[1]).st_mtime_ns
    settle_interrupted(library)
    assert os.stat(pair[1]).st_mtime_ns == edited_ns


def test_what_is_edited_by_its_other_name_while_it_waits_is_neither_emptied_nor_called_unchanged(
    tmp_path: Path, library: Library, pair: tuple[str, str]
) -> None:
    """Names of one file share an edit in place, wherever they lie: it is somebody's work, not the photo that was removed."""
    third = picture(tmp_path / "photos" / "third.png", 1)
    catalogue(library, [third])
    apply_plan(library, plan_of(([pair[0]], [pair[1]])), DisposalKind.HARDLINK)
    (receipt,) = apply_plan(library, plan_of(([third], [pair[1]])), quarantine_folder=str(tmp_path / "removed")).done
    assert isinstance(receipt, Receipt)
    Path(pair[0]).write_bytes(edited := Path(pair[0]).read_bytes() + b"edited")
    emptied = purge(library, [receipt.step_id])
    assert emptied.purged == ()
    assert "is not the photo that went there" in emptied.refused[0][1]
    assert len(undo_session(library).restored) == 1
    assert Path(pair[1]).read_bytes() == edited
    assert "was changed since it was linked" in undo_session(library).refused[0][1]
    assert Path(pair[1]).read_bytes() == Path(pair[0]).read_bytes() == edited


def test_a_link_whose_keeper_was_exchanged_is_not_taken_for_a_file_of_its_own(
    tmp_path: Path, library: Library, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two links to one keeper, which somebody then replaced: an undo that was cut short must not touch the other's time."""
    keeper, first = pair
    second = picture(tmp_path / "photos" / "third.png", 1)
    os.utime(second, ns=(3, 3_234_567_890_123_456_789))
    catalogue(library, [second])
    apply_plan(library, plan_of(([keeper], [first, second])), DisposalKind.HARDLINK)
    shared_ns = os.stat(first).st_mtime_ns
    picture(tmp_path / "edited.png", 2)
    os.replace(tmp_path / "edited.png", keeper)

    with power_cut(monkeypatch, HardLink, "restore"):
        undo_session(library)
    (sentence, _) = settle_interrupted(library)
    assert "still waits" in sentence
    assert os.path.samefile(first, second)
    assert os.stat(first).st_mtime_ns == shared_ns
    assert len(undo_session(library).restored) == 2
    assert [os.stat(path).st_mtime_ns for path in (first, second)] == [
        1_234_567_890_123_456_789,
        3_234_567_890_123_456_789,
    ]
    assert os.stat(first).st_nlink == os.stat(second).st_nlink == 1


@pytest.mark.parametrize("happens", ["renamed", "replaced", "deleted"])
@pytest.mark.parametrize("undoing", [False, True])
def test_a_link_is_settled_whatever_became_of_its_keeper(
    tmp_path: Path,
    library: Library,
    pair: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    happens: str,
    undoing: bool,
) -> None:
    """The power goes when the link is made, or parted, and is not written down; the keeper changes before the next start."""
    keeper, surplus = pair
    plan, own = plan_of(([keeper], [surplus])), os.stat(surplus).st_mtime_ns
    if undoing:
        apply_plan(library, plan, DisposalKind.HARDLINK)

    with power_cut(monkeypatch, HardLink, "sync"):
        undo_session(library) if undoing else apply_plan(library, plan, DisposalKind.HARDLINK)
    content = Path(surplus).read_bytes()
    if happens == "renamed":
        os.rename(keeper, keeper + ".jpg")
    elif happens == "deleted":
        os.unlink(keeper)
    else:
        picture(tmp_path / "edited.png", 2)
        os.replace(tmp_path / "edited.png", keeper)
    assert len(settle_interrupted(library)) == 1
    if not undoing:
        assert len(undo_session(library).restored) == 1
    assert (Path(surplus).read_bytes(), os.stat(surplus).st_mtime_ns, os.stat(surplus).st_nlink) == (content, own, 1)
    with pytest.raises(NothingToUndo):
        undo_session(library)


def test_an_undo_is_settled_where_a_symbolic_link_has_taken_the_place(
    library: Library, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left open for ever: the hard link was replaced by a symbolic one, and its keeper is gone."""
    keeper, surplus = pair
    apply_plan(library, plan_of(([keeper], [surplus])), DisposalKind.HARDLINK)

    with power_cut(monkeypatch, HardLink, "restore"):
        undo_session(library)
    os.rename(keeper, keeper + ".jpg")
    os.unlink(surplus)
    os.symlink(keeper + ".jpg", surplus)
    assert len(settle_interrupted(library)) == 1
    assert library.catalog().journal.unsettled() == []
    assert os.path.islink(surplus)

"""Decisions, taken back and done again in any order and after any restart, are what a simple model says."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.review.made_library import catalogue, picture, plan_of, tree
from twinlens.catalog import deeds
from twinlens.domain.deed import DeedKind
from twinlens.domain.errors import NothingToUndo
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import StepState
from twinlens.library.open import Library
from twinlens.review import decisions
from twinlens.review.apply import apply_plan
from twinlens.review.deed_files import turn_files
from twinlens.review.undo import restore_steps, undo_session

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = 6  # each odd one is a copy of the one before
places = st.integers(0, PHOTOS - 1)
marks = st.sampled_from([Mark.KEEP, Mark.REJECT, None])


@dataclass(frozen=True)
class World:
    """All that a decision can change. ``marks`` holds those of photos that are there."""

    marks: frozenset[tuple[int, Mark]] = frozenset()
    parted: frozenset[tuple[int, int]] = frozenset()
    away: frozenset[int] = frozenset()


def make_pictures(folder: Path) -> list[str]:
    return [picture(folder / f"IMG_{k:04}.png", k // 2) for k in range(PHOTOS)]


class Decisions(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        base = Path(self.folder.name)
        self.paths = make_pictures(base / "photos")
        self.untouched = tree(base / "photos")
        self.library = Library.open(base / "library")
        self.ids = catalogue(self.library, self.paths)
        self.world = World()
        self.done: list[tuple[World, World]] = []
        self.undone: list[tuple[World, World]] = []

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()

    def now(self, after: World) -> None:
        self.done.append((self.world, after))
        self.undone.clear()
        self.world = after

    @rule(wanted=st.dictionaries(places, marks, min_size=1))
    def mark(self, wanted):
        before = dict(self.world.marks)
        after = {k: m for k, m in before.items() if k not in wanted}
        after |= {k: m for k, m in wanted.items() if m is not None and k not in self.world.away}
        deed = decisions.mark(self.library, {self.ids[k]: m for k, m in wanted.items()})
        assert (deed is not None) == (after != before)
        if after != before:
            self.now(World(frozenset(after.items()), self.world.parted, self.world.away))

    @rule(some=st.sets(st.sampled_from(range(0, PHOTOS, 2)), min_size=2))
    def part(self, some):
        pairs = {(a, b) for a in some for b in some if a < b}
        deed = decisions.part(self.library, [[self.ids[k] for k in sorted(some)]])
        assert (deed is not None) == bool(pairs - self.world.parted)
        if pairs - self.world.parted:
            self.now(World(self.world.marks, self.world.parted | pairs, self.world.away))

    @rule(some=st.sets(st.sampled_from(range(1, PHOTOS, 2)), min_size=1))
    def remove(self, some):
        going = sorted(some - self.world.away)
        if going:
            plan = plan_of(*[([self.paths[k - 1]], [self.paths[k]]) for k in going])
            assert len(apply_plan(self.library, plan).done) == len(going)
            stay = frozenset((k, m) for k, m in self.world.marks if k not in going)
            self.now(World(stay, self.world.parted, self.world.away | set(going)))

    @rule(one=st.sampled_from(range(1, PHOTOS, 2)))
    def put_one_back(self, one):
        if one in self.world.away:
            waiting = self.library.catalog().journal.receipts(states=(StepState.DONE,))
            restore_steps(self.library, [step.step_id for step in waiting if step.path == self.paths[one]])
            self.now(World(self.world.marks, self.world.parted, self.world.away - {one}))

    def turn(self, undo):
        turned = decisions.turn(self.library, undo=undo)
        if turned.deed is not None and turned.moves_files:
            report = turn_files(self.library, turned.deed.id, undo=undo)
            assert not report.refused
        return turned

    @rule()
    def undo(self):
        turned = self.turn(undo=True)
        assert (turned.deed is not None) == bool(self.done)
        if self.done:
            self.undone.append(self.done.pop())
            self.world = self.undone[-1][0]

    @rule()
    def redo(self):
        turned = self.turn(undo=False)
        assert (turned.deed is not None) == bool(self.undone)
        if self.undone:
            self.done.append(self.undone.pop())
            self.world = self.done[-1][1]

    @rule()
    def restart(self):
        folder = self.library.folder
        self.library.close()
        self.library = Library.open(folder)

    @invariant()
    def the_library_is_as_the_model_says(self):
        catalog = self.library.catalog()
        place = {int(id_): k for k, id_ in enumerate(self.ids)}
        assert {(place[int(i)], m) for i, m in catalog.marks.all().items()} == self.world.marks
        assert {place[int(i)] for i in catalog.away.ids()} == self.world.away
        contents = {bytes.fromhex(step_content(path)): k for k, path in enumerate(self.paths) if not k % 2}
        found = {tuple(sorted((contents[a], contents[b]))) for a, b, _ in catalog.verdicts.all()}
        assert found == self.world.parted
        here = tree(Path(self.folder.name) / "photos")
        assert {path: here[path] for path in self.paths if path in here} == {
            path: kept for k, (path, kept) in enumerate(sorted(self.untouched.items())) if k not in self.world.away
        }


_CONTENTS: dict[str, str] = {}


def step_content(path: str) -> str:
    from twinlens.fingerprints.content import content_hash

    name = Path(path).name
    if name not in _CONTENTS:
        _CONTENTS[name] = content_hash(Path(path).read_bytes()).hex()
    return _CONTENTS[name]


TestDecisions = Decisions.TestCase
TestDecisions.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def ids(library: Library, tmp_path: Path) -> list[PhotoId]:
    return catalogue(library, make_pictures(tmp_path / "photos"))


def test_any_deed_can_be_taken_back_that_nothing_later_contradicts(library, ids):
    catalog = library.catalog()
    first = decisions.mark(library, {ids[0]: Mark.KEEP, ids[1]: Mark.REJECT})
    other = decisions.mark(library, {ids[2]: Mark.REJECT})
    later = decisions.mark(library, {ids[1]: Mark.KEEP})
    with pytest.raises(NothingToUndo, match="A later decision is about the same photos: keep 1 photo"):
        decisions.turn(library, first, undo=True)
    decisions.turn(library, other, undo=True)
    assert catalog.marks.all() == {ids[0]: Mark.KEEP, ids[1]: Mark.KEEP}
    decisions.turn(library, later, undo=True)
    assert decisions.turn(library, first, undo=True).marks[1].mark is None
    assert catalog.marks.all() == {}
    with pytest.raises(NothingToUndo, match="already"):
        decisions.turn(library, first, undo=True)
    for _ in range(3):
        decisions.turn(library, undo=False)
    assert catalog.marks.all() == {ids[0]: Mark.KEEP, ids[1]: Mark.KEEP, ids[2]: Mark.REJECT}


def test_a_mark_of_a_photo_that_left_waits_for_its_return(library, ids, tmp_path):
    paths = [photo.path for photo in library.catalog().photos.get_many(ids)]
    marked = decisions.mark(library, {ids[1]: Mark.REJECT})
    session = apply_plan(library, plan_of(([paths[0]], [paths[1]]))).session_id
    deed = library.catalog().deeds.get(marked)
    assert "left for the quarantine" in decisions.why_not(library.catalog(), deed)
    undo_session(library, session)  # as the command line does it
    assert library.catalog().marks.all() == {ids[1]: Mark.REJECT}
    again = decisions.horizon(library.catalog()).redo
    assert again is not None
    assert again.kind is DeedKind.REMOVAL
    assert decisions.why_not(library.catalog(), deed) == ""


def test_marks_find_their_photos_in_a_folder_that_was_added_again(library, ids, tmp_path):
    decisions.mark(library, {ids[2]: Mark.KEEP, ids[3]: Mark.REJECT})
    paths = [photo.path for photo in library.catalog().photos.get_many(ids)]
    library.catalog().photos.remove(ids)
    again = catalogue(library, paths)
    library.catalog().marks.set(again, Mark.KEEP)
    turned = decisions.turn(library, undo=True)
    assert {change.photo_id for change in turned.marks} == {again[2], again[3]}
    assert set(library.catalog().marks.all()) == {again[k] for k in (0, 1, 4, 5)}


def test_the_journal_stays_bounded_and_says_so(library, ids, monkeypatch):
    monkeypatch.setattr(deeds, "MOST_ROWS", 4)
    oldest = decisions.mark(library, dict.fromkeys(ids[:3], Mark.KEEP))
    decisions.mark(library, {ids[3]: Mark.KEEP})
    decisions.mark(library, dict.fromkeys(ids[3:6], Mark.REJECT))
    catalog = library.catalog()
    assert [deed.kept_rows for deed in catalog.deed_list.all()] == [3, 1, 0]
    assert "too long ago" in decisions.why_not(catalog, catalog.deeds.get(oldest))
    assert [decisions.turn(library, undo=True).deed is not None for _ in range(3)] == [True, True, False]
    assert set(catalog.marks.all()) == set(ids[:3])


KILLED = f"""
import sys
sys.path[:0] = [{str(ROOT / "desktop")!r}, {str(ROOT)!r}]
from pathlib import Path
from twinlens.domain.group import Mark
from twinlens.library.open import Library
from twinlens.review import decisions
library = Library.open(Path(sys.argv[1]))
ids = [int(i) for i in library.catalog().photos.newest(6)]
print("ready", flush=True)
while True:
    for mark in (Mark.KEEP, Mark.REJECT):
        decisions.mark(library, dict.fromkeys(ids, mark))
        print(".", flush=True)
    decisions.turn(library, undo=True)
    decisions.turn(library, undo=False)
    decisions.turn(library, undo=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_between_writes_leaves_marks_and_journal_in_step(library, ids):
    folder = library.folder
    library.close()
    for kill_after in range(1, 9):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(kill_after):
            process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()
    with Library.open(folder) as reopened:
        found = set(reopened.catalog().marks.all().values())
        assert len(found) <= 1  # all six or none, never some
        while decisions.turn(reopened, undo=True).deed is not None:
            assert len(set(reopened.catalog().marks.all().values())) <= 1
        assert reopened.catalog().marks.all() == {}


def test_removals_of_an_older_library_become_deeds(library, ids):
    paths = [photo.path for photo in library.catalog().photos.get_many(ids)]
    apply_plan(library, plan_of(([paths[0]], [paths[1]])))
    folder = library.folder
    db = library.catalog()._connection
    tables = [name for (name,) in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'deed%'")]
    for trigger in ("deed_ends_redo", "session_is_a_deed", "session_does_a_deed_again"):
        db.run(f"DROP TRIGGER {trigger}")
    db.run("DROP INDEX steps_by_content")
    db.run("ALTER TABLE sessions DROP COLUMN again_of")
    for table in sorted(tables, key=lambda name: name == "deeds"):
        db.run(f"DROP TABLE {table}")
    db.run("PRAGMA user_version = 11")
    library.close()
    with Library.open(folder) as reopened:
        turned = decisions.turn(reopened, undo=True)
        assert turned.deed is not None
        assert (turned.deed.kind, turned.deed.waiting) == (DeedKind.REMOVAL, 1)
        turn_files(reopened, turned.deed.id, undo=True)
        assert Path(paths[1]).exists()
        turn_files(reopened, turned.deed.id, undo=False)
        assert not Path(paths[1]).exists()


def test_photos_of_several_groups_are_parted_within_each_only(library: Library, tmp_path: Path):
    paths = [picture(tmp_path / f"{number}.png", number) for number in range(4)]
    ids = catalogue(library, paths)
    first, second = ids[:2], ids[2:]
    catalog = library.catalog()
    contents = {photo.id: photo.content for photo in catalog.photos.get_many([*first, *second])}
    assert decisions.part(library, [first, second]) is not None
    parted = {frozenset(verdict[:2]) for verdict in catalog.verdicts.all()}
    assert parted == {frozenset(contents[id_] for id_ in family) for family in (first, second)}
    assert decisions.turn(library, undo=True).deed is not None
    assert not catalog.verdicts.all()

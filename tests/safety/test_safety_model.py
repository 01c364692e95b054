"""The model: whatever is decided, done, taken back, changed outside, unplugged, full, forbidden or cut short, nothing is lost."""

import contextlib
import errno
import os
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.review.made_library import catalogue, plan_of
from tests.safety.world import DRIVES, Original, content_at, files_in, is_that_file, jpeg, made_world
from twinlens.domain.errors import LibraryUnusable, NothingToUndo, PlanInvalid, VolumeFailing
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import DisposalKind, StepState
from twinlens.domain.ports import GoOn, no_events
from twinlens.review import decisions
from twinlens.review.apply import apply_plan
from twinlens.review.deed_files import turn_files
from twinlens.review.plan import plan_from_marks
from twinlens.review.quarantine_contents import purge, waiting
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import restore_steps, undo_session
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

IS_USUAL = "TWINLENS_MODEL_EXAMPLES" not in os.environ  # the same runs judge every change
EXAMPLES = int(os.environ.get("TWINLENS_MODEL_EXAMPLES", 125))
STEPS = 100
MOST_FILES = 24
# Making a failure smaller takes minutes: on request only.
PHASES = tuple(Phase) if os.environ.get("TWINLENS_MODEL_SHRINK") else (Phase.explicit, Phase.reuse, Phase.generate)

counts: Counter[str] = Counter()
pytestmark = [pytest.mark.long, pytest.mark.timeout(1200 if IS_USUAL else 6 * 3600)]

Fault = dict[str, int]
FAULTS: st.SearchStrategy[Fault] = st.one_of(
    st.just({}),
    st.integers(1, 30).map(lambda at: {"crash_at": at}),
    st.integers(1, 120).map(lambda at: {"crash_at": at}),
    st.builds(
        lambda at, length, code: {"fail_at": at, "fails_for": length, "code": code},
        st.integers(1, 30),
        st.sampled_from([1, 2, 1000]),
        st.sampled_from([errno.ENOSPC, errno.EIO, errno.EROFS]),
    ),
)
NUMBER = st.integers(0, 10_000)
KINDS = (
    *[DisposalKind.QUARANTINE] * 4,
    DisposalKind.HARDLINK,
    DisposalKind.SYMLINK,
    DisposalKind.REFLINK,
    DisposalKind.MOVE,
    DisposalKind.COPY,
)
DEEDS = (
    *["remove"] * 6, *["mark_and_remove"] * 3, *["undo"] * 2, "undo_some_session", "put_back_single_photos",
    *["take_back_or_do_again"] * 3, "empty", "start_again",
)  # fmt: skip
OUTSIDE = (
    *["look_again"] * 4, *["somebody_imports"] * 3, "somebody_renames", "somebody_edits", "somebody_deletes",
    "somebody_writes_at_a_freed_place", "somebody_moves_back_by_hand", "somebody_locks_a_folder", "a_drive_comes_or_goes",
)  # fmt: skip


class Hands(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.world = self.stack.enter_context(made_world())

    # One rule for all: Hypothesis leaves rules out of whole runs, and each run is to have both sides.
    @rule(what=st.sampled_from((*DEEDS, *OUTSIDE)), which=NUMBER, other=NUMBER, fault=FAULTS)
    def something_happens(self, what: str, which: int, other: int, fault: Fault) -> None:
        if what in DEEDS:
            getattr(self, what)(which, other, fault)
        else:
            getattr(self, what)(which, other)

    # What the program does, with something going wrong at any moment of it.

    def act(self, name: str, fault: Fault, action: Callable[[], Any]) -> Any:
        counts[name] += 1
        faults = self.world.faults
        failures, done = faults.failures, None
        with faults.armed(**fault):
            try:
                done = action()
            except (LibraryUnusable, VolumeFailing):
                assert faults.failures > failures
            except (PlanInvalid, NothingToUndo):
                counts["refused as a whole"] += 1
        counts["disk full, dying or read-only"] += faults.failures > failures
        if faults.is_dead:
            counts["crashes"] += 1
            self.world.end()
            said = self.world.start()
            counts["sentences of settling"] += len(said)
            self.check_settled()
        return done

    def check_settled(self) -> None:
        for receipt in self.world.library.catalog().journal.unsettled():
            assert self.world.journalled(receipt)[0] != receipt.path, receipt  # only what is not here may wait

    def remove(self, which: int, other: int, fault: Fault) -> None:
        keep, most, kind = other // 3, 1 + other % 3, KINDS[other % len(KINDS)]
        copies: dict[bytes, list[str]] = {}
        for original in self.reachable():
            copies.setdefault(original.content, []).append(self.world.place(original))
        families = [paths for paths in copies.values() if len(paths) > 1]
        if not families:
            return
        groups = []
        for at in range(min(most, len(families))):
            paths = families[(which + at) % len(families)]
            keeper = paths[keep % len(paths)]
            groups.append(([keeper], [path for path in paths if path != keeper][: 1 + (which // 7) % 3]))
        report = self.act(
            f"apply {kind.value}",
            fault,
            lambda: apply_plan(self.world.library, plan_of(*groups), kind, folder=str(self.world.root / "aside")),
        )
        if report is not None:
            counts[f"photos by {kind.value}"] += len(report.done)
            counts["steps refused"] += len(report.refused)

    def mark_and_remove(self, which: int, other: int, fault: Fault) -> None:
        library = self.world.library

        def action() -> object:
            ids = library.catalog().photos.columns().photo_id.tolist()
            if not ids:
                return None
            decisions.mark(
                library, {PhotoId(ids[number % len(ids)]): Mark.REJECT for number in (which, other, which + other)}
            )
            return apply_plan(library, plan_from_marks(library))

        self.act("mark and apply", fault, action)

    def undo(self, which: int, other: int, fault: Fault) -> None:
        self.act("undo newest", fault, lambda: undo_session(self.world.library))

    def undo_some_session(self, which: int, other: int, fault: Fault) -> None:
        sessions = self.world.library.catalog().journal.sessions()
        if sessions:
            chosen = sessions[which % len(sessions)].id
            self.act("undo session", fault, lambda: undo_session(self.world.library, chosen))

    def put_back_single_photos(self, which: int, other: int, fault: Fault) -> None:
        receipts = waiting(self.world.library.catalog())
        if receipts:
            ids = [receipts[number % len(receipts)].step_id for number in (which, other)]
            self.act("put back", fault, lambda: restore_steps(self.world.library, ids))

    def take_back_or_do_again(self, which: int, other: int, fault: Fault) -> None:
        is_undo = bool(which % 2)
        library = self.world.library

        def action() -> None:
            turned = decisions.turn(library, undo=is_undo)
            if turned.deed is not None and turned.moves_files:
                turn_files(library, turned.deed.id, undo=is_undo)

        self.act("undo deed" if is_undo else "redo deed", fault, action)

    def empty(self, which: int, other: int, fault: Fault) -> None:
        receipts = waiting(self.world.library.catalog())
        if not receipts:
            return
        chosen = {receipts[number % len(receipts)].step_id for number in (which, other)}
        before = {receipt.step_id: self.world.journalled(receipt) for receipt in receipts}
        there = {id_: content_at(before[id_][1]) for id_ in chosen}
        self.act("empty", fault, lambda: purge(self.world.library, sorted(chosen)))
        for id_, content in there.items():
            if content is not None and content_at(before[id_][1]) is None:
                self.gone_for_good(before[id_][0], content)

    def gone_for_good(self, path: str, content: bytes) -> None:
        for original in self.world.originals:  # of one place there may be several: it was taken when the first had left
            is_meant = original.content == content and self.world.place(original) == path
            if original.alive and is_meant and not self.stands(original):
                original.alive = False
                counts["purged"] += 1
                assert self.lives_elsewhere(original), path

    def start_again(self, which: int, other: int, fault: Fault) -> None:
        counts["starts"] += 1
        self.world.end()
        self.world.library = type(self.world.library).open(self.world.root / "library")
        self.act("settle", fault, lambda: settle_interrupted(self.world.library))

    def look_again(self, which: int, other: int) -> None:
        if which % 25 != 7:
            counts["looks"] += 1
            self.world.look_again()
            return
        counts["scans"] += 1
        scan(self.world.library, self.world.homes(), ScanOptions(embedding=False, threads=1), GoOn(), no_events)

    # What others do meanwhile.

    def somebody_renames(self, which: int, other: int) -> None:
        original = self.some(which)
        if original is None:
            return
        counts["renamed outside"] += 1
        folder = ("day 0", "day 1", "copies", "elsewhere")[other % 4]
        self.world.made += 1
        before = self.world.place(original)
        original.below = f"{folder}/renamed {self.world.made}.jpg"
        os.makedirs(os.path.dirname(self.world.place(original)), exist_ok=True)
        os.rename(before, self.world.place(original))
        original.mtime_ns = os.stat(self.world.place(original)).st_mtime_ns  # of a hard link: that of both names

    def somebody_edits(self, which: int, other: int) -> None:
        original = self.some(which)
        if original is None:
            return
        counts["edited outside"] += 1
        self.world.made += 1
        content, path = jpeg(self.world.made), self.world.place(original)
        if other % 2:
            same = self.names_of(path)
            Path(path).write_bytes(content)
        else:
            same = [original]
            Path(path + ".new").write_bytes(content)
            os.chmod(path + ".new", original.mode)
            os.replace(path + ".new", path)
        for each in same:
            each.content, each.mtime_ns = content, os.stat(path).st_mtime_ns

    def somebody_imports(self, which: int, other: int) -> None:
        original, drive, copies = self.some(which), ("", *DRIVES)[other % 3], 1 + other % 4
        if original is None or len(self.reachable()) > MOST_FILES or drive not in ("", *self.world.at):
            return
        counts["imported outside"] += 1
        new = [
            self.world.add(drive, f"import/{self.world.made} {number}.jpg", original.content, original.mode)
            for number in range(copies)
        ]
        catalogue(self.world.library, [self.world.place(each) for each in new])

    def somebody_deletes(self, which: int, other: int) -> None:
        original = self.some(which)
        if original is not None and len(self.reachable()) > 6:
            counts["deleted outside"] += 1
            os.unlink(self.world.place(original))
            original.alive = False

    def somebody_writes_at_a_freed_place(self, which: int, other: int) -> None:
        freed = [original for original in self.world.originals if original.alive and not self.stands(original)]
        freed = [original for original in freed if not os.path.exists(self.world.place(original))]
        if freed:
            counts["places taken outside"] += 1
            taken = freed[which % len(freed)]
            self.world.add(taken.drive, taken.below, jpeg(self.world.made + 1))

    def somebody_moves_back_by_hand(self, which: int, other: int) -> None:
        receipts = [one for one in waiting(self.world.library.catalog()) if one.resting_path]
        if receipts:
            chosen = receipts[which % len(receipts)]
            path, resting = self.world.journalled(chosen)
            if os.path.exists(resting) and not os.path.exists(path):
                counts["moved back by hand"] += 1
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.rename(resting, path)

    def somebody_locks_a_folder(self, which: int, other: int) -> None:
        counts["permission lost or given"] += 1
        folders = sorted({os.path.dirname(self.world.place(original)) for original in self.world.originals})
        self.world.faults.locked ^= {folders[which % len(folders)]}

    def a_drive_comes_or_goes(self, which: int, other: int) -> None:
        counts["drives come or go"] += 1
        drive, point, tells = DRIVES[which % 2], "abc"[other % 3], other % 5 > 1
        if drive in self.world.at:
            self.world.unplug(drive)
        else:
            self.world.plug_in(drive, point)
            tells = True
        if tells:
            self.world.library.refresh_volumes()

    # What must hold.

    @invariant()
    def nothing_is_lost(self) -> None:
        counts["checks"] += 1
        by_path = self.world.resting_places()
        for original in self.world.originals:
            if original.alive and not self.stands(original):
                places = by_path.get(self.world.place(original), [])
                assert any(content_at(place) == original.content for place in places), self.told(original)

    def told(self, original: Original) -> str:
        """What a failure has to say: the file, what the journal knows of it, where its bytes are."""
        everywhere = [os.path.join(at, each) for at, _, names in os.walk(self.world.root) for each in names]
        found = [path for path in everywhere if content_at(path) == original.content]
        told = [
            repr(original),
            *(f"{path}: {os.lstat(path)}" for path in found),
            str(self.world.at),
            *self.journal_of(original.below),
            *found,
        ]
        return "\n".join(told)

    def journal_of(self, path: str) -> list[str]:
        """Each step that has to do with files of this name."""
        receipts = self.world.library.catalog().journal.receipts()
        lines = (
            f"{one.step_id} {one.state} {one.kind} {one.path} -> {one.resting_path} {one.keeper_path}: {one.error}"
            for one in receipts
        )
        return [f"{path}:", *(line for line in lines if os.path.basename(path) in line)]

    def teardown(self) -> None:
        try:
            self.full_undo()
        finally:
            self.stack.close()

    def full_undo(self) -> None:
        self.world.faults.locked.clear()
        for drive in DRIVES:
            for point in "abc":
                self.world.plug_in(drive, point)
        self.world.end()
        self.world.start()
        journal = self.world.library.catalog().journal
        assert journal.unsettled() == []
        for session in journal.sessions():
            if journal.receipts(session.id, (StepState.DONE,)):
                with contextlib.suppress(NothingToUndo):
                    undo_session(self.world.library, session.id)
        self.nothing_is_lost()
        alive = [original for original in self.world.originals if original.alive]
        places = Counter(self.world.place(original) for original in alive)
        for original in alive:
            if places[self.world.place(original)] == 1:
                self.check_as_before(original)
        found = {path for home in self.world.homes() for path in files_in(home)}
        assert found == set(places), "\n".join(line for path in found - set(places) for line in self.journal_of(path))
        counts["full undos"] += 1

    def check_as_before(self, original: Original) -> None:
        path = self.world.place(original)
        assert content_at(path) == original.content, self.told(original)
        status = os.stat(path)
        assert (status.st_mtime_ns, status.st_mode & 0o7777) == (original.mtime_ns, original.mode), self.told(original)

    def reachable(self) -> list[Original]:
        homes = ("", *self.world.at)
        return [
            one
            for one in self.world.originals
            if one.alive and one.drive in homes and self.stands(one) and not self.is_link(one)
        ]

    def some(self, which: int) -> Original | None:
        led_to = {
            os.path.realpath(path) for home in self.world.homes() for path in files_in(home) if os.path.islink(path)
        }
        here = [one for one in self.reachable() if self.world.place(one) not in led_to]
        return here[which % len(here)] if here else None

    def names_of(self, path: str) -> list[Original]:
        """Whose bytes are those of this file: an edit in place shows under all its names, resting ones and links too."""
        status, content, by_path = os.stat(path), content_at(path), self.world.resting_places()
        found = []
        for one in self.world.originals:
            place = self.world.place(one)
            if one.alive and one.content == content:  # or it left, and its place was taken
                found += [one] * any(is_that_file(name, status) for name in (place, *by_path.get(place, [])))
        return found

    def is_link(self, original: Original) -> bool:
        return os.path.islink(self.world.place(original))

    def stands(self, original: Original) -> bool:
        return content_at(self.world.place(original)) == original.content

    def lives_elsewhere(self, original: Original) -> bool:
        """Whether the bytes of a purged photo, or of what was kept of it, are still somewhere."""
        return any(other.alive and other.content == original.content for other in self.world.originals)


TestHands = Hands.TestCase
TestHands.settings = settings(
    max_examples=EXAMPLES,
    derandomize=IS_USUAL,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=PHASES,
    report_multiple_bugs=False,
)


def test_so_much_was_tried() -> None:
    """After the model: how much it did; the numbers are printed with ``-s``."""
    operations = sum(number for name, number in counts.items() if name not in NO_OPERATIONS)
    sys.stdout.write(f"\n{operations:,} operations: {dict(sorted(counts.items()))}\n")
    assert operations >= 10_000 or not IS_USUAL


NO_OPERATIONS = frozenset(
    {"checks", "crashes", "refused as a whole", "steps refused", "purged", "full undos", "sentences of settling",
     "disk full, dying or read-only", *(f"photos by {kind.value}" for kind in DisposalKind)}
)  # fmt: skip

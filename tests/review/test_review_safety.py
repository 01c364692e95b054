"""Random decisions, applies, undos and interference from outside: no content that ever existed is lost by us."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.review.made_library import catalogue, picture, plan_of, tree
from twinlens.disposal.quarantine import Quarantine
from twinlens.domain.errors import NothingToUndo, PlanInvalid
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import undo_session

COPIES = 3
PICTURES = 3


class _Crash(BaseException):
    """Stands for the end of the process."""


class _CrashingQuarantine(Quarantine):
    def __init__(self, folder: str, crash_at: int) -> None:
        super().__init__(folder)
        self._countdown = crash_at

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        self._tick()
        super().dispose(path, destination, keeper_path)
        self._tick()

    def restore(self, path: str, destination: str | None) -> None:
        self._tick()
        super().restore(path, destination)
        self._tick()

    def _tick(self) -> None:
        self._countdown -= 1
        if self._countdown == 0:
            raise _Crash


class Removals(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="twinlens-safety-"))
        self.library = Library.open(self.root / "library")
        self.paths = [
            picture(self.root / "photos" / f"{number}-{copy}.png", number)
            for number in range(PICTURES)
            for copy in range(COPIES)
        ]
        catalogue(self.library, self.paths)
        self.contents = {path: Path(path).read_bytes() for path in self.paths}
        self.first_tree = tree(self.root / "photos")
        self.interfered = False
        self.moved = 0

    def teardown(self) -> None:
        if not self.interfered:
            with contextlib.suppress(NothingToUndo):
                while True:
                    undo_session(self.library)
            assert tree(self.root / "photos") == self.first_tree
        self.library.close()
        shutil.rmtree(self.root)

    @rule(number=st.integers(0, PICTURES - 1), keep=st.integers(0, COPIES - 1), crash_at=st.integers(0, 6))
    def remove(self, number: int, keep: int, crash_at: int) -> None:
        here = [path for path in self.paths[number * COPIES : (number + 1) * COPIES] if os.path.exists(path)]
        if len(here) < 2:
            return
        keeper = here[keep % len(here)]
        plan = plan_of(([keeper], [path for path in here if path != keeper]))
        disposal = _CrashingQuarantine(str(self.root / "removed"), crash_at)
        with contextlib.suppress(PlanInvalid, _Crash):
            apply_plan(self.library, plan, disposal=disposal)

    @rule(crash_at=st.integers(0, 6))
    def undo(self, crash_at: int) -> None:
        disposal = _CrashingQuarantine(str(self.root / "removed"), crash_at)
        with contextlib.suppress(NothingToUndo, _Crash):
            undo_session(self.library, disposal=disposal)

    @rule()
    def start_again(self) -> None:
        self.library.close()
        self.library = Library.open(self.root / "library")
        settle_interrupted(self.library)
        assert self.library.catalog().journal.unsettled() == []

    @rule(which=st.integers(0, PICTURES * COPIES - 1))
    def somebody_writes_at_a_freed_place(self, which: int) -> None:
        if not os.path.exists(self.paths[which]):
            Path(self.paths[which]).write_bytes(b"theirs %d" % which)
            self.interfered = True

    @rule(which=st.integers(0, PICTURES * COPIES - 1))
    def somebody_renames(self, which: int) -> None:
        path = self.paths[which]
        if os.path.exists(path):
            self.moved += 1
            os.rename(path, f"{path}.{self.moved}.moved.png")
            self.interfered = True

    @invariant()
    def nothing_is_lost(self) -> None:
        on_disk = [data for path, (data, _, _) in tree(self.root).items() if "library" not in path]
        for path, data in self.contents.items():
            assert on_disk.count(data) == COPIES, path  # not one copy less: a removal is a rename


RUNS = 5_000 if os.environ.get("TWINLENS_TORTURE") else 60

TestRemovals = Removals.TestCase
TestRemovals.settings = settings(
    max_examples=RUNS, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)

"""kill -9 at random moments of apply and undo, over and over on the same real files. Run as a program of its own: it forks.

``python -m tests.safety.killing FOLDER KILLS SEED`` writes one JSON document; any loss ends it with an error.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.review.made_library import catalogue, plan_of, tree
from tests.safety.world import jpeg
from twinlens.catalog import Catalog
from twinlens.catalog.journal import JournalTable
from twinlens.domain.errors import NothingToUndo
from twinlens.domain.plan import DisposalKind, StepState
from twinlens.imaging.decode import decode_preview
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import undo_session

PAIRS = 12
START_NS = 1_500_000_000_123_456_789
ACTIONS = ("quarantine", "quarantine", "hardlink", "undo", "undo")

Tree = dict[str, tuple[bytes, int, int]]


def prepare(root: Path) -> Tree:
    """Pairs of copies, known to a library; returns them as they are."""
    (root / "photos").mkdir(parents=True)
    paths = [str(root / "photos" / f"IMG_{number:02}{side}.jpg") for number in range(PAIRS) for side in "ab"]
    for at, path in enumerate(paths):
        Path(path).write_bytes(jpeg(at // 2))
        os.utime(path, ns=(START_NS + at, START_NS + at))
    with Library.open(root / "library") as library:
        catalogue(library, paths)
    return tree(root / "photos")


def act(root: Path, what: str, when: str, tell: Callable[[], None]) -> None:
    """Remove one of each pair that is whole, or take the newest session back; tells when that begins, or files move."""
    ready = tell if when == "begins" else lambda: None
    if when == "moves":
        at_the_intent(tell)
    with Library.open(root / "library") as library:
        settle_interrupted(library)
        if what == "undo":
            ready()
            undo_session(library)
            return
        here = sorted(tree(root / "photos"))
        pairs = [(path, path.replace("a.jpg", "b.jpg")) for path in here if path.endswith("a.jpg")]
        plan = plan_of(*[([first], [second]) for first, second in pairs if second in here])
        ready()
        apply_plan(library, plan, DisposalKind(what), quarantine_folder=str(root / "removed"))


def at_the_intent(call: Callable[[], None]) -> None:
    """In this process: call when an intent has just been written, that is, when files begin to move."""
    intend, mark_steps = JournalTable.intend, JournalTable.mark_steps

    def intended(self: JournalTable, *arguments: Any, **named: Any) -> list[int]:
        step_ids = intend(self, *arguments, **named)
        call()
        return step_ids

    def marked(self: JournalTable, *arguments: Any, **named: Any) -> None:
        mark_steps(self, *arguments, **named)
        if StepState.UNDOING in arguments:
            call()

    JournalTable.intend, JournalTable.mark_steps = intended, marked  # type: ignore[method-assign]


def in_child(work: Callable[[Callable[[], None]], None], kill_after_s: float | None = None) -> tuple[int, float]:
    """Fork, work there, and kill it so long after it was ready; returns its exit status and how long it worked."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work(lambda: (os.write(writing, b"."), None)[1])
            code = 0
        except NothingToUndo:
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, it is shown, and the parent fails
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writing)
    os.read(reading, 1)
    began_s = time.perf_counter()
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(reading)
    return os.waitstatus_to_exitcode(status), time.perf_counter() - began_s


def check_after_death(root: Path, before: Tree, report: Path) -> None:
    """Nothing is lost, by what the journal said at that moment; the next start settles all of it and says each."""
    with Catalog.open(root / "library", read_only=True) as catalog:
        waiting = catalog.journal.receipts(states=(StepState.INTENDED, StepState.DONE, StepState.UNDOING))
        open_steps = len(catalog.journal.unsettled())
    resting = {receipt.path: [] for receipt in waiting}  # type: dict[str, list[str]]
    for receipt in waiting:
        resting[receipt.path].append(receipt.resting_path or "")
    for path, (data, _, _) in before.items():
        places = [path, *resting.get(path, [])]
        assert any(os.path.isfile(place) and Path(place).read_bytes() == data for place in places), path
    with Library.open(root / "library") as library:
        said = settle_interrupted(library)
        assert len(said) == open_steps, said
        journal = library.catalog().journal
        assert journal.unsettled() == []
        assert all(session.finished_at for session in journal.sessions())
        assert set(tree(root / "photos")) == set(library.catalog().photos.columns().paths)
        for receipt in journal.receipts(states=(StepState.DONE,)):
            assert receipt.resting_path is None or os.path.isfile(receipt.resting_path)
    report.write_text(str(open_steps))


def take_all_back(root: Path, before: Tree) -> None:
    """A full undo gives back every byte, time and permission."""
    with Library.open(root / "library") as library:
        for session in library.catalog().journal.sessions():
            if session.done:
                undo_session(library, session.id)
        assert tree(root / "photos") == before


def main(root: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    before = prepare(root)
    decode_preview(str(root / "photos" / "IMG_00a.jpg"), 64)  # loads what every child would load anew
    longest_s: dict[tuple[str, str], float] = {}
    counts: Counter[str] = Counter()
    report = root / "report"
    while counts["killed"] < kills:
        what = chance.choice(ACTIONS)
        when = chance.choice(("begins", "moves", "moves"))
        work = partial(act, root, what, when)
        delay_s = chance.uniform(0, longest_s[what, when]) if (what, when) in longest_s else None
        code, lasted_s = in_child(work, delay_s)
        counts["tried"] += 1
        if code == 0:
            longest_s[what, when] = 0.8 * longest_s.get((what, when), lasted_s) + 0.2 * lasted_s
        else:
            assert code == -signal.SIGKILL, code
            counts["killed"] += 1
            counts[f"killed in {what}"] += 1
        code, _ = in_child(lambda ready: check_after_death(root, before, report))
        assert code == 0, f"after {what}, killed {delay_s} s after it {when}"
        counts["with open steps"] += report.read_text() != "0"
        counts["steps settled"] += int(report.read_text())
        if chance.random() < 0.1:
            assert in_child(lambda ready: take_all_back(root, before))[0] == 0
            counts["full undos"] += 1
    assert in_child(lambda ready: take_all_back(root, before))[0] == 0
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

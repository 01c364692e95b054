"""The program ends at the first, second, third ... write of one deed, until it comes through."""

from pathlib import Path

from tests.review.made_library import plan_of, tree
from tests.safety.faults import Faults, injected
from twinlens.domain.plan import DisposalKind
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import undo_session


def crash_at_every_write(place: Path, pair: tuple[str, str], kind: DisposalKind, *, undoing: bool) -> None:
    """After each crash the next start and an undo leave ``photos`` and ``aside`` in ``place`` as they were."""
    before = tree(place / "photos")
    faults, ended, crash_at = Faults(), False, 0

    def act(library: Library) -> None:
        apply_plan(library, plan_of(([pair[0]], [pair[1]])), kind, folder=str(place / "aside"))

    with injected(faults):
        while not ended:
            crash_at += 1
            with Library.open(place / "library") as opened:
                if undoing:
                    act(opened)
                with faults.armed(crash_at=crash_at):
                    if undoing:
                        undo_session(opened)
                    else:
                        act(opened)
                ended = not faults.is_dead
            with Library.open(place / "library") as opened:
                settle_interrupted(opened)
                assert opened.catalog().journal.unsettled() == []
                for session in opened.catalog().journal.sessions():
                    if session.done:
                        assert len(undo_session(opened, session.id).restored) == 1
            assert tree(place / "photos") == before, crash_at
            assert tree(place / "aside") == {}, crash_at
    assert crash_at > 10

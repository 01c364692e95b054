"""Run one apply or undo in a process that dies: at a rename, or whenever its alarm rings."""

import os
import signal
import sys
from pathlib import Path

from tests.review.made_library import plan_of
from twinlens.disposal.quarantine import Quarantine
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.undo import undo_session


class DyingQuarantine(Quarantine):
    """Kills its own process before or after the n-th rename."""

    def __init__(self, folder: str, deaths_at: int) -> None:
        super().__init__(folder)
        self._countdown = deaths_at

    def _pass(self) -> None:
        self._countdown -= 1
        if self._countdown == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        self._pass()
        super().dispose(path, destination, keeper_path)
        self._pass()

    def restore(self, path: str, destination: str | None) -> None:
        self._pass()
        super().restore(path, destination)
        self._pass()


def main(root: Path, what: str, deaths_at: int, alarm_s: float) -> None:
    disposal = DyingQuarantine(str(root / "removed"), deaths_at)
    photos = sorted(str(path) for path in (root / "photos").iterdir())
    with Library.open(root / "library") as library:
        plan = (
            plan_of(*[([photos[at]], [photos[at + 1]]) for at in range(0, len(photos), 2)]) if what == "apply" else None
        )
        if alarm_s:
            signal.setitimer(signal.ITIMER_REAL, alarm_s)
        if plan is not None:
            apply_plan(library, plan, disposal=disposal)
        else:
            undo_session(library, disposal=disposal)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))

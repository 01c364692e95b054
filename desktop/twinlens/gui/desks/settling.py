"""What can wait until the window shows all that is known: looking for what is new, lookalikes, large previews."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from twinlens.gui.desks.group_desk import GroupDesk
from twinlens.gui.thumbnails.runner import Runner


class HeldRunner:
    """A Runner that begins when it is let go; what is given before waits, in its order."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._waiting: list[Callable[[], None]] | None = []

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` as soon as that is allowed. Called on the thread that lets go."""
        if self._waiting is None:
            self._runner.start(work)
        else:
            self._waiting.append(work)

    def let_go(self) -> None:
        """Begin."""
        waiting, self._waiting = self._waiting or [], None
        for work in waiting:
            self._runner.start(work)

    def finish(self) -> None:
        """Forget what has not begun and wait for what has."""
        self._waiting = None
        self._runner.finish()


class Settling(QObject):
    """Waits for the first groups, or for the news that there are none to be had, and ``rest_ms`` more to paint them."""

    settled = Signal()  # once

    def __init__(self, groups: GroupDesk, rest_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[HeldRunner] = []
        self._is_settled = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self._rested)
        groups.loaded.connect(self._begin_rest)
        groups.failed.connect(self._begin_rest)

    @property
    def is_settled(self) -> bool:
        """Whether all that waited has begun."""
        return self._is_settled

    def held(self, runner: Runner) -> Runner:
        """This runner, which begins when the window has settled."""
        if self._is_settled:
            return runner
        self._held.append(HeldRunner(runner))
        return self._held[-1]

    @Slot()
    def _begin_rest(self) -> None:
        if not self._is_settled:
            self._rest.start()

    @Slot()
    def _rested(self) -> None:
        self._is_settled = True
        held, self._held = self._held, []
        for runner in held:
            runner.let_go()
        self.settled.emit()

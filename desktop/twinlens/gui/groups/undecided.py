"""Finds the next group that waits for a decision: by columns, or a few groups at a time so that the window stays alive."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Group, Mark
from twinlens.gui.groups.row import is_decided

GROUPS_A_TURN = 256  # about 5 ms


@runtime_checkable
class KnowsUndecided(Protocol):
    """A list of groups that tells which of them wait, without being walked."""

    def undecided(self, marked: Int64Array) -> BoolArray:
        """For each group, given the ids of all marked photos."""
        ...


def waiting(groups: KnowsUndecided, marks: Mapping[int, Mark]) -> Int64Array:
    """The numbers of the groups that wait for a decision, ascending."""
    return np.flatnonzero(groups.undecided(np.fromiter(marks, np.int64, len(marks)))).astype(np.int64)


class UndecidedSearch(QObject):
    """Walks forward from a group, around the end, until one is undecided. A new search replaces the old one."""

    found = Signal(int)
    nothing_left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._marks: Mapping[int, Mark] = {}
        self._next = 0
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._search)

    def start(self, groups: Sequence[Group], marks: Mapping[int, Mark], after: int) -> None:
        """Search from the group behind ``after``; the answer usually comes before this returns. ``after`` is not asked."""
        self._timer.stop()
        if isinstance(groups, KnowsUndecided):
            self._tell(waiting(groups, marks), after)
            return
        self._groups, self._marks = groups, marks
        self._next = after + 1
        self._left = len(groups) - (1 if 0 <= after < len(groups) else 0)
        self._search()

    def stop(self) -> None:
        """The groups have changed: forget the search."""
        self._timer.stop()

    def _tell(self, numbers: Int64Array, after: int) -> None:
        numbers = numbers[numbers != after]
        if not len(numbers):
            self.nothing_left.emit()
            return
        at = int(np.searchsorted(numbers, after, side="right"))
        self.found.emit(int(numbers[at % len(numbers)]))

    @Slot()
    def _search(self) -> None:
        for _ in range(min(self._left, GROUPS_A_TURN)):
            number = self._next % len(self._groups)
            self._next = number + 1
            self._left -= 1
            if not is_decided(self._groups[number], self._marks):
                self.found.emit(number)
                return
        if self._left > 0:
            self._timer.start()
        else:
            self.nothing_left.emit()

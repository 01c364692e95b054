"""What Ctrl+Z takes back, newest first: marks, "not duplicates", removals. Removals of earlier runs come from the journal."""

from dataclasses import dataclass

from twinlens.domain.group import Mark


@dataclass(frozen=True, slots=True)
class MarkChange:
    """Photos were marked; ``before`` is what they had."""

    before: dict[int, Mark | None]


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    """Pairs were declared no duplicates, by content."""

    pairs: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """Photos were moved to the quarantine."""

    session_id: int


Deed = MarkChange | VerdictGiven | Removal
DEEPEST = 500


class UndoStack:
    """Not the store of removals, which is the journal: only the order of what was done in this run."""

    def __init__(self) -> None:
        self._deeds: list[Deed] = []

    def push(self, deed: Deed) -> None:
        """Something was done. A removal closes what came before it: its photos carry other numbers when they return."""
        if isinstance(deed, Removal):
            self._deeds = [old for old in self._deeds if isinstance(old, Removal)]
        self._deeds.append(deed)
        del self._deeds[:-DEEPEST]

    def pop(self) -> Deed | None:
        """The newest deed, which is to be taken back now."""
        return self._deeds.pop() if self._deeds else None

    def drop_removal(self, session_id: int | None) -> None:
        """This removal was taken back by other means."""
        self._deeds = [d for d in self._deeds if not (isinstance(d, Removal) and d.session_id == session_id)]

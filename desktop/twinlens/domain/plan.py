"""Plans, receipts and the journal's values: what is to go, why, and what became of it."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from twinlens.domain.relation import PhotoClass, Transform


class DisposalKind(StrEnum):
    """How a photo leaves its place."""

    QUARANTINE = "quarantine"
    TRASH = "trash"
    HARDLINK = "hardlink"
    REFLINK = "reflink"
    SYMLINK = "symlink"
    MOVE = "move"  # to a folder of the user's
    COPY = "copy"  # the same, and the photo stays as well


class StepState(StrEnum):
    """The life of one journalled step."""

    INTENDED = "intended"  # written and synced before the file is touched
    DONE = "done"
    REFUSED = "refused"  # failed its check; the file was not touched
    UNDOING = "undoing"  # intent to take back, written before
    UNDONE = "undone"
    PURGING = "purging"  # about to be removed for good, written before
    PURGED = "purged"  # removed for good from the quarantine, after a confirmation


class PlannedRemoval(Struct, frozen=True):
    """One photo to remove. ``content_hex``: its content hash when the plan was made. ``reason``: one sentence."""

    path: str
    size_bytes: int
    content_hex: str
    reason: str
    photo_class: PhotoClass
    score: float
    transform: Transform


class PlannedGroup(Struct, frozen=True):
    """What a plan does with one group: ``keep`` has at least one path that is not removed anywhere in the plan."""

    id: str
    photo_class: PhotoClass
    keep: tuple[str, ...]
    remove: tuple[PlannedRemoval, ...]


class TiedGroup(Struct, frozen=True):
    """A group that the rule left open: to its criteria these photos are equal."""

    photo_class: PhotoClass
    paths: tuple[str, ...]


class Plan(Struct, frozen=True):
    """A removal as a whole, checked as a whole before a file is touched.

    ``ties``: what its rule left open, for people. ``waiting``: photos that would be in it, but whose volume is not here.
    """

    rule: str
    groups: tuple[PlannedGroup, ...]
    ties: tuple[TiedGroup, ...] = ()
    waiting: int = 0

    @property
    def steps(self) -> Iterator[tuple[PlannedGroup, PlannedRemoval]]:
        """Every removal beside its group, in order."""
        return ((group, step) for group in self.groups for step in group.remove)

    @property
    def removal_count(self) -> int:
        """How many photos would go."""
        return sum(len(group.remove) for group in self.groups)

    @property
    def removal_bytes(self) -> int:
        """How many bytes would go."""
        return sum(step.size_bytes for group in self.groups for step in group.remove)


class Receipt(Struct, frozen=True):
    """What became of one photo: a journalled step with its state."""

    step_id: int
    session_id: int
    kind: DisposalKind
    state: StepState
    path: str
    resting_path: str | None  # where it waits now, in quarantine; None for a link or the system trash
    size_bytes: int
    mtime_ns: int
    content_hex: str
    keeper_path: str
    keeper_content_hex: str
    photo_class: PhotoClass
    score: float
    transform: Transform
    reason: str
    at: datetime  # UTC
    error: str | None = None


class SessionSummary(Struct, frozen=True):
    """One apply: a line of the history. ``undone_at`` is set once all its steps that can be are taken back."""

    id: int
    kind: DisposalKind
    rule: str
    started_at: datetime  # UTC
    finished_at: datetime | None
    undone_at: datetime | None
    done: int
    refused: int
    undone: int
    purged: int
    size_bytes: int

"""Deeds: what the user decided, as one undo takes it back."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import DisposalKind


class DeedKind(StrEnum):
    """What was decided."""

    MARKS = "marks"  # photos were marked to be kept or to go, or unmarked
    VERDICTS = "verdicts"  # pairs were called no duplicates
    REMOVAL = "removal"  # photos left their place
    RESTORING = "restoring"  # single photos were put back


class Origin(StrEnum):
    """How it came to that."""

    HAND = "hand"
    SUGGESTION = "suggestion"
    RULE = "rule"
    SESSION = "session"
    PROTECTION = "protection"


class Deed(Struct, frozen=True):
    """One deed. ``undone_at``: None while it holds. ``redoable``: it was taken back, and nothing new was decided since.

    ``detail``: the rule's name. ``keeps``, ``rejects``, ``clears``: photos by the mark that they got. ``kept_rows``: photos
    or pairs of which it is still known what they were before; 0 for a deed of long ago, which cannot be taken back.
    ``waiting``: removed photos that can be put back. ``session_id`` and ``disposal`` are those of a removal.
    """

    id: int
    kind: DeedKind
    origin: str
    detail: str
    at: datetime
    undone_at: datetime | None
    redoable: bool
    keeps: int
    rejects: int
    clears: int
    size_bytes: int
    kept_rows: int
    photo_count: int
    waiting: int = 0
    purged: int = 0
    refused: int = 0
    session_id: int | None = None
    disposal: DisposalKind | None = None

    @property
    def moves_files(self) -> bool:
        """Whether taking it back touches files."""
        return self.kind in (DeedKind.REMOVAL, DeedKind.RESTORING)


class DeedPhoto(Struct, frozen=True):
    """One photo of a deed. ``photo_id``: None where the library has it no more. ``path`` is where it was, or is now.

    ``before`` and ``after``: its marks; of a removal or restoring ``fate`` says what became of it.
    """

    photo_id: PhotoId | None
    path: str
    size_bytes: int
    before: Mark | None = None
    after: Mark | None = None
    fate: str = ""


class DeedTurn(Struct, frozen=True):
    """A deed was taken back, or done again."""

    is_undo: bool
    at: datetime


class MarkSet(Struct, frozen=True):
    """A photo has this mark now, or none."""

    photo_id: PhotoId
    mark: Mark | None
    size_bytes: int

"""Groups: photos that belong together, of one class, around one keeper."""

from enum import StrEnum

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation


class Suggestion(StrEnum):
    """What Twinlens would do with a photo of a group."""

    KEEP = "keep"
    REJECT = "reject"
    NONE = "none"


class Mark(StrEnum):
    """What the user has decided for a photo; not yet carried out."""

    KEEP = "keep"
    REJECT = "reject"


class ShotTrait(StrEnum):
    """What sets a frame apart from the others of its group; the value is the word on a chip."""

    SHARPEST = "sharpest"
    SOFT = "soft"
    CLIPPED = "clipped"
    BLOCKED = "blocked"
    DARK = "dark"
    LIGHT = "light"
    NOISY = "noisy"
    EYES_OPEN = "eyes open"
    EYES_CLOSED = "eyes closed"


class SeriesKind(StrEnum):
    """What a group of the class ``burst`` is."""

    BURST = "burst"
    EXPOSURE_BRACKET = "exposure-bracket"
    FOCUS_STACK = "focus-stack"
    TIME_LAPSE = "time-lapse"

    @property
    def belongs_together(self) -> bool:
        """Whether the photos are the parts of one picture to be made: no best one replaces the others."""
        return self in (SeriesKind.EXPOSURE_BRACKET, SeriesKind.FOCUS_STACK)


class GroupQuery(Struct, frozen=True):
    """What to group and how strictly: the two sliders. ``similarity`` 0 to 1; ``time_gap_s`` between neighbours of a burst."""

    photo_class: PhotoClass
    similarity: float = 0.75
    time_gap_s: float = 20.0


class GroupRows(Struct, frozen=True):
    """Groups of one class as rows, made without touching a photo object.

    Group g consists of ``rows[starts[g]:starts[g + 1]]`` (rows of ``PhotoColumns``), its keeper first.
    ``via`` has the row in ``RelationColumns`` that ties each member to the keeper, or, where it has no relation to the
    keeper, to the group's representative; -1 for the keeper itself and for members that are identical to it. ``to`` has
    the row of the photo that this relation leads to.
    """

    query: GroupQuery
    starts: Int64Array
    rows: Int64Array
    via: Int64Array
    to: Int64Array

    def __len__(self) -> int:
        return len(self.starts) - 1

    def taken(self, numbers: Int64Array) -> "GroupRows":
        """The groups with these numbers, in this order."""
        sizes = np.diff(self.starts)[numbers]
        starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        at = np.arange(starts[-1]) + np.repeat(self.starts[numbers] - starts[:-1], sizes)
        return GroupRows(self.query, starts, self.rows[at], self.via[at], self.to[at])


class Member(Struct, frozen=True):
    """One photo of a group. ``reason`` is one sentence.

    ``relation`` leads to it from the keeper or, where the two have none, from the representative of the group, which is
    ``relation.first``; None for the keeper itself. ``traits``: of a frame of a series that was measured. ``may_go``: nothing
    forbids to remove it.
    """

    photo_id: PhotoId
    suggestion: Suggestion
    reason: str
    relation: Relation | None
    traits: tuple[ShotTrait, ...] = ()
    may_go: bool = True


class Bridge(Struct, frozen=True):
    """A relation that leads out of a group and joins nothing: from a member, its ``first``, to the photo at ``path``.

    ``group_id``: the group of that photo; None where it is in none of this class.
    """

    relation: Relation
    path: str
    group_id: str | None


class Group(Struct, frozen=True):
    """A group as shown: keeper first. ``id`` stays the same as long as class and keeper stay the same.

    ``kind``: what a group of the class ``burst`` is, None in every other class.
    """

    id: str
    photo_class: PhotoClass
    members: tuple[Member, ...]
    reclaimable_bytes: int
    bridges: tuple[Bridge, ...] = ()
    kind: SeriesKind | None = None

    @property
    def keeper(self) -> Member:
        """The photo suggested to be kept."""
        return self.members[0]


class Match(Struct, frozen=True):
    """One lookalike of a query. ``score``: 0 to 1. ``contains``: it shows the part of the picture that was asked about."""

    photo_id: PhotoId
    score: float
    photo_class: PhotoClass
    contains: bool = False

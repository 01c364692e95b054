"""How a list of groups is shown: in which order, and which of them."""

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class Sort(StrEnum):
    """What the groups are sorted by."""

    BYTES = "bytes"  # that would be freed
    PHOTOS = "photos"  # how many
    SIMILARITY = "similarity"  # of the least sure member
    TAKEN = "taken"  # the earliest time in the group
    FOLDER = "folder"  # of the keeper

    @property
    def begins_high(self) -> bool:
        """Whether one mostly wants to see the highest first."""
        return self in (Sort.BYTES, Sort.PHOTOS)


class GroupFilter(Struct, frozen=True):
    """What a group must have to be shown: one photo that meets all of these; None and "" ask for nothing.

    ``folder``: absolute, with all below it. ``camera``: its name. ``first_day``, ``last_day``: in the camera's own time, both
    included. ``text``: words that the path must contain, whatever their case.
    """

    folder: str | None = None
    camera: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    text: str = ""
    undecided_only: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether every group is shown."""
        return not self.text.strip() and replace(self, text="") == EVERYTHING


EVERYTHING = GroupFilter()


class Arrangement(Struct, frozen=True):
    """Groups that are equal by ``sort`` keep their order, whatever the direction."""

    sort: Sort = Sort.BYTES
    descending: bool = True
    wanted: GroupFilter = EVERYTHING

    def sorted_by(self, sort: Sort) -> "Arrangement":
        """Sorted otherwise, in the direction that is natural there."""
        return replace(self, sort=sort, descending=sort.begins_high)

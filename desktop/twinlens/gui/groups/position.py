"""Stay where one was when the groups change under the view: by photo, by group, or at least nearby."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, TypeGuard, runtime_checkable

import numpy as np

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Group
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.strip_view import StripView

SEARCHED_ALL = 2000  # in longer lists that cannot be asked, only the neighbourhood is searched
NEIGHBOURHOOD = 256


@runtime_checkable
class LocatesPhotos(Protocol):
    """A list of groups that knows where a photo is."""

    def group_of(self, photo_id: int) -> int | None:
        """The number of the group of this photo."""
        ...

    def groups_of(self, photo_ids: Int64Array) -> Int64Array:
        """The same of many, -1 where there is none."""
        ...


@runtime_checkable
class NamesPhotos(Protocol):
    """A list of groups that names the photos of one without making it."""

    def __len__(self) -> int: ...

    def photo_ids(self, at: int) -> Int64Array:
        """The photos of the group with this number, keeper first."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is: the current photo, and the row that is to stay at ``top_px`` of the viewport.

    ``among``: the groups that were shown there, where they are known.
    """

    number: int
    photo_id: int
    held_number: int
    held_photo_id: int
    top_px: int
    among: Sequence[Group] = field(default=(), compare=False, repr=False)

    def words(self) -> str:
        """As it is kept until the next start."""
        return f"{self.number} {self.photo_id} {self.held_number} {self.held_photo_id} {self.top_px}"


def place_of(words: str) -> Place | None:
    """A place that was kept; None where these words name none."""
    try:
        number, photo_id, held_number, held_photo_id, top_px = map(int, words.split())
    except ValueError:
        return None
    return Place(number, photo_id, held_number, held_photo_id, top_px)


def remember(view: StripView, model: GroupListModel) -> Place | None:
    """The place before a change; None where nothing is current."""
    number = view.current_number()
    if number < 0:
        return None
    photo_id = model.row(number).group.members[view.strip.current].photo_id
    visible = view.visible_rows()
    held = number if number in visible or not visible else visible.start
    held_photo_id = photo_id if held == number else model.row(held).group.keeper.photo_id
    top_px = held * view.geometry_of_rows().height - view.verticalScrollBar().value()
    return Place(number, photo_id, held, held_photo_id, top_px, model.groups)


def restore(view: StripView, model: GroupListModel, place: Place | None) -> bool:
    """Go back to the place after a change, or nearby, or to the first group where there was none; whether it is there."""
    if place is None or model.rowCount() == 0:
        view.place(0, 0)
        return place is None
    found = find_photo(model.groups, place.photo_id, place.number)
    number = found if found is not None else _nearby(model.groups, place)
    held = find_photo(model.groups, place.held_photo_id, place.held_number)
    view.executeDelayedItemsLayout()
    position = model.row(number).position_of(place.photo_id) if found is not None else None
    view.place(number, position or 0)
    if held is not None:
        view.verticalScrollBar().setValue(held * view.geometry_of_rows().height - place.top_px)
    return found is not None


def _nearby(groups: Sequence[Group], place: Place) -> int:
    """The number of the first group behind the place, or else before it, that is still there."""
    before = place.among
    if _names_photos(before) and _locates_photos(groups) and place.number < len(before):
        behind = range(place.number, min(len(before), place.number + NEIGHBOURHOOD))
        ahead = range(place.number - 1, max(-1, place.number - NEIGHBOURHOOD), -1)
        known = np.concatenate([before.photo_ids(number)[:2] for number in (*behind, *ahead)])
        found = groups.groups_of(known)
        if (found >= 0).any():
            return int(found[found >= 0][0])
    return min(place.number, len(groups) - 1)


def photo_ids_of(groups: Sequence[Group], number: int) -> list[int]:
    """The photos of a group, keeper first; the group is made only where the list cannot name them."""
    if _names_photos(groups):
        return [int(photo_id) for photo_id in groups.photo_ids(number).tolist()]
    return [member.photo_id for member in groups[number].members]


def find_photo(groups: Sequence[Group], photo_id: int, near: int) -> int | None:
    """The number of the group of a photo. Never walks a long lazy list from end to end."""
    if _locates_photos(groups):
        return groups.group_of(photo_id)
    numbers = range(len(groups))
    if len(groups) > SEARCHED_ALL:
        numbers = range(max(0, near - NEIGHBOURHOOD), min(len(groups), near + NEIGHBOURHOOD))
    for number in sorted(numbers, key=lambda number: abs(number - near)):
        if any(member.photo_id == photo_id for member in groups[number].members):
            return number
    return None


def _names_photos(groups: Sequence[Group]) -> TypeGuard[NamesPhotos]:
    return _does(type(groups), NamesPhotos)


def _locates_photos(groups: Sequence[Group]) -> TypeGuard[LocatesPhotos]:
    return _does(type(groups), LocatesPhotos)


@cache
def _does(kind: type, protocol: type) -> bool:
    """Kept by type: to ask a protocol takes a tenth of a millisecond, and lists have thousands of groups."""
    return issubclass(kind, protocol)

"""Stay where one was when the groups change under the view: by photo, by group, or at least nearby."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user is: the current photo, and the row that is to stay at ``top_px`` of the viewport."""

    number: int
    photo_id: int
    held_number: int
    held_photo_id: int
    top_px: int


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
    return Place(number, photo_id, held, held_photo_id, top_px)


def restore(view: StripView, model: GroupListModel, place: Place | None) -> None:
    """Go back to the place after a change, or to the first group where there was none."""
    if place is None or model.rowCount() == 0:
        view.place(0, 0)
        return
    found = find_photo(model.groups, place.photo_id, place.number)
    number = found if found is not None else min(place.number, model.rowCount() - 1)
    held = find_photo(model.groups, place.held_photo_id, place.held_number)
    view.executeDelayedItemsLayout()
    position = model.row(number).position_of(place.photo_id) if found is not None else None
    view.place(number, position or 0)
    if held is not None:
        view.verticalScrollBar().setValue(held * view.geometry_of_rows().height - place.top_px)


def find_photo(groups: Sequence[Group], photo_id: int, near: int) -> int | None:
    """The number of the group of a photo. Never walks a long lazy list from end to end."""
    if isinstance(groups, LocatesPhotos):
        return groups.group_of(photo_id)
    numbers = range(len(groups))
    if len(groups) > SEARCHED_ALL:
        numbers = range(max(0, near - NEIGHBOURHOOD), min(len(groups), near + NEIGHBOURHOOD))
    for number in sorted(numbers, key=lambda number: abs(number - near)):
        if any(member.photo_id == photo_id for member in groups[number].members):
            return number
    return None

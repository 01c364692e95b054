"""Where one is in each class, while classes, sliders and filters change what is shown."""

from collections.abc import Mapping

from twinlens.domain.relation import PhotoClass
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.position import Place, remember, restore
from twinlens.gui.groups.strip_view import StripView


class PlaceKeeper:
    """Remembers a place before a change and goes back to it after."""

    def __init__(self, view: StripView, model: GroupListModel) -> None:
        self._view, self._model = view, model
        self._places: dict[PhotoClass, Place] = {}
        self._missed: tuple[Place, int] | None = None  # a place that is away now, and the photo that is current instead
        self._to_top = False

    def places(self, kind: PhotoClass) -> dict[PhotoClass, Place]:
        """Where one was last in each class, and where one is in this one."""
        self.keep(kind)
        return dict(self._places)

    def set_places(self, places: Mapping[PhotoClass, Place]) -> None:
        """Where one was before this run."""
        self._places.update(places)

    def follow_order(self) -> None:
        """The user sorts or filters: who has not moved from the first group sees the new first one."""
        at_top = self._view.verticalScrollBar().value() == 0 and self._view.current_number() <= 0
        self._to_top = at_top and self._view.strip.current == 0 and self._missed is None

    def keep(self, kind: PhotoClass) -> None:
        """Remember where one is in this class; a place that is away stays as long as the user has not gone elsewhere."""
        if self._to_top:
            self._to_top = False
            self._places.pop(kind, None)
            return
        place = remember(self._view, self._model)
        if self._missed is not None and (place is None or place.photo_id == self._missed[1]):
            place = self._missed[0]
        if place is not None:
            self._places[kind] = place

    def go_back(self, kind: PhotoClass) -> None:
        """Go to where one was in this class, or nearby."""
        place = self._places.get(kind)
        there = restore(self._view, self._model, place)
        now = remember(self._view, self._model)
        self._missed = None if there or place is None else (place, now.photo_id if now is not None else -1)

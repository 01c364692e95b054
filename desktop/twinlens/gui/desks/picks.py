"""Keeping by hand: which keeps are the user's own, and which only a suggestion's, for those give way."""

from collections.abc import Mapping, Sequence

import numpy as np

from twinlens.domain.deed import Origin
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.gui.desks.group_desk import GroupDesk
from twinlens.gui.desks.mark_desk import MarkDesk
from twinlens.review.overriding import exchanged


class Picks:
    """Remembers, as long as the window is open, which photos are kept by a suggestion or a rule. Belongs to the GUI thread.

    Of an earlier run nothing is known: what was kept then gives way to nothing.
    """

    def __init__(self, marks: MarkDesk, groups: GroupDesk) -> None:
        self._marks, self._groups = marks, groups
        self._by_suggestion: set[int] = set()

    def note(self, wanted: Mapping[int, Mark | None], origin: str) -> None:
        """These are marked now."""
        if origin in (Origin.SUGGESTION, Origin.RULE):
            self._by_suggestion.update(photo_id for photo_id, mark in wanted.items() if mark is Mark.KEEP)
        else:
            self._by_suggestion.difference_update(wanted)

    def taken(self, photo_ids: Sequence[int], mark: Mark | None) -> dict[int, Mark | None]:
        """The marks when the user marks these photos; one that is kept takes the place of a suggested keeper."""
        wanted: dict[int, Mark | None] = dict.fromkeys(photo_ids, mark)
        if mark is not Mark.KEEP or len(photo_ids) != 1:
            return wanted  # who keeps several at once wants these beside each other
        for groups in self._groups.all_groups():
            at = groups.group_of(PhotoId(photo_ids[0]))
            if at is not None:
                members = groups.best_first(at)
                wanted |= exchanged(photo_ids[0], members, self._marks.marks, self._by_suggestion, self._may_go)
        return wanted

    def _may_go(self, photo_id: int) -> bool:
        data = self._groups.data
        if data is None:
            return False
        rows = data.photos.rows_of(np.array([photo_id]))
        return bool(data.photos.may_go(rows)[0] and data.photos.online[rows][0])

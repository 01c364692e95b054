"""How the groups of each class are shown, as the user wants it: one order and filter for all duplicates, one for bursts."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from twinlens.domain.arrangement import Arrangement, Sort
from twinlens.domain.relation import PhotoClass

if TYPE_CHECKING:
    from twinlens.domain.fingerprint import Int64Array
    from twinlens.review.duplicates import GroupList

Arranging = Callable[["GroupList"], "GroupList"]

DUPLICATES = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS, PhotoClass.SAME_SHOT, PhotoClass.EDITED)
BURSTS = (PhotoClass.BURST,)
FIRST = {DUPLICATES: Arrangement(), BURSTS: Arrangement(Sort.TAKEN, descending=False)}


class Arrangements:
    """Values for the GUI thread; ``arranging`` takes them along to a worker.

    ``marked``: the ids of all marked photos, asked for only where a filter needs them.
    """

    def __init__(self, marked: "Callable[[], Int64Array]") -> None:
        self._marked = marked
        self._of = dict(FIRST)
        self._held: dict[PhotoClass, int] = {}

    def of(self, photo_class: PhotoClass) -> Arrangement:
        """How this class is shown."""
        return self._of[sharing_with(photo_class)]

    def set(self, photo_class: PhotoClass, arrangement: Arrangement) -> tuple[PhotoClass, ...]:
        """Show this class, and those that share its order and filter, so; returns all of them."""
        sharing = sharing_with(photo_class)
        self._of[sharing] = arrangement
        return sharing

    def hold(self, photo_class: PhotoClass, photo_id: int) -> None:
        """The group of this photo is being looked at: it stays in sight though it is decided."""
        self._held[photo_class] = photo_id

    def follow_marks(self) -> tuple[PhotoClass, ...]:
        """The classes of which a mark changes what is shown."""
        return tuple(kind for sharing, shown in self._of.items() if shown.wanted.undecided_only for kind in sharing)

    def arranging(self) -> Arranging:
        """What arranges groups as it is wanted now, on any thread."""
        wanted: Mapping[tuple[PhotoClass, ...], Arrangement] = dict(self._of)
        held = dict(self._held)
        marked = self._marked() if self.follow_marks() else None

        def work(groups: "GroupList") -> "GroupList":
            import numpy as np

            from twinlens.review.arrangement import arrange

            kind = groups.query.photo_class
            known = marked if marked is not None else np.zeros(0, np.int64)
            return arrange(groups, wanted[sharing_with(kind)], known, held=held.get(kind))

        return work


def sharing_with(photo_class: PhotoClass) -> tuple[PhotoClass, ...]:
    """The classes that are shown in the same order and through the same filter."""
    return BURSTS if photo_class is PhotoClass.BURST else DUPLICATES

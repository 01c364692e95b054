"""What the tabs say: for each class how many groups, photos and bytes."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import GroupList, find_groups

STORED_CLASSES = tuple(photo_class for photo_class in PhotoClass if photo_class is not PhotoClass.LOOKALIKE)


class ClassTotals(Struct, frozen=True):
    """One tab's numbers."""

    groups: int
    photos: int
    reclaimable_bytes: int


def all_groups(data: ReviewData, query: GroupQuery, *, under: Sequence[str] = ()) -> dict[PhotoClass, GroupList]:
    """The groups of every stored class, strongest first, with the sliders of ``query``."""
    return {
        photo_class: find_groups(data, replace(query, photo_class=photo_class), under=under)
        for photo_class in STORED_CLASSES
    }


def totals(groups: dict[PhotoClass, GroupList]) -> dict[PhotoClass, ClassTotals]:
    """The numbers of these groups."""
    return {
        photo_class: ClassTotals(len(found), found.photo_count, found.total_reclaimable_bytes)
        for photo_class, found in groups.items()
    }

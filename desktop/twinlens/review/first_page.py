"""What a window shows before the library is loaded: a screenful of photos, and the groups that these photos make."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.domain.group import GroupQuery
from twinlens.domain.photo import PhotoId

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList

PAGE_PHOTOS = 240  # several screens, so that the first turns of the wheel find something


class FirstPage(Struct, frozen=True):
    """Photos in the order in which they are shown, and ``groups`` of them where groups were asked for."""

    photo_ids: tuple[PhotoId, ...]
    groups: "GroupList | None"


def first_page(catalog: Catalog, remembered: Sequence[PhotoId], query: GroupQuery | None) -> FirstPage:
    """The page that was on screen when the window was closed, as it is now; the newest photos where none is known.

    Reads a few hundred rows, however large the library. Groups are made of the remembered photos alone: the whole list
    follows when the library is loaded.
    """
    ids = catalog.photos.present(remembered[:PAGE_PHOTOS])
    if query is not None and ids:
        from twinlens.review.data import load_review_data  # a page of photos is there sooner without
        from twinlens.review.duplicates import find_groups

        return FirstPage(tuple(ids), find_groups(load_review_data(catalog, ids), query))
    if query is not None:
        return FirstPage((), None)
    return FirstPage(tuple(ids or catalog.photos.newest(PAGE_PHOTOS)), None)

"""Photos looked up for painting, remembered for a while so that scrolling does not ask twice."""

from collections import OrderedDict
from collections.abc import Callable, Iterable

from twinlens.domain.photo import Photo

Lookup = Callable[[int], Photo]

SHELF_PHOTOS = 4096


class PhotoShelf:
    """The least recently used photos by id. ``lookup`` raises KeyError for a photo that is not in the library."""

    def __init__(self, lookup: Lookup, capacity: int = SHELF_PHOTOS) -> None:
        self._lookup = lookup
        self._capacity = capacity
        self._photos: OrderedDict[int, Photo | None] = OrderedDict()

    def photo(self, photo_id: int) -> Photo | None:
        """The photo, or None when it has left the library."""
        if photo_id in self._photos:
            self._photos.move_to_end(photo_id)
            return self._photos[photo_id]
        try:
            photo: Photo | None = self._lookup(photo_id)
        except KeyError:
            photo = None
        self._photos[photo_id] = photo
        if len(self._photos) > self._capacity:
            self._photos.popitem(last=False)
        return photo

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Look these up again when they are next needed."""
        for photo_id in photo_ids:
            self._photos.pop(photo_id, None)


def no_photos(photo_id: int) -> Photo:
    """A lookup before there is a library."""
    raise KeyError(photo_id)

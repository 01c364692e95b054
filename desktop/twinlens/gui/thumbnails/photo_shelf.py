"""Photos looked up for painting, remembered for a while so that scrolling does not ask twice."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from twinlens.domain.photo import Photo

Lookup = Callable[[Sequence[int]], Mapping[int, Photo]]  # those of the ids that are in the library

SHELF_PHOTOS = 4096


class PhotoShelf:
    """The photos by id that were used last."""

    def __init__(self, lookup: Lookup, capacity: int = SHELF_PHOTOS) -> None:
        self._lookup = lookup
        self._capacity = capacity
        self._photos: OrderedDict[int, Photo | None] = OrderedDict()

    def photo(self, photo_id: int) -> Photo | None:
        """The photo, or None when it has left the library."""
        if photo_id in self._photos:
            self._photos.move_to_end(photo_id)
        else:
            self.fetch((photo_id,))
        return self._photos[photo_id]

    def fetch(self, photo_ids: Iterable[int]) -> None:
        """Look these up together, as far as they are not here: each question gives the interpreter away to other threads."""
        missing = [photo_id for photo_id in dict.fromkeys(photo_ids) if photo_id not in self._photos]
        if not missing:
            return
        found = self._lookup(missing)
        for photo_id in missing:
            self._photos[photo_id] = found.get(photo_id)
        while len(self._photos) > max(self._capacity, len(missing)):
            self._photos.popitem(last=False)

    def forget(self, photo_ids: Iterable[int]) -> None:
        """Look these up again when they are next needed."""
        for photo_id in photo_ids:
            self._photos.pop(photo_id, None)


def no_photos(_photo_ids: Sequence[int]) -> Mapping[int, Photo]:
    """A lookup before there is a library."""
    return {}

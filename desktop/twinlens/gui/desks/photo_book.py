"""Photos by id for painting: from memory, else from the catalog, never all of them."""

from collections import OrderedDict
from collections.abc import Iterable

from twinlens.domain.photo import Photo, PhotoId
from twinlens.library.open import Library

CAPACITY = 20_000  # photos; about 1 KB each


class PhotoBook:
    """The newest photos looked up. Belongs to the GUI thread."""

    def __init__(self, library: Library, capacity: int = CAPACITY) -> None:
        self._library = library
        self._capacity = capacity
        self._photos: OrderedDict[int, Photo] = OrderedDict()

    def photo(self, photo_id: int) -> Photo:
        """This photo; raises KeyError when it is not in the library (any more)."""
        found = self._photos.get(photo_id)
        if found is None:
            found = self._library.catalog().photos.get(PhotoId(photo_id))
            self._photos[photo_id] = found
            if len(self._photos) > self._capacity:
                self._photos.popitem(last=False)
        else:
            self._photos.move_to_end(photo_id)
        return found

    def forget(self, photo_ids: Iterable[int]) -> None:
        """These changed or have gone."""
        for photo_id in photo_ids:
            self._photos.pop(photo_id, None)

    def clear(self) -> None:
        """Forget all, as when a volume came or went."""
        self._photos.clear()

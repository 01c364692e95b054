"""Photos by id for painting: from memory, else from the catalog, never all of them."""

from collections import OrderedDict
from collections.abc import Iterable

from twinlens.domain.photo import Photo, PhotoId
from twinlens.library.open import Library

CAPACITY = 20_000  # photos; about 1 KB each
AHEAD = 32  # photos read at once where one follows the other, as in scrolling: each query gives the interpreter away
NEAR = 4


class PhotoBook:
    """The newest photos looked up. Belongs to the GUI thread."""

    def __init__(self, library: Library, capacity: int = CAPACITY) -> None:
        self._library = library
        self._capacity = capacity
        self._photos: OrderedDict[int, Photo] = OrderedDict()
        self._read_to = 0

    def photo(self, photo_id: int) -> Photo:
        """This photo; raises KeyError when it is not in the library (any more)."""
        found = self._photos.get(photo_id)
        if found is None:
            return self._read(photo_id)
        self._photos.move_to_end(photo_id)
        return found

    def known(self, photo_id: int) -> Photo | None:
        """This photo if it is in memory; nothing is read."""
        return self._photos.get(photo_id)

    def _read(self, photo_id: int) -> Photo:
        count = AHEAD if 0 < photo_id - self._read_to <= NEAR else 1
        self._read_to = photo_id + count - 1
        wanted = [PhotoId(number) for number in range(photo_id, photo_id + count)]
        for photo in self._library.catalog().photos.get_many(wanted):
            self._photos.setdefault(photo.id, photo)
        while len(self._photos) > self._capacity:
            self._photos.popitem(last=False)
        return self._photos[photo_id]

    def forget(self, photo_ids: Iterable[int]) -> None:
        """These changed or have gone."""
        for photo_id in photo_ids:
            self._photos.pop(photo_id, None)

    def clear(self) -> None:
        """Forget all, as when a volume came or went."""
        self._photos.clear()

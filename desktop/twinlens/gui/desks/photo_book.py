"""Photos by id for painting: from memory, else from the catalog, never all of them."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from twinlens.domain.photo import Photo, PhotoId
from twinlens.library.open import Library

CAPACITY = 20_000  # photos; about 1 KB each
AHEAD = 32  # photos read beyond those asked for where they follow each other, as in scrolling


class PhotoBook:
    """The newest photos looked up. Belongs to the GUI thread."""

    def __init__(self, library: Library, capacity: int = CAPACITY) -> None:
        self._library = library
        self._capacity = capacity
        self._photos: OrderedDict[int, Photo] = OrderedDict()

    def photo(self, photo_id: int) -> Photo:
        """This photo; raises KeyError when it is not in the library (any more)."""
        return self.photos((photo_id,))[photo_id]

    def find(self, photo_id: int) -> Photo | None:
        """This photo, None when it is not in the library (any more)."""
        return self.photos((photo_id,)).get(photo_id)

    def photos(self, photo_ids: Sequence[int]) -> dict[int, Photo]:
        """Those of these photos that are in the library; what is not in memory is read with one query."""
        missing = [photo_id for photo_id in photo_ids if photo_id not in self._photos]
        if missing:
            self._read(missing)
        found = {photo_id: self._photos[photo_id] for photo_id in photo_ids if photo_id in self._photos}
        for photo_id in found:
            self._photos.move_to_end(photo_id)
        while len(self._photos) > self._capacity:
            self._photos.popitem(last=False)
        return found

    def known(self, photo_id: int) -> Photo | None:
        """This photo if it is in memory; nothing is read."""
        return self._photos.get(photo_id)

    def _read(self, photo_ids: Sequence[int]) -> None:
        low, high = min(photo_ids), max(photo_ids)
        follows = len(photo_ids) > 1 and high - low < 2 * len(photo_ids)
        ahead = (
            [number for number in range(high + 1, high + 1 + AHEAD) if number not in self._photos] if follows else []
        )
        wanted = [PhotoId(number) for number in (*photo_ids, *ahead)]
        self._photos.update((photo.id, photo) for photo in self._library.catalog().photos.get_many(wanted))

    def forget(self, photo_ids: Iterable[int]) -> None:
        """These changed or have gone."""
        for photo_id in photo_ids:
            self._photos.pop(photo_id, None)

    def clear(self) -> None:
        """Forget all, as when a volume came or went."""
        self._photos.clear()

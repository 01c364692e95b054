"""Photos that are missing at their place and turn up elsewhere, recognised by their bytes: nothing of them is lost.

Where inodes tell nothing (memory cards, shares) or change (another volume), a photo that was moved is a missing one and a
new one. While new files of its size are still to be read, a missing photo is not forgotten.
"""

import os
from collections import defaultdict
from collections.abc import Sequence, Set

from twinlens.domain.events import PhotosCatalogued
from twinlens.domain.photo import FileStamp, Photo, PhotoId
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.ports import Emit
from twinlens.library.open import Library
from twinlens.scanning.batches import with_lasting_stamp
from twinlens.scanning.gaps import note_gaps
from twinlens.scanning.survey import forget
from twinlens.scanning.walk import FoundFile

AT_ONCE = 64


class Reappearing:
    """The missing photos of one scan. ``end`` forgets those that did not turn up, except ``unsettled`` ones."""

    def __init__(
        self, library: Library, missing: Sequence[PhotoId], emit: Emit, unsettled: Set[PhotoId] = frozenset()
    ) -> None:
        self._library = library
        self._emit = emit
        self._unsettled = unsettled
        self._by_content: dict[bytes, list[Photo]] = defaultdict(list)
        for photo in library.catalog().photos.get_many(missing) if missing else ():
            self._by_content[photo.content].append(photo)
        self._found: list[tuple[Photo, FoundFile, FileStamp]] = []
        self.count = 0
        self.gone = 0

    def claim(self, file: FoundFile, record: PhotoRecord) -> bool:
        """Whether this new file is one of the missing photos; it is then noted to be here. The same name goes before."""
        candidates = self._by_content.get(record.content)
        if not candidates:
            return False
        name = os.path.basename(file.path)
        photo = next((each for each in candidates if os.path.basename(each.path) == name), candidates[0])
        candidates.remove(photo)
        self._note(photo, file, record)
        return True

    def stays(self, file: FoundFile, record: PhotoRecord) -> bool:
        """Whether a file at a known place only looks changed: restored from a backup, or touched. Nothing of it is lost."""
        catalog = self._library.catalog()
        photo = catalog.photos.by_path(file.path)
        if photo is None or photo.content != record.content or photo.volume != file.volume.id:
            return False
        self._note(photo, file, record)
        return True

    def _note(self, photo: Photo, file: FoundFile, record: PhotoRecord) -> None:
        self._found.append((photo, file, with_lasting_stamp(record, file.volume).stamp))
        self.count += 1
        if len(self._found) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write down what turned up."""
        found, self._found = self._found, []
        if not found:
            return
        catalog = self._library.catalog()
        with catalog.transaction():
            for photo, file, stamp in found:
                catalog.relocations.note(photo.id, file.volume.id, file.relative_path, stamp)
                catalog.problems.clear(file.volume.id, [file.relative_path])
        ids, paths = tuple(photo.id for photo, _, _ in found), tuple(file.path for _, file, _ in found)
        self._emit(PhotosCatalogued(ids, paths))

    def end(self, *, complete: bool) -> None:
        """Write down the rest. Where all new files were read, what did not turn up is gone."""
        self.flush()
        if not complete:
            return
        gone = [photo.id for left in self._by_content.values() for photo in left if photo.id not in self._unsettled]
        self._by_content.clear()
        self.gone = len(gone)
        if gone:
            catalog = self._library.catalog()
            with catalog.transaction():
                catalog.photos.remove(gone)
                note_gaps(catalog)
            forget(self._library, gone, self._emit)

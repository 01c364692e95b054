"""One library, open. Its folder holds:

- ``catalog.db``: the truth; ``catalog.db.format-N`` beside it is the copy made before a migration.
- ``thumbnails.db`` and ``index/``: caches, made again where they are absent or do not fit.
- ``preferences.json``: the settings.
- ``library.lock``: held by the one process that may write.
"""

import logging
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock
import platformdirs

from twinlens.catalog.database import Catalog
from twinlens.catalog.thumbnails import ThumbnailStore
from twinlens.domain.errors import LibraryUnusable, PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.library.allocator import keep_arenas_few
from twinlens.library.lock import take_lock
from twinlens.library.vectors import VectorShelf
from twinlens.preferences.store import Preferences
from twinlens.volumes.identity import mounted_volumes

logger = logging.getLogger(__name__)

ENVIRONMENT_VARIABLE = "TWINLENS_LIBRARY"


def default_folder() -> Path:
    """Where the library lies when nobody says otherwise: ``$TWINLENS_LIBRARY``, else the user's data folder."""
    chosen = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_data_path("twinlens", appauthor=False)


class Library:
    """An open library. Catalogs are made for each thread; everything else may be used from any thread."""

    def __init__(self, folder: Path, *, read_only: bool, lock: filelock.BaseFileLock | None) -> None:
        self.folder = folder
        self.read_only = read_only
        self._lock = lock
        self._guard = threading.Lock()
        self._catalogs: dict[int, Catalog] = {}
        self._closed = False
        catalog = self.catalog()
        try:
            self.preferences = Preferences.load(folder, read_only=read_only)
            self.vectors = VectorShelf(folder / "index", self.catalog, read_only=read_only)
            self.thumbnails = ThumbnailStore.open(folder, read_only=read_only, library_id=catalog.state.library_id)
        except BaseException:
            catalog.close()
            raise

    @classmethod
    def open(cls, folder: Path | None = None, *, read_only: bool = False) -> "Library":
        """Open the library in ``folder``, or the default one; for writing it is made where there is none.

        Raises:
            LibraryLocked: another process writes to it.
            LibraryUnusable: it is absent (read-only), damaged, of a newer Twinlens, or
                on a disk that is full or refuses.
        """
        keep_arenas_few()
        place = (folder if folder is not None else default_folder()).absolute()
        if read_only:
            return cls(place, read_only=True, lock=None)
        lock = take_lock(place)
        try:
            library = cls(place, read_only=False, lock=lock)
        except BaseException:
            lock.release()
            raise
        try:
            library.refresh_volumes()
        except BaseException:
            library._close_files()
            raise
        return library

    @classmethod
    def open_beside_writer(cls, folder: Path) -> "Library":
        """Open the library for writing in a process that works for the one that holds the lock, as long as that lives.

        Raises:
            LibraryUnusable: as ``open`` does.
        """
        keep_arenas_few()
        return cls(folder, read_only=False, lock=None)

    def refresh_volumes(self) -> None:
        """Note which volumes are mounted now, and where. Done at opening; again after a drive came or went.

        Nothing is written where all is as it was: a library on a full disk can still be opened.
        """
        catalog = self.catalog()
        mounted = {volume.id: volume for volume in mounted_volumes()}
        known = catalog.volumes.all()
        if all((mounted.get(volume.id) == volume) if online else volume.id not in mounted for volume, online in known):
            return
        with catalog.transaction():
            ids = {volume.id for volume, _ in catalog.volumes.all()}
            catalog.volumes.set_online([id_ for id_ in ids if id_ in mounted])
            for id_ in ids & mounted.keys():
                catalog.volumes.remember(mounted[id_])

    def catalog(self) -> Catalog:
        """The calling thread's own catalog, made on first use; not to be closed or kept by the caller."""
        thread = threading.get_ident()
        found = self._catalogs.get(thread)
        if found is not None:
            return found
        opened = Catalog.open(self.folder, read_only=self.read_only)
        with self._guard:
            if self._closed:
                opened.close()
                raise LibraryUnusable(f"The library in {self.folder} has been closed.")
            self._catalogs[thread] = opened
        return opened

    def release_thread(self) -> None:
        """Close the calling thread's catalog; a worker thread calls this before it ends."""
        with self._guard:
            catalog = self._catalogs.pop(threading.get_ident(), None)
        if catalog is not None:
            catalog.close()

    def preview(self, photo_id: PhotoId) -> UInt8Array | None:
        """The stored thumbnail of a photo, uint8 RGB [h, w, 3]; None if there is none that can be read."""
        jpeg = self.thumbnails.get(photo_id)
        if jpeg is None:
            return None
        from twinlens.imaging.thumbnail import decode_thumbnail  # loads Pillow

        try:
            return decode_thumbnail(jpeg)
        except PhotoUnreadable as error:
            logger.info("the thumbnail of photo %d in %s cannot be read: %s", photo_id, self.folder, error)
            return None

    def close(self) -> None:
        """Save the index and close everything, the catalogs of other threads too; twice does no harm.

        An index that cannot be saved, on a full disk for instance, is made again when it is needed.
        """
        with self._guard:
            if self._closed:
                return
        try:
            self.vectors.save()
        except LibraryUnusable as error:
            logger.info("closing without saving the index: %s", error)
        finally:
            self._close_files()

    def _close_files(self) -> None:
        with self._guard:
            self._closed = True
            catalogs = list(self._catalogs.values())
            self._catalogs.clear()
        for catalog in catalogs:
            catalog.close()
        self.thumbnails.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""Locking folders and unlocking them, on the worker that writes decisions, so behind every mark that was set before."""

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.photo import PhotoId
from twinlens.domain.protection import ProtectedFolder
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library


class ProtectionTurned(Struct, frozen=True):
    """Folders were locked or unlocked. ``unmarked``: photos whose mark to go went with that, by this deed."""

    folders: tuple[ProtectedFolder, ...]
    is_locked: bool
    unmarked: int = 0
    deed_id: int | None = None


class ProtectionDesk(QObject):
    """Belongs to the GUI thread."""

    turned = Signal(object)  # ProtectionTurned
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self.failed)

    def protect(self, path: str) -> None:
        """Lock a folder; photos in it lose their mark to go, as one deed."""
        library = self._library

        def work() -> ProtectionTurned:
            from twinlens.review.protection import protect, release_rejected

            catalog = library.catalog()
            with catalog.transaction():
                locked = protect(catalog, path)
                unmarked, deed_id = release_rejected(library)
            return ProtectionTurned((locked,) if locked is not None else (), True, unmarked, deed_id)

        self._task.run(work)

    def unprotect(self, folders: tuple[ProtectedFolder, ...]) -> None:
        """Unlock these folders."""
        library = self._library

        def work() -> ProtectionTurned:
            catalog = library.catalog()
            with catalog.transaction():
                for folder in folders:
                    catalog.protection.remove(folder.place)
            return ProtectionTurned(folders, False)

        self._task.run(work)

    def unprotect_photo(self, photo_id: int) -> None:
        """Unlock every folder that locks this photo."""
        library = self._library

        def work() -> ProtectionTurned:
            from twinlens.review.protection import locks_of

            catalog = library.catalog()
            with catalog.transaction():
                folders = locks_of(catalog, PhotoId(photo_id))
                for folder in folders:
                    catalog.protection.remove(folder.place)
            return ProtectionTurned(folders, False)

        self._task.run(work)

    @Slot(object)
    def _deliver(self, turned: ProtectionTurned) -> None:
        self.turned.emit(turned)

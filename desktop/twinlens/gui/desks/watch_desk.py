"""Watching the sources while the window is open: what changed is scanned quietly, volumes that come and go are noticed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.settings import IGNORED_NAMES, IGNORED_PATHS, WATCH_FOLDERS
from twinlens.domain.watching import FoldersChanged, VolumesChanged, WatchEvent, Watching
from twinlens.gui.desks.record_desk import Records
from twinlens.gui.desks.removal_desk import RemovalDesk
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.scanning.watching import FolderWatch


class WatchDesk(QObject):
    """Follows the sources that are there. Belongs to the GUI thread; the watch has a thread of its own.

    While a scan runs or photos are moved, what happens is remembered and followed up afterwards.
    """

    stateChanged = Signal(object)  # Watching, None when nothing is watched
    volumesChanged = Signal(object)  # a volume came or went; list of the paths of the sources that have returned
    failed = Signal(str)
    _heard = Signal(object, object)  # from the watch's thread: the watch, and what it tells

    def __init__(
        self,
        library: Library,
        runner: Runner,
        scans: ScanDesk,
        removals: RemovalDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._scans, self._removals = scans, removals
        self._watch: FolderWatch | None = None
        self._retired: list[FolderWatch] = []
        self._paths: tuple[str, ...] | None = None
        self._heard.connect(self._take)
        self._volumes = Task(runner, self)
        self._volumes.done.connect(self._volumes_seen)
        self._volumes.failed.connect(self.failed)
        scans.stateChanged.connect(self._hold)
        removals.busyChanged.connect(self._hold)

    @Slot(object)
    def follow(self, records: Records) -> None:
        """Watch the sources that are there; nothing happens where these are the same as before.

        Where all are away it is still watched whether a volume comes.
        """
        paths = tuple(sorted(source.path for source in records.sources if source.online)) if records.sources else None
        if paths != self._paths:
            self._paths = paths
            self.restart()

    @Slot()
    def restart(self) -> None:
        """Begin anew, as when the settings have changed."""
        self._retire()
        if self._paths is None or not self._library.preferences.switch(WATCH_FOLDERS):
            self.stateChanged.emit(None)
            return
        from twinlens.scanning.ignore import rules
        from twinlens.scanning.watching import FolderWatch  # loads the engine: not before it is needed

        chosen = self._library.preferences.text_list

        def tell(event: WatchEvent) -> None:
            self._heard.emit(watch, event)

        watch = FolderWatch(self._paths, rules(chosen(IGNORED_NAMES), chosen(IGNORED_PATHS)), tell)
        self._watch = watch
        self._hold()
        watch.start()

    def shut_down(self) -> None:
        """Stop, and wait until nothing is told any more."""
        self._retire()
        for watch in self._retired:
            watch.join()
        self._retired.clear()

    def _retire(self) -> None:
        if self._watch is not None:
            self._watch.stop()  # not waited for: the window must not stand still
            self._retired.append(self._watch)
            self._watch = None

    @Slot()
    def _hold(self) -> None:
        if self._watch is not None:
            if self._removals.busy or self._scans.running:
                self._watch.hold()
            else:
                self._watch.release()

    @Slot(object, object)
    def _take(self, watch: object, event: object) -> None:
        if watch is not self._watch:
            return
        if isinstance(event, FoldersChanged):
            self._scans.follow_up(event)
        elif isinstance(event, Watching):
            self.stateChanged.emit(event)
        elif isinstance(event, VolumesChanged):
            self._look_for_volumes()

    def _look_for_volumes(self) -> None:
        library = self._library

        def look() -> list[str] | None:
            catalog = library.catalog()
            before = {volume.id for volume, online in catalog.volumes.all() if online}
            library.refresh_volumes()
            now = {volume.id for volume, online in catalog.volumes.all() if online}
            if now == before:
                return None  # another one, which holds no photos of ours
            return [source.path for source in catalog.sources.all() if source.volume in now - before]

        self._volumes.run(look)

    @Slot(object)
    def _volumes_seen(self, returned: list[str] | None) -> None:
        if returned is not None:
            self.volumesChanged.emit(returned)

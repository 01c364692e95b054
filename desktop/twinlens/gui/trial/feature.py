"""When a folder is added, its quarantine is tried; where that fails, a line above the window says so at once."""

import os
from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from twinlens.gui.banner.bar import Banner
from twinlens.gui.jobs import Task
from twinlens.gui.window_parts import WindowParts
from twinlens.preferences.quarantine_folder import chosen_quarantine_folder


class Trial(QObject):
    """One banner, made when there is something to say."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._session, self._surface = parts.session, parts.surface
        self._task = Task(parts.session.workers.removals, self)
        self._task.done.connect(self._tell)
        self._task.failed.connect(parts.toast.say)
        self.banner: Banner | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Folders that the user adds."""
        self._session.foldersAdded.connect(self._try)

    def restyle(self) -> None:
        """The sign of the banner follows the palette."""
        if self.banner is not None:
            self.banner.restyle()

    def shut_down(self) -> None:
        """Nothing runs that the workers do not end."""

    @Slot(object)
    def _try(self, folders: list[str]) -> None:
        library, known = self._session.library, {source.path for source in self._session.records.records.sources}
        new = [path for path in map(os.path.abspath, folders) if path not in known]
        if not new:
            return

        def work() -> object:
            from twinlens.review.removal_trial import what_does_not_work

            return what_does_not_work(new, chosen_quarantine_folder(library.preferences))

        self._task.run(work)

    @Slot(object)
    def _tell(self, sentences: list[str]) -> None:
        layout = self._surface.layout()
        if not sentences or not isinstance(layout, QVBoxLayout):
            return
        if self.banner is None:
            self.banner = Banner(self.tr("Close"), self._surface)
            self.banner.pressed.connect(self.banner.hide)
            layout.insertWidget(0, self.banner)
        self.banner.say(sentences[0])
        self.banner.show()

"""The window of this program, and its successor when a window that only reads becomes the writer."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from twinlens.domain.errors import LibraryLocked, LibraryUnusable, TwinlensError
from twinlens.gui.main_window import MainWindow
from twinlens.gui.read_only_session import ReadOnlySession
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library
from twinlens.library.sample import sample


def open_library(folder: Path | None) -> Library:
    """The library for writing, or for reading only where another process writes to it.

    Raises:
        LibraryUnusable: neither can be done.
    """
    try:
        return Library.open(folder)
    except LibraryLocked:
        return Library.open(folder, read_only=True)


class Windows(QObject):
    """Holds the one window there is."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.window: MainWindow | None = None

    def open(self, library: Library, paths: Sequence[str]) -> MainWindow:
        """Show a window on this library and scan ``paths`` into it."""
        self._theme.follow(library.preferences)
        session = ReadOnlySession(library) if library.read_only else LibrarySession(library)
        window = self.window = MainWindow(session, self._theme)
        if window.read_only is not None:
            window.read_only.takeOverWanted.connect(self.take_over)
            self._theme.changed.connect(window.read_only.banner.restyle)
        read_only = window.actions_by_id["read_only"]
        read_only.setChecked(library.read_only)
        read_only.triggered.connect(self._turn_read_only)
        window.workspace.welcome.sampleWanted.connect(self.open_sample)
        window.show()
        window.begin(list(paths))
        return window

    @Slot(bool)
    def _turn_read_only(self, wanted: bool) -> None:
        if wanted:
            self.look_only()
        else:
            self.take_over()
        if self.window is not None:
            self.window.actions_by_id["read_only"].setChecked(self.window.read_only is not None)

    @Slot()
    def look_only(self) -> None:
        """Put a window that only reads in the place of the one that writes, by the user's wish."""
        writing = self.window
        if writing is None or writing.read_only is not None:
            return
        if writing.session.removals.busy:
            writing.toast.say(self.tr("Photos are still being moved; try again in a moment."))
            return
        folder = writing.session.library.folder
        writing.shut_down()
        reading = self.open(Library.open(folder, read_only=True), [])
        if reading.read_only is not None:
            reading.read_only.say_chosen()
        writing.close()
        writing.deleteLater()

    @Slot()
    def take_over(self) -> None:
        """Put a window that writes in the place of the one that reads, if nobody else writes."""
        reading = self.window
        if reading is None or reading.read_only is None:
            return
        try:
            library = Library.open(reading.session.library.folder)
        except LibraryUnusable as error:
            reading.read_only.say(str(error))
            return
        reading.shut_down()  # keeps where the user is; the successor begins there
        self.open(library, [])
        reading.close()
        reading.deleteLater()

    @Slot()
    def open_sample(self) -> None:
        """Put a window on the sample photos in the place of the one there is; the next start has the own library again."""
        before = self.window
        if before is None:
            return
        try:
            found = sample()
            library = open_library(found.library)
        except TwinlensError as error:
            before.toast.say(str(error))
            return
        before.shut_down()
        self.open(library, [str(found.photos)]).setWindowTitle(self.tr("Twinlens: sample photos"))
        before.close()
        before.deleteLater()

    def shut_down(self) -> None:
        """The end of the program."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

"""What a feature of the window gets to work with."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct
from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from twinlens.gui.footer.bar import Footer
from twinlens.gui.loupe.view import Loupe
from twinlens.gui.loupe_commands import LoupeCommands
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.presenter import Presenter
from twinlens.gui.progress.strip import ProgressStrip
from twinlens.gui.review_commands import ReviewCommands
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.theme.theme import Theme
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.toast.toast import Toast
from twinlens.gui.workspace import Workspace


class WindowParts(Struct, frozen=True):
    """The parts of one window. ``surface`` lies under what floats over the whole window, such as the loupe; ``offered`` tells
    of drags and drops without folders (QDropEvent).
    """

    window: QMainWindow
    surface: QWidget
    offered: SignalInstance
    session: LibrarySession
    theme: Theme
    loader: ThumbnailLoader
    workspace: Workspace
    side: SidePanel
    sidebar: Sidebar
    progress: ProgressStrip
    footer: Footer
    toast: Toast
    pictures: Pictures
    loupe: Loupe
    presenter: Presenter
    loupe_commands: LoupeCommands
    review: ReviewCommands


class Feature(Protocol):
    """Something that the window can do, in a folder of its own."""

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Connect the actions of the table, by id. Once: before the window is shown, or for late ones when they are made."""
        ...

    def restyle(self) -> None:
        """The palette has changed."""
        ...

    def shut_down(self) -> None:
        """End what runs: no thread and no timer is left behind. Called once, while the library is still open."""
        ...

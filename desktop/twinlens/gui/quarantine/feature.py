"""The photo under the cursor of the quarantine is seen before it is put back or removed for good."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QImage

from twinlens.gui.inspector.preview_loader import PreviewLoader
from twinlens.gui.picture_files import large_preview
from twinlens.gui.quarantine.beside import BesideQuarantine
from twinlens.gui.window_parts import WindowParts


class SeeQuarantine(QObject):
    """Follows the table's cursor; the picture is made from where the file waits, one at a time."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._panel = parts.workspace.quarantine
        self.beside = BesideQuarantine(self._panel)
        self._panel.show_beside(self.beside)
        self._loader = PreviewLoader(large_preview, self)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The table, and the pictures."""
        self._panel.currentChanged.connect(self._follow)
        self._loader.ready.connect(self._ready)
        self._loader.failed.connect(self._failed)

    def restyle(self) -> None:
        """All follows the palette by itself."""

    def shut_down(self) -> None:
        """Wait for the picture that is being made."""
        self._loader.shutdown()

    @Slot()
    def _follow(self) -> None:
        receipt = self._panel.current_receipt()
        if receipt is None:
            self._loader.cancel()
            self.beside.clear()
            return
        self.beside.show_receipt(receipt)
        if receipt.resting_path:
            self._loader.request(receipt.resting_path)

    @Slot(str, QImage)
    def _ready(self, _path: str, image: QImage) -> None:
        self.beside.show_image(image)

    @Slot(str, str)
    def _failed(self, _path: str, sentence: str) -> None:
        self.beside.picture.say(sentence)

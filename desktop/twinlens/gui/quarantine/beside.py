"""What a photo in the quarantine looks like, and why it went: beside the table, for a name alone decides nothing."""

import os.path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from twinlens.domain.plan import Receipt
from twinlens.gui.inspector.preview_view import PreviewView
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, strong
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.words import sentence_words

WIDTH_PX = 280  # the folders need their room


class BesideQuarantine(QWidget):
    """Shows what it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture = PreviewView(self)
        self.picture.setAccessibleName(self.tr("The photo in the quarantine"))
        self._name, self._reason = ElidedLabel(self, Qt.TextElideMode.ElideMiddle), QLabel(self)
        self._kept = QuietLabel("", self)
        set_in(strong, self._name)
        for label in (self._reason, self._kept):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, WIDE_PX)
        words.setSpacing(UNIT_PX)
        for label in (self._name, self._reason, self._kept):
            words.addWidget(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.picture, 1)
        layout.addLayout(words)
        self.setFixedWidth(WIDTH_PX)
        self.clear()

    def clear(self) -> None:
        """No photo is current."""
        self.picture.say(self.tr("Click a photo to see it here."))
        for label in (self._name, self._reason, self._kept):
            label.clear()

    def show_receipt(self, receipt: Receipt) -> None:
        """The words at once; the picture is on its way."""
        self.picture.say("")
        self._name.setText(printable(os.path.basename(receipt.path)))
        self._reason.setText(sentence_words(receipt.reason))
        self._kept.setText(self.tr("Kept: {}").format(printable(receipt.keeper_path)) if receipt.keeper_path else "")

    def show_image(self, image: QImage) -> None:
        """The picture."""
        self.picture.show_image(image)

"""Version, what can be read, and the promise about the network."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from twinlens import __version__
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.icons import application_icon
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, title

ICON_PX = 96


class AboutDialog(QDialog):
    """Says what one would put into a report of a problem."""

    def __init__(self, library_folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Twinlens"))
        picture = QLabel(self)
        picture.setPixmap(application_icon().pixmap(ICON_PX, ICON_PX))
        picture.setAccessibleName(self.tr("Icon of Twinlens"))
        name = QLabel(f"Twinlens {__version__}", self)
        set_in(title, name)
        what, facts = self._texts(library_folder)
        words = QVBoxLayout()
        words.setSpacing(UNIT_PX)
        for label in (name, what, facts):
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SECTION_PX)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addLayout(row)
        layout.addWidget(without_pictures(buttons))
        self.setMinimumWidth(520)

    def _texts(self, library_folder: str) -> tuple[QLabel, QLabel]:
        what = QLabel(
            self.tr(
                "Finds duplicate, near-duplicate and burst photos, and removes the surplus without losing a picture."
            )
            + "\n\n"
            + self.tr("Everything runs on this computer. Nothing is ever sent anywhere."),
            self,
        )
        lines = (
            self.tr("Library: {}").format(library_folder),
            f"Python {platform.python_version()}, Qt {qVersion()}",
            self.tr("Licence: Apache-2.0"),
        )
        facts = QuietLabel("\n".join(lines), self)
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (what, facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        return what, facts

"""The first page: one sentence, one button, and what happens next."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from twinlens.gui.theme.icons import application_icon, icon
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.spacing import ICON_PX, SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, strong, title

PICTURE_PX = 96
WIDTH_PX = 480


class WelcomePage(QWidget):
    """Teaches by three lines."""

    def __init__(self, add_folder: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(self.backgroundRole().Base)
        self.setAutoFillBackground(True)
        picture = QLabel(self)
        picture.setPixmap(application_icon().pixmap(PICTURE_PX, PICTURE_PX))
        picture.setFixedSize(PICTURE_PX, PICTURE_PX)
        picture.setAccessibleName(self.tr("Icon of Twinlens"))
        self._title = QLabel(self.tr("Which photos do you have twice?"), self)
        self._button = QPushButton(self.tr("Add folder…"), self)
        self._button.clicked.connect(add_folder.trigger)
        self._button.setToolTip(add_folder.toolTip())
        self._button.setDefault(True)
        self._steps: list[tuple[str, QLabel, QLabel, QLabel]] = []
        column = QVBoxLayout()
        column.setSpacing(WIDE_PX)
        column.addWidget(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        for name, head, text in self._lines():
            column.addLayout(self._step(name, head, text))
        column.addSpacing(UNIT_PX)
        row = QHBoxLayout()
        row.setSpacing(WIDE_PX)
        self._hint = QLabel(self.tr("or drop a folder anywhere on this window"), self)
        row.addWidget(self._button)
        row.addWidget(self._hint)
        row.addStretch(1)
        column.addLayout(row)
        self._centre(column)
        self.setFocusProxy(self._button)
        self.restyle()

    def _centre(self, column: QVBoxLayout) -> None:
        holder = QWidget(self)
        holder.setFixedWidth(WIDTH_PX)
        holder.setLayout(column)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        middle = QHBoxLayout()  # centred by stretches: an aligned widget would not get the height that its width needs
        middle.addStretch(1)
        middle.addWidget(holder)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)

    def forbid_changes(self) -> None:
        """Offer nothing."""
        self._button.hide()
        self._hint.hide()

    @Slot()
    def restyle(self) -> None:
        """Fonts, icons and quiet colours from the palette in force."""
        set_in(title, self._title)
        self._button.setIcon(icon("folder-add"))
        self._hint.setPalette(quieted(self.palette()))
        for name, picture, head, text in self._steps:
            picture.setPixmap(icon(name).pixmap(ICON_PX, ICON_PX))
            set_in(strong, head)
            text.setPalette(quieted(self.palette()))

    def _lines(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (
                "photos",
                self.tr("Choose a folder or a whole drive"),
                self.tr("It is scanned once; the photos stay where they are and are never sent anywhere."),
            ),
            (
                "duplicates",
                self.tr("Look through the groups"),
                self.tr("Copies, re-encodes, edits and bursts, each kind apart, each with a reason."),
            ),
            (
                "quarantine",
                self.tr("Move the surplus to the quarantine"),
                self.tr("One keeper always stays, and every removal can be taken back."),
            ),
        )

    def _step(self, name: str, head: str, text: str) -> QHBoxLayout:
        picture, above, below = QLabel(self), QLabel(head, self), QLabel(text, self)
        below.setWordWrap(True)
        self._steps.append((name, picture, above, below))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(above)
        words.addWidget(below)
        row = QHBoxLayout()
        row.setSpacing(WIDE_PX)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.setContentsMargins(0, 0, SECTION_PX, 0)
        return row

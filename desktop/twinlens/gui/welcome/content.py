"""What the first page shows: three ways to begin, the sample photos, and the promise that nothing is lost."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from twinlens.gui.theme.icons import application_icon, icon
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, title
from twinlens.gui.welcome.page import BURSTS, DUPLICATES, LOOKALIKES
from twinlens.gui.welcome.way_card import WayCard

PICTURE_PX = 64
WIDEST_LETTERS = 116


class WelcomeContent(QWidget):
    """Each way asks for a folder first and leads to its view afterwards."""

    wayChosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self._picture = QLabel(self)
        self._picture.setPixmap(application_icon().pixmap(PICTURE_PX, PICTURE_PX))
        self._picture.setFixedSize(PICTURE_PX, PICTURE_PX)
        self._picture.setAccessibleName(self.tr("Icon of Twinlens"))
        self._title = QLabel(self.tr("What would you like to do first?"), self)
        set_in(title, self._title)
        self._hint = QuietLabel(
            self.tr(
                "Choose one: you are asked for a folder or a whole drive. Or drop a folder anywhere on this window."
            ),
            self,
        )
        self._promise = QuietLabel(
            self.tr(
                "The photos stay where they are and are never sent anywhere. One keeper of each group always stays, and "
                "every removal can be taken back."
            ),
            self,
        )
        self.cards = [WayCard(*way, self) for way in self._ways()]
        for card in self.cards:
            card.clicked.connect(self._chosen)
        self.sample = QPushButton(self.tr("Look around in the &sample photos"), self)
        self.sample.setToolTip(self.tr("Fifty photos with copies and bursts, in a library of their own"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.restyle()

    def forbid_changes(self) -> None:
        """Offer nothing."""
        for widget in (*self.cards, self.sample, self._hint):
            widget.hide()

    def restyle(self) -> None:
        """Icons from the palette in force."""
        self.sample.setIcon(icon("photos"))

    def fit(self, width_px: int) -> None:
        """Cards beside each other where they fit, else below each other."""
        beside = sum(card.sizeHint().width() + WIDE_PX for card in self.cards) + 2 * SECTION_PX
        direction = QBoxLayout.Direction.LeftToRight if width_px >= beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def _ways(self) -> tuple[tuple[str, str, str, str], ...]:
        return (
            (
                DUPLICATES,
                "duplicates",
                self.tr("Clean duplicates"),
                self.tr(
                    "Copies, re-encodes and edits, each kind apart and each with a reason: keep one, free the rest."
                ),
            ),
            (
                BURSTS,
                "bursts",
                self.tr("Cull bursts"),
                self.tr("What was shot within seconds, side by side, the best shot suggested: one key a burst."),
            ),
            (
                LOOKALIKES,
                "similar",
                self.tr("Find lookalikes"),
                self.tr("Click any photo, or drop a picture, and see what looks like it, cropped and mirrored too."),
            ),
        )

    def _lay_out(self) -> None:
        self._row.setSpacing(WIDE_PX)
        for card in self.cards:
            self._row.addWidget(card)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, SECTION_PX)
        column.setSpacing(WIDE_PX)
        for label in (self._hint, self._promise):
            label.setWordWrap(True)
        column.addWidget(self._picture)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(self._row)
        column.addSpacing(UNIT_PX)
        column.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._promise)
        holder.setMaximumWidth(max(880, self.fontMetrics().averageCharWidth() * WIDEST_LETTERS))
        middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.addStretch(1)
        middle.addWidget(holder, 1000)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)

    @Slot()
    def _chosen(self) -> None:
        card = self.sender()
        if isinstance(card, WayCard):
            self.wayChosen.emit(card.way)

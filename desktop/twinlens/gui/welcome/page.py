"""The first page, which a library with photos never shows: it is filled when it is shown or asked for its parts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

if TYPE_CHECKING:
    from twinlens.gui.welcome.content import WelcomeContent

DUPLICATES, BURSTS, LOOKALIKES = "duplicates", "bursts", "lookalikes"


class WelcomePage(QScrollArea):
    """Tells which way was chosen."""

    wayChosen = Signal(str)
    sampleWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Welcome"))
        self._filled: WelcomeContent | None = None
        self._may_change = True

    def content(self) -> "WelcomeContent":
        """What it shows."""
        if self._filled is None:
            from twinlens.gui.welcome.content import WelcomeContent

            filled = self._filled = WelcomeContent(self)
            filled.wayChosen.connect(self.wayChosen)
            filled.sample.clicked.connect(self.sampleWanted)
            if not self._may_change:
                filled.forbid_changes()
            self.setWidget(filled)
            self.setFocusProxy(filled.cards[0])
        return self._filled

    def forbid_changes(self) -> None:
        """Offer nothing."""
        self._may_change = False
        if self._filled is not None:
            self._filled.forbid_changes()

    @Slot()
    def restyle(self) -> None:
        """Icons from the palette in force."""
        if self._filled is not None:
            self._filled.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the page before it is seen."""
        self.content().fit(self.viewport().width())
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards beside each other where they fit."""
        super().resizeEvent(event)
        if self._filled is not None:
            self._filled.fit(self.viewport().width())

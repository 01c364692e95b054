"""How far an experiment is, in a line beside its buttons; and the sentence that it ended with."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from twinlens.domain.events import WorkDone
from twinlens.gui.theme.motion import show_unknown
from twinlens.gui.theme.spacing import UNIT_PX

BAR_WIDTH_PX, BAR_HEIGHT_PX = 180, 4


class WorkStrip(QWidget):
    """A bar while something runs, a sentence else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar, self.words = QProgressBar(self), QLabel(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(BAR_WIDTH_PX, BAR_HEIGHT_PX)
        self._bar.setAccessibleName(self.tr("Progress of the experiment"))
        self.words.setAccessibleName(self.tr("State of the experiment"))
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT_PX, 0, 0, 0)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self._bar)
        layout.addWidget(self.words, 1)
        self._bar.hide()

    def begin(self) -> None:
        """Nothing is known yet."""
        show_unknown(self._bar)
        self._bar.show()
        self.words.setText(self.tr("Measuring…"))

    @Slot(object)
    def show_work(self, work: WorkDone) -> None:
        """Where it is."""
        self._bar.setUpdatesEnabled(False)
        if work.total:
            self._bar.setRange(0, work.total)
            self._bar.setValue(work.done)
        else:
            show_unknown(self._bar)
        self._bar.setUpdatesEnabled(True)
        numbers = f"{work.done:,}" if work.total is None else f"{work.done:,} / {work.total:,}"
        self.words.setText(f"{work.what}: {numbers}")

    def end(self) -> None:
        """All is done and on screen."""
        self._bar.hide()
        self.words.setText("")

    @Slot(str)
    def say(self, sentence: str) -> None:
        """What it ended with, or what is missing."""
        self._bar.hide()
        self.words.setText(sentence)
        self.words.setToolTip(sentence)

"""Stage, n of m, photos a second, time left, Pause and Stop."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from twinlens.domain.events import StageProgress
from twinlens.gui.progress.words import progress_words, stage_words
from twinlens.gui.theme.motion import show_unknown
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, strong
from twinlens.gui.thumbnails.words import count_words

BAR_HEIGHT_PX = 4
STEPS = 1000


class ProgressStrip(QWidget):
    """Hidden while nothing is scanned. Its buttons are the window's actions."""

    def __init__(self, pause: QAction, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage, self._numbers = QLabel(self), QuietLabel("", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BAR_HEIGHT_PX)
        self._bar.setAccessibleName(self.tr("Progress of the scan"))
        self._stage.setAccessibleName(self.tr("Stage of the scan"))
        self._numbers.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._paused = False
        line = QHBoxLayout()
        line.setContentsMargins(WIDE_PX, UNIT_PX // 2, UNIT_PX, UNIT_PX // 2)
        line.setSpacing(UNIT_PX)
        line.addWidget(self._stage)
        line.addWidget(self._numbers, 1)
        for action in (pause, stop):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addLayout(line)
        self.restyle()
        self.begin()
        self.hide()

    def begin(self) -> None:
        """A scan has begun; nothing is known of it yet."""
        self._paused, self._resting = False, ""
        show_unknown(self._bar)
        self._stage.setText(self.tr("Looking for photos"))
        self._numbers.setText("")

    @Slot(object)
    def show_progress(self, progress: StageProgress) -> None:
        """Where the scan is."""
        if self._paused:
            return
        self._stage.setText(stage_words(progress.stage))
        self._numbers.setText(progress_words(progress))
        # QProgressBar repaints at once, and the whole window with it; ten times a second that is felt.
        self._bar.setUpdatesEnabled(False)
        if not progress.total:
            show_unknown(self._bar)
        else:
            self._bar.setRange(0, STEPS)
            self._bar.setValue(min(STEPS, STEPS * progress.done // progress.total))
        self._bar.setUpdatesEnabled(True)

    def show_moving(self, done: int, total: int) -> None:
        """How many files were moved, linked or put back, of how many."""
        self._stage.setText(self.tr("Moving files"))
        self._numbers.setText(self.tr("{} of {}").format(count_words(done), count_words(total)))
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    def show_paused(self, paused: bool) -> None:
        """Whether the scan rests."""
        if paused and not self._paused:
            self._resting = self._stage.text()
            self._stage.setText(self.tr("Paused"))
            if self._bar.maximum() == 0:
                self._bar.setRange(0, STEPS)  # a bar that runs to and fro says that something is going on
        elif self._paused and not paused and self._resting:
            self._stage.setText(self._resting)  # at once, not with the next photo
        self._paused = paused

    def show_stopping(self) -> None:
        """The scan was told to end; it keeps what it has in hand."""
        self._paused = True
        self._stage.setText(self.tr("Stopping…"))

    def texts(self) -> tuple[str, str]:
        """What is shown: the stage, and the numbers."""
        return self._stage.text(), self._numbers.text()

    @Slot()
    def restyle(self) -> None:
        """Fonts from the theme in force."""
        set_in(strong, self._stage)

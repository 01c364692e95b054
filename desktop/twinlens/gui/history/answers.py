"""Where the photos are whose name was asked for: a sentence each, and a button that brings back or goes there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX, WIDE_PX

if TYPE_CHECKING:
    from twinlens.review.whereabouts import Answer

SHOWN = 4


class AnswerList(QFrame):
    """The first few answers; the rest is counted."""

    restoreRequested = Signal(int)  # step id
    photoRequested = Signal(int)  # photo id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Where these photos are"))
        self._rows = [_AnswerRow(self) for _ in range(SHOWN)]
        self._more = QuietLabel("", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, HALF_PX, WIDE_PX, UNIT_PX)
        layout.setSpacing(HALF_PX)
        for row in self._rows:
            layout.addWidget(row)
            row.restoreRequested.connect(self.restoreRequested)
            row.photoRequested.connect(self.photoRequested)
        layout.addWidget(self._more)
        self.hide()

    def show_answers(self, text: str, answers: "Sequence[Answer]", *, may_write: bool = True) -> None:
        """Show these; without a text nothing was asked."""
        self.setVisible(bool(text))
        for at, row in enumerate(self._rows):
            row.show_answer(answers[at] if at < len(answers) else None, may_write=may_write)
        hidden = len(answers) - SHOWN
        if not answers:
            self._more.setText(self.tr("No photo of this name is known to the library, now or in the past."))
        else:
            self._more.setText(self.tr("and %Ln more photo(s) of such a name", "", hidden) if hidden > 0 else "")
        self._more.setVisible(bool(self._more.text()))

    def sentences(self) -> list[str]:
        """What is said, for whoever looks from outside."""
        return [row.sentence() for row in self._rows if row.sentence()]

    def buttons(self) -> list[QPushButton]:
        """The buttons that are offered, in order."""
        return [row.button for row in self._rows if row.sentence() and not row.button.isHidden()]


class _AnswerRow(QWidget):
    restoreRequested = Signal(int)
    photoRequested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._label, self.button = QLabel(self), QPushButton(self)
        self.button.setAccessibleName(QCoreApplication.translate("AnswerList", "What can be done about it"))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(self._pressed)

    def show_answer(self, answer: "Answer | None", *, may_write: bool) -> None:
        self._answer = answer
        self.setVisible(answer is not None)
        if answer is None:
            self._label.clear()
            return
        self._label.setText(answer.sentence)
        can_restore = answer.restorable_step is not None
        back, show = (QCoreApplication.translate("AnswerList", words) for words in ("Put it back", "Show it"))
        self.button.setText(back if can_restore else show)
        self.button.setAccessibleName(self.button.text())
        self.button.setAccessibleDescription(answer.sentence)
        self.button.setHidden(not can_restore and answer.photo is None)
        self.button.setEnabled(may_write or not can_restore)

    def sentence(self) -> str:
        return self._label.text() if self._answer is not None else ""

    @Slot()
    def _pressed(self) -> None:
        answer = self._answer
        if answer is None:
            return
        if answer.restorable_step is not None:
            self.restoreRequested.emit(answer.restorable_step)
        elif answer.photo is not None:
            self.photoRequested.emit(int(answer.photo.id))

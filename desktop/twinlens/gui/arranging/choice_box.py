"""A field to choose one of many folders or cameras: by opening it, or by typing a part of the name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from twinlens.gui.arranging.typing_guard import TypingGuard

SHOWN_AT_ONCE = 16


class ChoiceBox(QComboBox):
    """The first entry asks for nothing. ``chosen`` tells a value, or None."""

    chosen = Signal(object)

    def __init__(self, title: str, all_words: str, guard: TypingGuard, parent: QWidget) -> None:
        super().__init__(parent)
        self._value: str | None = None
        self._choices: Sequence[tuple[str, str]] | None = None
        self.setAccessibleName(title)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(SHOWN_AT_ONCE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.addItem(all_words, None)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated.connect(self._completed)
        self.setCompleter(completer)
        self.view().setAccessibleName(title)
        popup = completer.popup()
        assert popup is not None
        popup.setAccessibleName(title)
        self.activated.connect(self._activated)
        guard.guard(self)
        line = self.lineEdit()
        assert line is not None
        guard.guard(line)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these: value and words."""
        if choices == self._choices or (self._choices and self.hasFocus()):
            return  # nothing moves under the hand of who chooses
        self._choices = list(choices)
        while self.count() > 1:
            self.removeItem(self.count() - 1)
        for value, words in choices:
            self.addItem(words, value)
        self.set_value(self._value, "")

    def set_value(self, value: str | None, words: str) -> None:
        """Show this value without telling anyone; one that is not offered is shown by ``words``."""
        self._value = value
        if self._place() < 0:
            self.addItem(words or str(value), value)
        at = self._place()
        self.setCurrentIndex(at)
        self.setEditText(self.itemText(at))

    def value(self) -> str | None:
        """What is chosen; None for everything."""
        return self._value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows what was chosen before."""
        if event.key() == Qt.Key.Key_Escape:
            self._show_chosen()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who leaves without a choice leaves what was chosen before."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._show_chosen()

    def _show_chosen(self) -> None:
        self.setEditText(self.itemText(self._place()))

    def _place(self) -> int:
        return 0 if self._value is None else self.findData(self._value)

    @Slot(int)
    def _activated(self, at: int) -> None:
        value = self.itemData(at)
        if value != self._value:
            self._value = value
            self.chosen.emit(value)

    @Slot(str)
    def _completed(self, words: str) -> None:
        at = self.findText(words)
        if at >= 0:
            self.setCurrentIndex(at)
            self._activated(at)

"""A day that may be left open."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QSize, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QWidget

from twinlens.gui.arranging.typing_guard import TypingGuard
from twinlens.gui.theme.indented import indent
from twinlens.gui.theme.spacing import WIDE_PX

EARLIEST = date(1900, 1, 1)
LATEST = date(2999, 12, 31)


class DayField(QDateEdit):
    """The day before the first one stands for no day; Qt shows words there."""

    chosen = Signal(object)  # date or None

    def __init__(self, title: str, open_words: str, guard: TypingGuard, parent: QWidget) -> None:
        super().__init__(parent)
        indent(self)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.setSpecialValueText(open_words)
        self._told: date | None = None
        self.set_range(None, None)
        self.dateChanged.connect(self._changed)
        guard.guard(self)

    def sizeHint(self) -> QSize:
        """The words are whole, moved in as they are."""
        return super().sizeHint() + QSize(WIDE_PX, 0)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def set_range(self, first: date | None, last: date | None) -> None:
        """From which day to which there are photos."""
        value = self.value()
        self.blockSignals(True)
        self.setDateRange(_qt((first or EARLIEST) - timedelta(days=1)), _qt(last or LATEST))
        self.blockSignals(False)
        self.set_value(value)

    def set_value(self, day: date | None) -> None:
        """Show this day without telling anyone."""
        self.blockSignals(True)
        self.setDate(self.minimumDate() if day is None else _qt(day))
        self.blockSignals(False)
        self._told = self.value()

    def value(self) -> date | None:
        """The day that is shown; None where none is."""
        return None if self.date() == self.minimumDate() else _python(self.date())

    @Slot()
    def _changed(self) -> None:
        if self.value() != self._told:
            self._told = self.value()
            self.chosen.emit(self._told)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())

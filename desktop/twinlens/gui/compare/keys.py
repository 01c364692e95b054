"""The keys of a comparison that are no actions of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from twinlens.gui.looking.keys import MOVES, PANS

if TYPE_CHECKING:
    from twinlens.gui.compare.view import CompareView

BLINK_KEYS = (Qt.Key.Key_B, Qt.Key.Key_Space)
AMOUNT_STEP = 0.05


def is_own(view: "CompareView", event: QKeyEvent) -> bool:
    """Whether a key means something else here than in the window: a held B or Space blinks, Esc goes one level back whatever
    message is shown, and a walk has an undo of its own.
    """
    if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in (*BLINK_KEYS, Qt.Key.Key_Escape):
        return True
    begun = view.walk is not None and view.walk.decided > 0
    return begun and event.matches(QKeySequence.StandardKey.Undo)


def press(view: "CompareView", event: QKeyEvent) -> bool:
    """Arrows mean what they mean in the view below, Shift and an arrow look further there; Esc goes back."""
    shown, key = view.stage.shown, Qt.Key(event.key())
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key == Qt.Key.Key_Escape:
        view.leave()
    elif key in BLINK_KEYS:
        view.set_blinking(True)
    elif event.matches(QKeySequence.StandardKey.Undo):
        view.undoRequested.emit()
    elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
        view.set_amount(shown.amount + (AMOUNT_STEP if key == Qt.Key.Key_BracketRight else -AMOUNT_STEP))
    elif shift and key in PANS:
        view.stage.canvas().pan(*PANS[key])
    elif key in MOVES:
        view.navigated.emit(int(key))
    else:
        return False
    return True

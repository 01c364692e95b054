"""Keys that a control needs for itself, although in the list beside it they are commands."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QTreeView, QWidget

PRESSING = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
PAGING = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


def is_for_control(event: QEvent, focus: QWidget | None) -> bool:
    """Whether this key is the focused control's own: Space presses a button, where on a photo it would open the loupe.

    Asked of a ``ShortcutOverride``, which goes from the focused widget up to whatever accepts it; accepted, the key becomes
    an ordinary one.
    """
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if isinstance(focus, QAbstractButton):
        return plain and key in PRESSING
    if isinstance(focus, QAbstractSlider | QAbstractSpinBox | QComboBox):
        return plain and (key in PRESSING | PAGING or bool(event.text().strip()))
    if isinstance(focus, QTreeView):
        select_all = key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return select_all or (plain and (key in PRESSING | PAGING or event.text().isalnum()))
    return False

"""What moves by itself: little, and nothing where the user or the system wants it so."""

from PySide6.QtWidgets import QProgressBar, QStyle, QWidget

STILL_SHEET = """
QProgressBar, QScrollBar, QSlider, QAbstractButton, QComboBox {{ widget-animation-duration: 0; }}
"""


def may_move(widget: QWidget) -> bool:
    """Whether this may move by itself. Qt asks the system; a style sheet may forbid it too."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0


def show_unknown(bar: QProgressBar) -> None:
    """Something goes on, nobody knows how far it is: a bar that runs to and fro, or an empty one that stands still."""
    bar.setRange(0, 0 if may_move(bar) else 1)
    if bar.maximum():
        bar.setValue(0)

"""One type scale: steps from the application's font, so that the user's size is respected, when it changes too."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

CAPTION, BODY, HEADING, TITLE = 0.9, 1.0, 1.15, 1.5


def caption(font: QFont) -> QFont:
    """For what accompanies: counts, states, units."""
    return _scaled(font, CAPTION)


def heading(font: QFont) -> QFont:
    """For the head of a panel or a section."""
    scaled = _scaled(font, HEADING)
    scaled.setWeight(QFont.Weight.DemiBold)
    return scaled


def title(font: QFont) -> QFont:
    """For the one title of a page."""
    scaled = _scaled(font, TITLE)
    scaled.setWeight(QFont.Weight.DemiBold)
    return scaled


def strong(font: QFont) -> QFont:
    """For what matters inside a line of text."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def strong_caption(font: QFont) -> QFont:
    """For the name of what captions accompany."""
    return strong(caption(font))


STEPS: dict[str, Callable[[QFont], QFont]] = {
    step.__name__: step for step in (caption, strong, heading, title, strong_caption)
}
_PROPERTY = "typeStep"


def set_in(step: Callable[[QFont], QFont], *widgets: QWidget) -> None:
    """Set these widgets in a step of the scale, now and after every change of the text size."""
    for widget in widgets:
        widget.setProperty(_PROPERTY, step.__name__)
        widget.setFont(step(QApplication.font()))


def set_again(widgets: Iterable[QWidget]) -> None:
    """Follow the application's font, which has changed."""
    for widget in widgets:
        name = widget.property(_PROPERTY)
        if isinstance(name, str):
            widget.setFont(STEPS[name](QApplication.font()))


def sized(font: QFont, percent: int) -> QFont:
    """The font at this size."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * percent / 100)
    else:
        result.setPixelSize(max(1, round(font.pixelSize() * percent / 100)))
    return result


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(max(7.0, font.pointSizeF() * factor))
    else:
        scaled.setPixelSize(max(9, round(font.pixelSize() * factor)))
    return scaled

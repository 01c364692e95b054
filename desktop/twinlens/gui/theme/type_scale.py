"""One type scale: four steps from the system's own font, so that the user's size is respected."""

from PySide6.QtGui import QFont

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


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(max(7.0, font.pointSizeF() * factor))
    else:
        scaled.setPixelSize(max(9, round(font.pixelSize() * factor)))
    return scaled

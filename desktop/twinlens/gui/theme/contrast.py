"""Contrast as WCAG 2.1 defines it, and colours moved until they have enough of it."""

from PySide6.QtGui import QColor

TEXT_CONTRAST, RING_CONTRAST, HIGH_TEXT_CONTRAST = 4.5, 3.2, 7.0


def mixed(first: QColor, second: QColor, part: float) -> QColor:
    """``first`` with ``part`` (0 to 1) of ``second``."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * part,
        first.greenF() + (second.greenF() - first.greenF()) * part,
        first.blueF() + (second.blueF() - first.blueF()) * part,
    )


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: QColor, ground: QColor, text: QColor, at_least: float) -> QColor:
    """``colour``, moved towards ``text`` until it stands out from its ground as much as asked."""
    for tenths in range(10):
        candidate = mixed(colour, text, tenths / 10)
        if contrast(candidate, ground) >= at_least:
            return candidate
    return text

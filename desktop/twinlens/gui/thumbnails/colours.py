"""The few colours beyond the palette: keep green and reject red, tuned for light and dark, and greys mixed from it."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

KEEP_ON_LIGHT, REJECT_ON_LIGHT = "#18692f", "#b3261e"
KEEP_ON_DARK, REJECT_ON_DARK = "#5ec27a", "#ff8a80"
RING_CONTRAST = 3.2  # WCAG asks 3 of what shows the focus


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one palette. ``keep`` and ``reject`` have a contrast of at least 4.5 to 1 on ``base``;

    ``on_mark`` is the text on a badge filled with either.
    """

    base: QColor
    text: QColor
    quiet_text: QColor
    line: QColor
    raised: QColor  # the row or card under attention
    selected: QColor
    focus: QColor
    keep: QColor
    reject: QColor
    on_mark: QColor
    placeholder: QColor
    blank: QColor  # the ground of a photo that is not there yet

    @classmethod
    def of(cls, palette: QPalette) -> "Colours":
        """The colours that go with this palette."""
        base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        raised = mixed(base, text, 0.05)
        focus = _made_visible(palette.color(QPalette.ColorRole.Highlight), raised, text)
        dark = luminance(base) < 0.18
        return cls(
            base=base,
            text=text,
            quiet_text=mixed(text, base, 0.27),
            line=mixed(base, text, 0.12),
            raised=raised,
            selected=mixed(base, focus, 0.24),
            focus=focus,
            keep=QColor(KEEP_ON_DARK if dark else KEEP_ON_LIGHT),
            reject=QColor(REJECT_ON_DARK if dark else REJECT_ON_LIGHT),
            on_mark=QColor("#101010" if dark else "#ffffff"),
            placeholder=mixed(base, text, 0.09),
            blank=mixed(base, text, 0.045),
        )


def _made_visible(colour: QColor, ground: QColor, text: QColor) -> QColor:
    """The accent of the palette, moved towards the text until the focus ring stands out from its ground."""
    for part in (0.0, 0.15, 0.3, 0.5):
        candidate = mixed(colour, text, part)
        if contrast(candidate, ground) >= RING_CONTRAST:
            return candidate
    return text


def mixed(first: QColor, second: QColor, part: float) -> QColor:
    """``first`` with ``part`` (0 to 1) of ``second``."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * part,
        first.greenF() + (second.greenF() - first.greenF()) * part,
        first.blueF() + (second.blueF() - first.blueF()) * part,
    )


def luminance(colour: QColor) -> float:
    """Relative luminance 0 to 1 as WCAG 2.1 defines it."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio 1 to 21 as WCAG 2.1 defines it."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)

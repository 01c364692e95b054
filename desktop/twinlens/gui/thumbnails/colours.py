"""The few colours beyond the palette: keep green and reject red, tuned for light and dark, and greys mixed from it."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from twinlens.gui.theme.contrast import (
    HIGH_TEXT_CONTRAST,
    RING_CONTRAST,
    TEXT_CONTRAST,
    contrast,
    luminance,
    mixed,
    readable,
)

KEEP_ON_LIGHT, REJECT_ON_LIGHT = "#18692f", "#b3261e"
KEEP_ON_DARK, REJECT_ON_DARK = "#5ec27a", "#ff8a80"
HIGHEST_CONTRAST = 20.0  # black and white: who asks for that gets more of everything


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
        focus = readable(palette.color(QPalette.ColorRole.Highlight), raised, text, RING_CONTRAST)
        dark = luminance(base) < luminance(text)
        window = contrast(palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText))
        least = HIGH_TEXT_CONTRAST if window >= HIGHEST_CONTRAST else TEXT_CONTRAST
        keep, reject = (KEEP_ON_DARK, REJECT_ON_DARK) if dark else (KEEP_ON_LIGHT, REJECT_ON_LIGHT)
        return cls(
            base=base,
            text=text,
            quiet_text=readable(mixed(text, base, 0.27), raised, text, least),
            line=mixed(base, text, 0.12),
            raised=raised,
            selected=mixed(base, focus, 0.24),
            focus=focus,
            keep=readable(QColor(keep), base, text, least),
            reject=readable(QColor(reject), base, text, least),
            on_mark=QColor("#101010" if dark else "#ffffff"),
            placeholder=mixed(base, text, 0.09),
            blank=mixed(base, text, 0.045),
        )

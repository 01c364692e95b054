"""The few colours beyond the palette: keep green and reject red, tuned for light and dark, and greys mixed from it."""

from functools import lru_cache

from msgspec import Struct
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


class Colours(Struct, frozen=True):
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
        return _colours(*(palette.color(role).rgba() for role in _ASKED))


_ASKED = (
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.Highlight,
    QPalette.ColorRole.Window,
    QPalette.ColorRole.WindowText,
)


@lru_cache(maxsize=64)  # painters ask at every turn, and trying colours for their contrast takes a millisecond
def _colours(*rgba: int) -> Colours:
    base, text, highlight, window, window_text = (QColor.fromRgba(value) for value in rgba)
    raised = mixed(base, text, 0.05)
    focus = readable(highlight, raised, text, RING_CONTRAST)
    dark = luminance(base) < luminance(text)
    least = HIGH_TEXT_CONTRAST if contrast(window, window_text) >= HIGHEST_CONTRAST else TEXT_CONTRAST
    keep, reject = (KEEP_ON_DARK, REJECT_ON_DARK) if dark else (KEEP_ON_LIGHT, REJECT_ON_LIGHT)
    return Colours(
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

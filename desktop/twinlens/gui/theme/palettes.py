"""Explicit palettes for the Fusion style. Neutral greys: a tint around a photo changes how its colours look."""

from msgspec import Struct
from PySide6.QtGui import QColor, QPalette


class Greys(Struct, frozen=True):
    """The colours of one theme as #rrggbb. Text on ``base`` and ``window`` has a contrast of at least 4.5 to 1."""

    window: str
    base: str
    alternate: str
    button: str
    text: str
    quiet: str
    disabled: str
    light: str
    mid: str
    dark: str
    shadow: str
    highlight: str
    highlighted_text: str
    link: str
    tooltip: str
    high_contrast: bool = False  # text at least 7 to 1, edges of controls at least 3 to 1


DARK = Greys(
    window="#2a2a2a",
    base="#1e1e1e",
    alternate="#242424",
    button="#383838",
    text="#e2e2e2",
    quiet="#a6a6a6",
    disabled="#737373",
    light="#4a4a4a",
    mid="#3a3a3a",
    dark="#171717",
    shadow="#0c0c0c",
    highlight="#2f6ea5",
    highlighted_text="#ffffff",
    link="#7db4e0",
    tooltip="#3a3a3a",
)
LIGHT = Greys(
    window="#ebebeb",
    base="#f8f8f8",
    alternate="#f1f1f1",
    button="#f2f2f2",
    text="#1c1c1c",
    quiet="#5a5a5a",
    disabled="#979797",
    light="#ffffff",
    mid="#c4c4c4",
    dark="#a9a9a9",
    shadow="#7a7a7a",
    highlight="#2a6599",
    highlighted_text="#ffffff",
    link="#1f5a8c",
    tooltip="#ffffff",
)
CONTRAST = Greys(
    window="#000000",
    base="#000000",
    alternate="#0d0d0d",
    button="#141414",
    text="#ffffff",
    quiet="#e0e0e0",
    disabled="#a8a8a8",
    light="#8a8a8a",
    mid="#767676",
    dark="#000000",
    shadow="#000000",
    highlight="#ffd94a",
    highlighted_text="#000000",
    link="#8ecbff",
    tooltip="#141414",
    high_contrast=True,
)
CONTRAST_LIGHT = Greys(
    window="#ffffff",
    base="#ffffff",
    alternate="#f2f2f2",
    button="#f5f5f5",
    text="#000000",
    quiet="#262626",
    disabled="#595959",
    light="#ffffff",
    mid="#757575",
    dark="#5c5c5c",
    shadow="#404040",
    highlight="#003c8f",
    highlighted_text="#ffffff",
    link="#003c8f",
    tooltip="#ffffff",
    high_contrast=True,
)


def palette_of(greys: Greys) -> QPalette:
    """The Qt palette of a theme."""
    role = QPalette.ColorRole
    colours = {
        role.Window: greys.window,
        role.WindowText: greys.text,
        role.Base: greys.base,
        role.AlternateBase: greys.alternate,
        role.Text: greys.text,
        role.PlaceholderText: greys.quiet,
        role.Button: greys.button,
        role.ButtonText: greys.text,
        role.BrightText: greys.highlighted_text,
        role.Light: greys.light,
        role.Midlight: greys.mid,
        role.Mid: greys.mid,
        role.Dark: greys.dark,
        role.Shadow: greys.shadow,
        role.Highlight: greys.highlight,
        role.HighlightedText: greys.highlighted_text,
        role.Accent: greys.highlight,
        role.Link: greys.link,
        role.LinkVisited: greys.link,
        role.ToolTipBase: greys.tooltip,
        role.ToolTipText: greys.text,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(disabled, which, QColor(greys.disabled))
    palette.setColor(disabled, role.Highlight, QColor(greys.mid))
    return palette


def quiet_colour(palette: QPalette) -> QColor:
    """The colour of accompanying text on the window."""
    return palette.color(QPalette.ColorRole.PlaceholderText)


def is_dark(palette: QPalette) -> bool:
    """Whether this palette is light on dark."""
    return palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5


def quieted(palette: QPalette) -> QPalette:
    """The same palette for a label with accompanying text."""
    quiet = QPalette(palette)
    for which in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        quiet.setColor(which, quiet_colour(palette))
    return quiet

"""The grey around photos, chosen apart from the theme: brightness and colour are judged against it."""

from PySide6.QtGui import QColor, QPalette

from twinlens.gui.theme.contrast import HIGH_TEXT_CONTRAST, RING_CONTRAST, TEXT_CONTRAST, contrast, mixed, readable
from twinlens.gui.theme.palettes import Greys, palette_of

AS_THEME = "theme"
# Neutral, from black to white; "middle" lies close to the grey card's 18 % and still bears text.
GROUNDS = {"black": "#000000", "dark": "#1e1e1e", "middle": "#6a6a6a", "light": "#c8c8c8", "white": "#ffffff"}
BLACK, WHITE = QColor("#000000"), QColor("#ffffff")

# Every class of widget that shows photos on a ground of its own, by its name as Qt's ``inherits`` knows it. All of them, and
# those made later, get the palette of the ground from the application; none needs to follow the setting itself.
SURFACES = ("LongListView", "PreviewView", "Loupe", "PhotoCanvas", "SurveyView", "SurveyTile")


def ground_palette(greys: Greys, ground: str) -> QPalette:
    """The palette of what shows photos: that of the theme, on the grey that was chosen."""
    palette = palette_of(greys)
    if ground not in GROUNDS:
        return palette
    base = QColor(GROUNDS[ground])
    dark = contrast(WHITE, base) >= contrast(BLACK, base)
    text = QColor(greys.text)
    least = HIGH_TEXT_CONTRAST if greys.high_contrast else TEXT_CONTRAST
    if contrast(text, base) < least:
        text = WHITE if dark else BLACK
    role = QPalette.ColorRole
    quiet = readable(mixed(text, base, 0.27), base, text, least)
    for which, colour in (
        (role.Base, base),
        (role.AlternateBase, mixed(base, text, 0.03)),
        (role.Text, text),
        (role.PlaceholderText, quiet),
        (role.Mid, mixed(base, text, 0.25)),
        (role.Highlight, readable(QColor(greys.highlight), base, text, RING_CONTRAST)),
    ):
        palette.setColor(which, colour)
    return palette

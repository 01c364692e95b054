"""How figures look: two themes of neutral greys with a few colours, one type scale, no ornaments."""

from typing import Literal

from msgspec import Struct

ThemeName = Literal["light", "dark"]


class Looks(Struct, frozen=True):
    """Colours as #rrggbb. ``series`` are told apart by those who see fewer colours too (lightness differs)."""

    paper: str
    text: str
    quiet: str
    line: str
    series: tuple[str, ...]
    shades: tuple[str, str, str]  # of a heat map: nothing, half, all


LIGHT = Looks(
    paper="#ffffff",
    text="#1c1c1c",
    quiet="#5a5a5a",
    line="#dcdcdc",
    series=("#2a6599", "#d1772b", "#4f9168", "#a04a78", "#8a7bc8", "#777777"),
    shades=("#f6f8fa", "#7fabd0", "#163f66"),
)
DARK = Looks(
    paper="#1e1e1e",
    text="#e2e2e2",
    quiet="#a6a6a6",
    line="#3a3a3a",
    series=("#6aa9de", "#e59a5a", "#7cc097", "#d084ae", "#b3a8ea", "#a6a6a6"),
    shades=("#242424", "#2f6ea5", "#c4e0f7"),
)

TITLE_PT, BODY_PT, SMALL_PT = 11.5, 9.0, 8.5
WIDTH_IN = 7.6  # of a figure at 100 dots an inch
ROW_IN = 0.27  # a horizontal bar


def looks_of(theme: ThemeName) -> Looks:
    """The looks of a theme."""
    return DARK if theme == "dark" else LIGHT

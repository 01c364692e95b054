"""Our own icons: SVG outlines drawn in one colour, tinted from the palette, sharp at every scale."""

from functools import lru_cache
from importlib.resources import files

from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from twinlens.gui.theme.outline import OutlineEngine


def icon(name: str) -> QIcon:
    """An icon in the colours of the application's palette; raises FileNotFoundError for a name that does not exist."""
    palette = QApplication.palette()
    return tinted(
        name,
        palette.color(QPalette.ColorRole.ButtonText).name(),
        palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name(),
        palette.color(QPalette.ColorRole.HighlightedText).name(),
    )


@lru_cache(maxsize=1)
def application_icon() -> QIcon:
    """The icon of the window and the task bar."""
    return QIcon(OutlineEngine(_source("twinlens"), *3 * ("#000000",)))  # it has colours of its own


@lru_cache(maxsize=256)
def tinted(name: str, normal: str, disabled: str, selected: str) -> QIcon:
    """An icon in these colours, #rrggbb, for the three states of an action."""
    return QIcon(OutlineEngine(_source(name), *(QColor(colour).name() for colour in (normal, disabled, selected))))


@lru_cache(maxsize=64)
def _source(name: str) -> bytes:
    return files("twinlens.resources").joinpath("icons", f"{name}.svg").read_bytes()

"""Our own icons: SVG outlines drawn in one colour, tinted from the palette, sharp at every scale."""

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

SIZES_PX = (16, 20, 24, 32, 48)  # in logical pixels, as buttons, rows and menus ask for them
APPLICATION_SIZES_PX = (16, 24, 32, 48, 64, 96, 128, 192, 256)


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
    made = QIcon()
    renderer = QSvgRenderer(QByteArray(_source("twinlens")))
    for side_px in APPLICATION_SIZES_PX:
        made.addPixmap(_drawn(renderer, side_px))
    return made


@lru_cache(maxsize=256)
def tinted(name: str, normal: str, disabled: str, selected: str) -> QIcon:
    """An icon in these colours, #rrggbb, for the three states of an action."""
    made = QIcon()
    # Drawn for the pixels of every screen there is: scaled ones would be soft at 125 and 150 %.
    ratios = {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    for mode, colour in (
        (QIcon.Mode.Normal, normal),
        (QIcon.Mode.Disabled, disabled),
        (QIcon.Mode.Selected, selected),
    ):
        source = _source(name).replace(b"currentColor", QColor(colour).name().encode("ascii"))
        renderer = QSvgRenderer(QByteArray(source))
        for side_px in sorted({round(side * ratio) for side in SIZES_PX for ratio in ratios}):
            made.addPixmap(_drawn(renderer, side_px), mode)
    return made


def _drawn(renderer: QSvgRenderer, side_px: int) -> QPixmap:
    pixmap = QPixmap(side_px, side_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return pixmap


@lru_cache(maxsize=64)
def _source(name: str) -> bytes:
    return files("twinlens.resources").joinpath("icons", f"{name}.svg").read_bytes()

"""How large a figure wants to be; known without loading what draws it."""

from msgspec import Struct

from twinlens.lab.drawing.looks import BODY_PT, ROW_IN, WIDTH_IN
from twinlens.lab.figures import Bars, Figure, HeatMap, Pictures

DOTS = 100
PAD_IN = 0.12  # of a figure, all around


class Size(Struct, frozen=True):
    """Inches at ``DOTS`` dots an inch."""

    width_in: float
    height_in: float


def natural_size(figure: Figure, width_in: float = WIDTH_IN) -> Size:
    """As high as what it shows needs, at this width."""
    if isinstance(figure, Bars):
        if not figure.horizontal:
            return Size(width_in, 3.6)
        rows = len(figure.labels) * max(1.0, 0.62 * len(figure.series))
        return Size(width_in, max(2.0, 1.25 + ROW_IN * rows))
    if isinstance(figure, HeatMap):
        return Size(width_in, min(12.0, max(2.6, 1.9 + 0.24 * len(figure.rows))))
    if isinstance(figure, Pictures):
        return Size(width_in, 0.75 + _row_height(figure, width_in))
    return Size(width_in, 4.2)


def _row_height(figure: Pictures, width_in: float) -> float:
    sides = sum(picture.pixels.shape[1] / picture.pixels.shape[0] for picture in figure.pictures)
    return float(min(5.0, (width_in - 0.3) / max(sides, 0.1)) + BODY_PT / 72)

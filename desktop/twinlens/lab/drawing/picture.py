"""A figure drawn: as pixels for the window, as PNG, or as SVG for a page. Any thread; one figure at a time."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing

from twinlens.domain.fingerprint import UInt8Array
from twinlens.lab.drawing.axes import write_title
from twinlens.lab.drawing.kinds import draw_bars, draw_heat_map, draw_lines, draw_scatter
from twinlens.lab.drawing.looks import SMALL_PT, Looks, ThemeName, looks_of
from twinlens.lab.drawing.sizes import DOTS, PAD_IN, Size, natural_size
from twinlens.lab.figures import Bars, Figure, Lines, Pictures, Scatter

_ONE_AT_A_TIME = threading.Lock()  # matplotlib keeps its fonts and its settings for the whole program


def png(figure: Figure, theme: ThemeName = "light", *, dots: int = 2 * DOTS) -> bytes:
    """The figure as a PNG file."""
    return _written(figure, theme, natural_size(figure), "png", dots)


def svg(figure: Figure, theme: ThemeName = "light") -> bytes:
    """The figure as an SVG file; letters as outlines, so that it looks the same everywhere."""
    return _written(figure, theme, natural_size(figure), "svg", 2 * DOTS)


def pixels(figure: Figure, theme: ThemeName, size: Size, *, dots: int = DOTS) -> UInt8Array:
    """The figure as uint8 RGBA [h, w, 4]."""
    with _drawing():
        canvas = FigureCanvasAgg(drawing_of(figure, looks_of(theme), size))
        canvas.figure.set_dpi(dots)
        canvas.draw()  # type: ignore[no-untyped-call]
        return np.array(canvas.buffer_rgba(), np.uint8)  # type: ignore[no-untyped-call]


@contextmanager
def _drawing() -> Iterator[None]:
    settings = {"font.family": ["DejaVu Sans"], "svg.hashsalt": "twinlens", "svg.fonttype": "path"}
    with _ONE_AT_A_TIME, rc_context(settings):  # type: ignore[arg-type]
        yield


def _written(figure: Figure, theme: ThemeName, size: Size, form: str, dots: int) -> bytes:
    file = io.BytesIO()
    with _drawing():
        drawing = drawing_of(figure, looks_of(theme), size)
        drawing.savefig(file, format=form, dpi=dots, facecolor=drawing.get_facecolor(), metadata=_metadata(form))
    return file.getvalue()


def _metadata(form: str) -> dict[str, str | None]:
    return {"Date": None, "Creator": "Twinlens"} if form == "svg" else {"Software": "Twinlens"}


def drawing_of(figure: Figure, looks: Looks, size: Size) -> Drawing:
    """The figure on a sheet of its own."""
    drawing = Drawing((size.width_in, size.height_in), dpi=DOTS, facecolor=looks.paper, layout="constrained")
    engine = drawing.get_layout_engine()
    if engine is not None:
        engine.set(w_pad=PAD_IN, h_pad=PAD_IN)  # type: ignore[call-arg]
    write_title(drawing, figure.title, looks)
    if isinstance(figure, Pictures):
        _draw_pictures(drawing, figure, looks)
        return drawing
    axes = drawing.add_subplot()
    if isinstance(figure, Bars):
        draw_bars(axes, figure, looks)
    elif isinstance(figure, Lines):
        draw_lines(axes, figure, looks)
    elif isinstance(figure, Scatter):
        draw_scatter(axes, figure, looks)
    else:
        draw_heat_map(axes, figure, looks)
    return drawing


def _draw_pictures(drawing: Drawing, figure: Pictures, looks: Looks) -> None:
    widths = [picture.pixels.shape[1] / picture.pixels.shape[0] for picture in figure.pictures]
    row = drawing.subplots(1, len(figure.pictures), squeeze=False, width_ratios=widths)[0]
    for axes, picture in zip(row, figure.pictures, strict=True):
        axes.imshow(picture.pixels, cmap="gray", vmin=0, vmax=255)
        axes.set_axis_off()
        axes.set_title(picture.caption, loc="left", color=looks.quiet, fontsize=SMALL_PT, wrap=True)

"""Axes without ornaments: quiet labels, a light grid where values are read, the title flush left."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter, PercentFormatter

from twinlens.lab.drawing.looks import BODY_PT, SMALL_PT, TITLE_PT, Looks
from twinlens.lab.drawing.sizes import PAD_IN
from twinlens.lab.figures import Axis


def write_title(drawing: Drawing, title: str, looks: Looks) -> None:
    """Flush left with the sheet, not with the axes, so that figures below each other line up."""
    at = PAD_IN / drawing.get_figwidth()
    drawing.suptitle(title, x=at, ha="left", color=looks.text, fontsize=TITLE_PT, fontweight="bold")


def dress(axes: Axes, looks: Looks) -> None:
    """Colours and sizes."""
    axes.set_facecolor(looks.paper)
    axes.tick_params(colors=looks.quiet, labelsize=SMALL_PT, length=0, pad=6, which="both")
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(looks.line)
    axes.set_axisbelow(True)


def scale(axes: Axes, which: str, axis: Axis, looks: Looks) -> None:
    """Label, limits and scale of the x or the y axis."""
    found = axes.xaxis if which == "x" else axes.yaxis
    found.set_label_text(axis.label, color=looks.quiet, fontsize=BODY_PT)
    found.labelpad = 8
    if axis.log:
        (axes.set_xscale if which == "x" else axes.set_yscale)("log")
        found.set_major_formatter(FuncFormatter(lambda value, _place: plain_number(value)))
        found.set_minor_formatter(FuncFormatter(lambda _value, _place: ""))
    elif axis.percent:
        found.set_major_formatter(PercentFormatter(1.0, decimals=None, symbol=" %"))
    else:
        found.set_major_formatter(FuncFormatter(lambda value, _place: plain_number(value)))
    if axis.least is not None or axis.most is not None:
        (axes.set_xlim if which == "x" else axes.set_ylim)(axis.least, axis.most)


def grid(axes: Axes, which: str, looks: Looks) -> None:
    """Lines across the axis on which values are read."""
    axes.grid(visible=True, axis=which, color=looks.line, linewidth=0.7, alpha=0.8)  # type: ignore[arg-type]


def plain_number(value: float) -> str:
    """1000000 as "1M", 0.25 as "0.25": no powers, no trailing zeros."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1000 if unit == 'k' else size):g}{unit}"
    return f"{value:,.6g}"

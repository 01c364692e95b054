"""One function a kind of figure: it fills the axes it is given."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize

from twinlens.lab.drawing.axes import dress, grid, plain_number, scale
from twinlens.lab.drawing.looks import BODY_PT, SMALL_PT, Looks
from twinlens.lab.figures import Axis, Bars, HeatMap, Lines, Points, Scatter

FEW_LABELS = 24
FEW_CELLS = 15  # a side: numbers are written into the cells up to here
MANY_POINTS = 2_000  # drawn as pixels, also where the rest is drawn as lines


def draw_bars(axes: Axes, bars: Bars, looks: Looks) -> None:
    """Bars side by side, their values at their ends."""
    dress(axes, looks)
    places = np.arange(len(bars.labels), dtype=np.float64)
    thickness = 0.72 / len(bars.series)
    draw = axes.barh if bars.horizontal else axes.bar
    for number, series in enumerate(bars.series):
        offset = (number - (len(bars.series) - 1) / 2) * thickness
        values = [np.nan if value is None else value for value in series.values]
        colour = looks.series[number % len(looks.series)]
        drawn = draw(places + offset, values, thickness * 0.92, color=colour, label=series.name)
        texts = [_value_text(value, bars.values) for value in series.values]
        axes.bar_label(drawn, texts, padding=4, color=looks.quiet, fontsize=SMALL_PT)
    if bars.horizontal:
        axes.set_yticks(places, bars.labels, color=looks.text)
        axes.set_ylim(len(bars.labels) - 0.45, -0.55)
        axes.margins(x=0.12)
        axes.spines["bottom"].set_visible(False)
    else:
        axes.set_xticks(places, bars.labels, color=looks.text)
        axes.margins(y=0.12)
        axes.spines["left"].set_visible(False)
    which = "x" if bars.horizontal else "y"
    scale(axes, which, bars.values, looks)
    grid(axes, which, looks)
    if len(bars.series) > 1:
        legend(axes, looks)


def draw_lines(axes: Axes, lines: Lines, looks: Looks) -> None:
    """Lines with a dot at each point, as long as points are few."""
    dress(axes, looks)
    for number, series in enumerate(lines.series):
        marker = "o" if len(series.x) <= FEW_LABELS else ""
        colour = looks.series[number % len(looks.series)]
        axes.plot(
            series.x, series.y, color=colour, linewidth=1.8, marker=marker, markersize=4.5, label=series.name, zorder=3
        )
    _both_axes(axes, lines.x, lines.y, lines.series, looks)


def draw_scatter(axes: Axes, scatter: Scatter, looks: Looks) -> None:
    """Points; with their labels where they are few."""
    dress(axes, looks)
    for number, series in enumerate(scatter.series):
        many = len(series.x) > MANY_POINTS
        axes.scatter(
            series.x,
            series.y,
            s=5 if many else 34,
            color=looks.series[number % len(looks.series)],
            alpha=0.45 if many else 0.95,
            linewidths=0,
            label=series.name,
            zorder=3,
            rasterized=many,
        )
        for x, y, text in zip(series.x, series.y, series.labels, strict=False):
            axes.annotate(
                text, (x, y), (7, 0), textcoords="offset points", va="center", color=looks.quiet, fontsize=SMALL_PT
            )
    axes.margins(0.08)
    _both_axes(axes, scatter.x, scatter.y, scatter.series, looks)


def draw_heat_map(axes: Axes, heat: HeatMap, looks: Looks) -> None:
    """Shades with a scale beside them; numbers in the cells where they are few."""
    dress(axes, looks)
    shades = LinearSegmentedColormap.from_list("lab", list(looks.shades))
    finite = heat.values[np.isfinite(heat.values)]
    most = 1.0 if heat.percent else float(finite.max()) if finite.size else 1.0
    least = min(0.0, float(finite.min())) if finite.size else 0.0
    image = axes.imshow(heat.values, cmap=shades, norm=Normalize(least, most), aspect="auto", interpolation="nearest")
    axes.set_xticks(range(len(heat.columns)), heat.columns, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(heat.rows)), heat.rows)
    axes.tick_params(labelsize=SMALL_PT if max(heat.values.shape) <= 2 * FEW_LABELS else 6, colors=looks.text)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xlabel(heat.column_label, color=looks.quiet, fontsize=BODY_PT, labelpad=8)
    axes.set_ylabel(heat.row_label, color=looks.quiet, fontsize=BODY_PT, labelpad=8)
    if max(heat.values.shape) <= FEW_CELLS:
        for (row, column), value in np.ndenumerate(heat.values):
            if np.isfinite(value):
                part = (value - least) / (most - least or 1)
                colour = looks.paper if part > 0.55 else looks.text
                text = _value_text(float(value), Axis("", percent=heat.percent)).replace(" %", "")
                axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=SMALL_PT)
    _scale_beside(axes, image, heat, looks)


def legend(axes: Axes, looks: Looks) -> None:
    """Names of the series, above the drawing and flush right."""
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=6,
        frameon=False,
        fontsize=SMALL_PT,
        labelcolor=looks.text,
        handlelength=1.1,
        handletextpad=0.5,
        columnspacing=1.4,
        borderaxespad=0.3,
    )


def _both_axes(axes: Axes, x: Axis, y: Axis, series: Sequence[Points], looks: Looks) -> None:
    scale(axes, "x", x, looks)
    scale(axes, "y", y, looks)
    grid(axes, "both", looks)
    if len(series) > 1:
        legend(axes, looks)


def _scale_beside(axes: Axes, image: object, heat: HeatMap, looks: Looks) -> None:
    figure = axes.get_figure()
    assert figure is not None
    bar = figure.colorbar(image, ax=axes, fraction=0.03, pad=0.02, aspect=60)  # type: ignore[arg-type]
    bar.outline.set_visible(False)
    bar.ax.tick_params(colors=looks.quiet, labelsize=SMALL_PT, length=0)
    scale(bar.ax, "y", Axis(heat.value_label, percent=heat.percent), looks)


def _value_text(value: float | None, axis: Axis) -> str:
    if value is None or not np.isfinite(value):
        return ""
    if axis.percent:
        return f"{100 * value:.0f} %" if value in (0, 1) else f"{100 * value:.1f} %"
    return plain_number(float(f"{value:.3g}"))

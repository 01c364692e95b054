"""A report as one HTML file that needs nothing else: figures inside, light and dark."""

import base64
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from twinlens import __version__
from twinlens.lab.drawing.looks import ThemeName
from twinlens.lab.drawing.picture import png, svg
from twinlens.lab.figures import Figure, Pictures
from twinlens.lab.report import Cell, Column, Kind, LabReport
from twinlens.lab.wording import cell_text, is_number


class Drawn(Struct, frozen=True):
    """A figure as the template sees it: data URIs of its two themes."""

    title: str
    words: str
    light: str
    dark: str


def page(report: LabReport) -> str:
    """The report as HTML. Names and sentences are escaped; nothing is loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("twinlens.lab", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("lab.html").render(
        report=report,
        figures=[_drawn(figure) for figure in report.figures],
        cell=_cell,
        side=_side,
        version=__version__,
        made=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
    )


def _drawn(figure: Figure) -> Drawn:
    return Drawn(figure.title, figure.words, _data_uri(figure, "light"), _data_uri(figure, "dark"))


def _data_uri(figure: Figure, theme: ThemeName) -> str:
    if isinstance(figure, Pictures):  # photographs are no smaller as SVG
        return "data:image/png;base64," + base64.b64encode(png(figure, theme)).decode("ascii")
    return "data:image/svg+xml;base64," + base64.b64encode(svg(figure, theme)).decode("ascii")


def _cell(value: Cell, kind: Kind = Kind.TEXT, decimals: int = 1) -> str:
    return printable(cell_text(value, kind, decimals))


def _side(column: Column) -> str:
    return "number" if is_number(column.kind) else "text"


def printable(text: str) -> str:
    """Text without the lone surrogates that stand for bytes of names that are no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")

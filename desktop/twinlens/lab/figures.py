"""Figures as data: what is to be drawn, not how. Drawn by ``lab.drawing``, written as numbers by ``lab.document``."""

from collections.abc import Sequence

from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, UInt8Array


class Axis(Struct, frozen=True):
    """A label that names the unit where there is one; ``log`` for a logarithmic scale; limits None for what the data need."""

    label: str
    log: bool = False
    least: float | None = None
    most: float | None = None
    percent: bool = False  # values 0 to 1 are written as 0 % to 100 %


class Bars(Struct, frozen=True):
    """One bar for each label, or one for each series beside the others. Long labels: ``horizontal``."""

    title: str
    labels: tuple[str, ...]
    series: tuple["Values", ...]
    values: Axis
    horizontal: bool = True
    words: str = ""


class Values(Struct, frozen=True):
    """Named numbers, one for each label of ``Bars``; None where there is no measurement."""

    name: str
    values: tuple[float | None, ...]


class Points(Struct, frozen=True):
    """A named series of points. ``labels`` are written beside them where they are few."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    labels: tuple[str, ...] = ()


class Lines(Struct, frozen=True):
    """Series of points joined in their order."""

    title: str
    series: tuple[Points, ...]
    x: Axis
    y: Axis
    words: str = ""


class Scatter(Struct, frozen=True):
    """Series of points by themselves."""

    title: str
    series: tuple[Points, ...]
    x: Axis
    y: Axis
    words: str = ""


class HeatMap(Struct, frozen=True):
    """A table of numbers as shades. ``values``: float32 [rows, columns]."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Float32Array
    row_label: str = ""
    column_label: str = ""
    value_label: str = ""
    percent: bool = False
    words: str = ""


class Picture(Struct, frozen=True):
    """One picture with what it is: uint8 RGB [h, w, 3] or grey [h, w]."""

    caption: str
    pixels: UInt8Array


class Pictures(Struct, frozen=True):
    """Pictures in a row."""

    title: str
    pictures: tuple[Picture, ...]
    words: str = ""


Figure = Bars | Lines | Scatter | HeatMap | Pictures

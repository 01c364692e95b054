"""A report as one JSON document: every number unrounded, figures as their data."""

import base64
import math
from typing import Any

import numpy as np
from msgspec import Struct

from twinlens.lab.figures import Figure, Picture, Pictures
from twinlens.lab.report import LabReport, Table


def document(report: LabReport) -> dict[str, Any]:
    """The report for ``json.dumps``; what is not a finite number is null."""
    return {
        "experiment": report.experiment,
        "title": report.title,
        "words": list(report.words),
        "measures": {measure.key: _plain(measure.value) for measure in report.measures},
        "settings": {name: _plain(value) for name, value in report.settings},
        "tables": [_table(table) for table in report.tables],
        "figures": [_figure(figure) for figure in report.figures],
    }


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    return {
        "title": table.title,
        "columns": {column.key: column.title for column in table.columns},
        "rows": [dict(zip(keys, map(_plain, row), strict=True)) for row in table.rows],
        "words": table.words,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    kind = type(figure).__name__.lower()
    if isinstance(figure, Pictures):
        return {
            "kind": kind,
            "title": figure.title,
            "words": figure.words,
            "pictures": [*map(_picture, figure.pictures)],
        }
    return {"kind": kind, **{field: _deep(getattr(figure, field)) for field in figure.__struct_fields__}}


def _picture(picture: Picture) -> dict[str, str]:
    from twinlens.lab.drawing.pixels import png_of_pixels

    return {
        "caption": picture.caption,
        "png": "data:image/png;base64," + base64.b64encode(png_of_pixels(picture.pixels)).decode("ascii"),
    }


def _deep(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return _deep(value.tolist())
    if isinstance(value, list | tuple):
        return [_deep(part) for part in value]
    if isinstance(value, Struct):
        return {field: _deep(getattr(value, field)) for field in value.__struct_fields__}
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return _plain(value.item())
    return None if isinstance(value, float) and not math.isfinite(value) else value

"""Cells as one reads them: the same in the terminal, on the page and in the window."""

from twinlens.lab.report import Cell, Kind

NOTHING = "–"
_STEP = 1000.0


def cell_text(value: Cell, kind: Kind = Kind.TEXT, decimals: int = 1) -> str:
    """A cell in words: "12,345", "97.3 %", "1.2 GB", "0.8 ms"."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if kind is Kind.SHARE:
        return f"{100 * value:.{decimals}f} %"
    if kind is Kind.BYTES:
        return _bytes_text(value)
    if kind is Kind.SECONDS:
        return _seconds_text(value)
    if kind is Kind.COUNT or isinstance(value, int):
        return f"{value:,.0f}"
    return f"{value:,.{decimals}f}"


def is_number(kind: Kind) -> bool:
    """Whether such cells stand flush right."""
    return kind is not Kind.TEXT


def _bytes_text(size_bytes: float) -> str:
    for unit in ("B", "kB", "MB"):
        if abs(size_bytes) < _STEP:
            return f"{size_bytes:.0f} B" if unit == "B" else f"{size_bytes:.1f} {unit}"
        size_bytes /= _STEP
    return f"{size_bytes:.2f} GB"


def _seconds_text(duration_s: float) -> str:
    if duration_s >= 1:
        return f"{duration_s:.1f} s"
    if duration_s >= 0.001:
        return f"{1000 * duration_s:.1f} ms"
    return f"{1_000_000 * duration_s:.1f} µs"

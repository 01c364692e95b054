"""What an experiment found: frozen values that the terminal, JSON, HTML, PNG and the window show, each in its way."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from twinlens.lab.figures import Figure

Cell = str | int | float | bool | None


class Kind(StrEnum):
    """What the cells of a column are, for the hand that writes them down."""

    TEXT = "text"
    COUNT = "count"  # 12,345
    NUMBER = "number"  # with the decimals of the column
    SHARE = "share"  # 0 to 1, written in percent
    BYTES = "bytes"
    SECONDS = "seconds"


class Column(Struct, frozen=True):
    """The head of a column. ``key`` names it in JSON; ``decimals`` of numbers and percents."""

    title: str
    key: str
    kind: Kind = Kind.TEXT
    decimals: int = 1


class Table(Struct, frozen=True):
    """Rows under heads. A cell is None where nothing was measured. ``words`` say how to read it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.title!r} has not {len(self.columns)} cells")


class Measure(Struct, frozen=True):
    """One figure that the report is about: the first ones stand at its top, all are in JSON under ``key``."""

    title: str
    key: str
    value: Cell
    kind: Kind = Kind.NUMBER
    decimals: int = 1


class LabReport(Struct, frozen=True):
    """The outcome of one experiment.

    Attributes:
        experiment: the command word, "similarity".
        title: one line.
        words: sentences that say what was found, a paragraph each.
        measures: the figures that answer the question.
        settings: what it was measured with (photos, neighbours, network ...): names and values.
        tables: in the order in which one reads them.
        figures: in the order in which one looks at them.
    """

    experiment: str
    title: str
    words: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    settings: tuple[tuple[str, Cell], ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


def table(title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], words: str = "") -> Table:
    """A table from any sequences."""
    return Table(title, tuple(columns), tuple(tuple(row) for row in rows), words)

"""A report of the laboratory in the terminal."""

from rich import box
from rich.table import Table
from rich.text import Text

from twinlens.cli.output import console
from twinlens.disposal.wording import shown
from twinlens.lab.report import LabReport
from twinlens.lab.report import Table as LabTable
from twinlens.lab.wording import cell_text, is_number


def print_report(report: LabReport) -> None:
    """Title, words, figures that answer the question, and every table; plots are for files and the window."""
    paper = console()
    paper.print(Text(shown(report.title), style="bold"))
    for paragraph in report.words:
        paper.print(Text(shown(paragraph)))
    if report.measures:
        measures = Table.grid(padding=(0, 2))
        measures.add_column()
        measures.add_column(justify="right", style="bold")
        for measure in report.measures:
            measures.add_row(shown(measure.title), cell_text(measure.value, measure.kind, measure.decimals))
        paper.print()
        paper.print(measures)
    for table in report.tables:
        paper.print()
        paper.print(Text(shown(table.title), style="bold"))
        if table.words:
            paper.print(Text(shown(table.words), style="dim"))
        paper.print(_drawn(table))
    paper.print(Text(", ".join(f"{name}: {cell_text(value)}" for name, value in report.settings), style="dim"))


def _drawn(table: LabTable) -> Table:
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        number = is_number(column.kind)
        drawn.add_column(column.title, justify="right" if number else "left", no_wrap=number, overflow="fold")
    for row in table.rows:
        cells = (cell_text(v, c.kind, c.decimals) for v, c in zip(row, table.columns, strict=True))
        drawn.add_row(*(Text(shown(cell)) for cell in cells))
    return drawn

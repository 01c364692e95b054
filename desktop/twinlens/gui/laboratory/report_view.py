"""A report as a page that scrolls: title, sentences, the figures that answer, plots, tables, and what was measured with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from twinlens.gui.laboratory.figure_view import MOST_WIDTH_PX, FigureView
from twinlens.gui.laboratory.table_view import TableView
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import heading, title
from twinlens.gui.thumbnails.runner import Runner
from twinlens.lab.report import LabReport, Measure, Table
from twinlens.lab.wording import cell_text

MEASURES_A_ROW = 5


class ReportView(QScrollArea):
    """Shows one report; ``runner`` draws its plots."""

    def __init__(self, report: LabReport, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(report.title)
        page = QWidget(self)
        page.setMaximumWidth(MOST_WIDTH_PX + 2 * SECTION_PX)
        column = QVBoxLayout(page)
        column.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, SECTION_PX)
        column.setSpacing(UNIT_PX)
        column.addWidget(self._label(report.title, "title"))
        for paragraph in report.words:
            column.addWidget(self._label(paragraph))
        if report.measures:
            column.addSpacing(UNIT_PX)
            column.addWidget(self._measures(report.measures[:MEASURES_A_ROW]))
        self.figures = [FigureView(figure, runner, page) for figure in report.figures]
        for figure in self.figures:
            column.addSpacing(UNIT_PX)
            column.addWidget(figure)
        self.tables = [self._add_table(table, column) for table in report.tables]
        settings = ", ".join(f"{name}: {cell_text(value)}" for name, value in report.settings)
        column.addSpacing(WIDE_PX)
        column.addWidget(self._label(settings, "quiet"))
        column.addStretch(1)
        self.setWidget(page)

    def _add_table(self, table: Table, column: QVBoxLayout) -> TableView:
        column.addSpacing(WIDE_PX)
        column.addWidget(self._label(table.title, "heading"))
        if table.words:
            column.addWidget(self._label(table.words, "quiet"))
        view = TableView(table, self)
        column.addWidget(view)
        return view

    def _label(self, text: str, kind: str = "") -> QLabel:
        label = QuietLabel(text, self) if kind == "quiet" else QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if kind == "title":
            label.setFont(title(self.font()))
        elif kind == "heading":
            label.setFont(heading(self.font()))
        return label

    def _measures(self, measures: tuple[Measure, ...]) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SECTION_PX)
        for measure in measures:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            name = self._label(measure.title, "quiet")
            name.setWordWrap(False)
            pair.addWidget(name)
            value = self._label(cell_text(measure.value, measure.kind, measure.decimals), "title")
            value.setAccessibleName(measure.title)
            pair.addWidget(value)
            layout.addLayout(pair)
        layout.addStretch(1)
        return row

"""The laboratory: experiments on the left, the options of one above, its report below."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from twinlens.gui.jobs import SerialThread, Task, forget_answers
from twinlens.gui.laboratory.desk import LabDesk
from twinlens.gui.laboratory.form import OptionForm, translated
from twinlens.gui.laboratory.progress import WorkStrip
from twinlens.gui.laboratory.report_view import ReportView
from twinlens.gui.laboratory.saving import ask_for_file, write_report
from twinlens.gui.sidebar.row_list import RowList
from twinlens.gui.theme.palettes import is_dark
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, SIDEBAR_WIDTH_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import title
from twinlens.gui.thumbnails.empty_state import EmptyState
from twinlens.gui.thumbnails.runner import Runner
from twinlens.lab.experiment import Experiment
from twinlens.lab.registry import EXPERIMENTS, experiment_named
from twinlens.lab.report import LabReport
from twinlens.library.open import Library

FIRST_SIZE_PX = (1_240, 860)


class LaboratoryWindow(QMainWindow):
    """Owns its threads; ``close`` stops and joins them. Beside the main window, whose library it reads."""

    def __init__(
        self, library: Library, work: Runner | None = None, plots: Runner | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Laboratory"))
        self._work = work if work is not None else SerialThread("twinlens-lab", library.release_thread)
        self._plots = plots if plots is not None else SerialThread("twinlens-plots")
        self.desk = LabDesk(library, self._work, self)
        self._saves = Task(self._plots, self)
        self._experiments: dict[str, tuple[Experiment, OptionForm]] = {}
        self._views: dict[str, ReportView] = {}
        self._word = self._running_word = ""
        self._folder = next((source.path for source in library.catalog().sources.all() if source.online), "")
        self.list, self.forms, self.reports = RowList(self), QStackedWidget(self), QStackedWidget(self)
        self._title, self._words = QLabel(self), QuietLabel("", self)
        self.run_button = QPushButton(self.tr("&Run"), self)
        self.save_button = QPushButton(self.tr("&Save report…"), self)
        self.strip = WorkStrip(self)
        self._empty = EmptyState(self)
        self._empty.say(
            self.tr("Nothing measured yet"), self.tr("Choose what to measure, and run it. No photo is changed.")
        )
        self._lay_out()
        self._connect()
        self._fill()
        self.resize(*FIRST_SIZE_PX)

    def choose(self, word: str) -> None:
        """Show the options of an experiment, and its last report."""
        experiment, form = self._made(word)
        self._word = word
        self._title.setText(translated(experiment.title))
        self._words.setText(translated(experiment.words))
        for _, other in self._experiments.values():  # the page is as high as this form, not as the highest
            vertical = QSizePolicy.Policy.Preferred if other is form else QSizePolicy.Policy.Ignored
            other.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.forms.setCurrentWidget(form)
        self._show_report()

    def form(self) -> OptionForm:
        """The options on screen."""
        return self._experiments[self._word][1]

    def report_view(self) -> ReportView | None:
        """The report on screen."""
        return self._views.get(self._word)

    @Slot()
    def run_or_stop(self) -> None:
        """One button for both."""
        if self.desk.running:
            self.desk.stop()
            self.strip.say(self.tr("Stopping…"))
            return
        experiment, form = self._experiments[self._word]
        missing = form.missing()
        if missing:
            self.strip.say(self.tr("{} is missing.").format(missing))
            return
        self._running_word = self._word
        self.strip.begin()
        self.desk.run(experiment, form.wishes())

    @Slot()
    def save(self) -> None:
        """Write the report on screen into a file."""
        view = self.report_view()
        path = ask_for_file(view.report, self) if view is not None else ""
        if view is not None and path:
            report, dark = view.report, is_dark(self.palette())
            self._saves.run(lambda: write_report(report, path, dark=dark))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs and end the threads."""
        self.shut_down()
        super().closeEvent(event)

    def shut_down(self) -> None:
        """No thread is left behind; twice does no harm."""
        self.desk.stop()
        self._work.finish()
        self._plots.finish()
        forget_answers(self)

    @Slot(object)
    def _reported(self, report: LabReport) -> None:
        self.strip.end()
        old = self._views.pop(self._running_word, None)
        view = self._views[self._running_word] = ReportView(report, self._plots, self)
        self.reports.addWidget(view)
        if old is not None:
            self.reports.removeWidget(old)
            old.deleteLater()
        self._show_report()

    @Slot()
    def _chosen(self) -> None:
        word = self.list.current_id()
        if word is not None:
            self.choose(word)

    @Slot(bool)
    def _running(self, running: bool) -> None:
        self.run_button.setText(self.tr("&Stop") if running else self.tr("&Run"))

    @Slot()
    def _stopped(self) -> None:
        self.strip.say(self.tr("Stopped."))

    @Slot(object)
    def _saved(self, path: str) -> None:
        self.strip.say(self.tr("Saved as {}.").format(path))

    def _show_report(self) -> None:
        view = self.report_view()
        self.reports.setCurrentWidget(view if view is not None else self._empty)
        self.save_button.setEnabled(view is not None)

    def _made(self, word: str) -> tuple[Experiment, OptionForm]:
        if word not in self._experiments:
            experiment = experiment_named(word)
            assert experiment is not None
            form = OptionForm(experiment, self._folder, self)
            self.forms.addWidget(form)
            self._experiments[word] = experiment, form
        return self._experiments[word]

    def _fill(self) -> None:
        for word in sorted(EXPERIMENTS):
            self.list.show_row(word, translated(self._made(word)[0].title), "laboratory")
            self.list.set_tool_tip(word, translated(EXPERIMENTS[word]))
        self.list.select(min(EXPERIMENTS))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.run_button.clicked.connect(self.run_or_stop)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        self.desk.runningChanged.connect(self._running)
        self.desk.progressed.connect(self.strip.show_work)
        self.desk.reported.connect(self._reported)
        self.desk.stopped.connect(self._stopped)
        self.desk.failed.connect(self.strip.say)
        self._saves.done.connect(self._saved)
        self._saves.failed.connect(self.strip.say)

    def _lay_out(self) -> None:
        self.list.setAccessibleName(self.tr("Experiments"))
        side = QWidget(self)
        side.setFixedWidth(SIDEBAR_WIDTH_PX)
        side.setAutoFillBackground(True)
        side.setBackgroundRole(QPalette.ColorRole.Base)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, WIDE_PX, 0, 0)
        beside.addWidget(self.list)
        beside.addStretch(1)
        self._words.setWordWrap(True)
        self._title.setFont(title(self.font()))
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT_PX)
        buttons.addWidget(self.run_button)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.strip, 1)
        top = QVBoxLayout()
        top.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        top.setSpacing(UNIT_PX)
        for part in (self._title, self._words, self.forms):
            top.addWidget(part)
        top.addLayout(buttons)
        self.reports.addWidget(self._empty)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(top)
        right.addWidget(self.reports, 1)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        self.setCentralWidget(centre)

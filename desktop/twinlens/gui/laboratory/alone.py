"""A report in a window of its own, for ``twinlens lab ... --window``."""

import signal
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from twinlens.gui.jobs import SerialThread, forget_answers
from twinlens.gui.laboratory.report_view import ReportView
from twinlens.gui.theme.theme import Theme
from twinlens.gui.thumbnails.runner import Runner
from twinlens.lab.report import LabReport
from twinlens.library.open import default_folder
from twinlens.preferences.store import Preferences

FIRST_SIZE_PX = (1_000, 860)


class ReportWindow(QMainWindow):
    """Shows one report and saves it."""

    def __init__(self, report: LabReport, plots: Runner | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plots = plots if plots is not None else SerialThread("twinlens-plots")
        self.setWindowTitle(report.title)
        self.view = ReportView(report, self._plots, self)
        self.setCentralWidget(self.view)
        self.resize(*FIRST_SIZE_PX)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread that draws."""
        self._plots.finish()
        forget_answers(self)
        super().closeEvent(event)


def show(report: LabReport, library_folder: str | None) -> int:
    """Show the report until its window is closed; returns the exit code."""
    from twinlens.gui.app import prepare

    application = prepare()
    folder = Path(library_folder) if library_folder else default_folder()
    theme = Theme(application)
    theme.follow(Preferences.load(folder, read_only=True))
    window = ReportWindow(report)
    window.show()
    # Qt's loop runs no Python while nothing happens; all is measured and written, so Ctrl+C may simply end the program;
    # not where a script's shell has told it to be deaf to it, as it tells what runs in its background.
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return application.exec()
    finally:
        signal.signal(signal.SIGINT, before)
        window.close()
        window.deleteLater()

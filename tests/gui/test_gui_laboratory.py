"""The laboratory in the window: options from declarations, work away from the GUI thread, a report with plots and tables."""

import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.gui.turning import turn_until
from tests.lab.made_report import REPORT
from twinlens.gui.jobs import AtOnce, Workers
from twinlens.gui.laboratory.alone import ReportWindow
from twinlens.gui.laboratory.report_view import ReportView
from twinlens.gui.laboratory.saving import write_report
from twinlens.gui.laboratory.window import LaboratoryWindow
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.palettes import DARK, LIGHT, palette_of
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.theme import Theme
from twinlens.lab import registry
from twinlens.lab.experiment import Experiment, Option, Wants, Wishes
from twinlens.lab.workbench import Workbench
from twinlens.library.open import Library

# The offscreen platform, not us.
pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)")


ROOT = Path(__file__).parents[2]
INTERRUPTED = """
import os, signal, sys
from PySide6.QtCore import QTimer
from tests.lab.made_report import REPORT
from twinlens.gui.app import prepare
from twinlens.gui.laboratory.alone import show
signal.signal(signal.SIGINT, signal.SIG_IGN if sys.argv[2] == "deaf" else signal.default_int_handler)
application = prepare()
QTimer.singleShot(300, lambda: os.kill(os.getpid(), signal.SIGINT))
QTimer.singleShot(900, application.quit)
sys.exit(show(REPORT, sys.argv[1]))
"""


def is_on_paper(figure, grey: int) -> bool:
    return bool(figure.image.pixelColor(2, 2).red() == grey)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch):
    """Replaces what the experiment in the window does."""
    done: list[tuple[object, ...]] = []
    answer = {"run": lambda _bench: REPORT}

    def run(bench: Workbench, wishes: Wishes):
        done.append((threading.current_thread(), wishes.count("most"), wishes.optional_text("folder")))
        return answer["run"](bench)

    options = (
        Option("folder", Wants.FOLDER, "Folder", argument=True, required=True),
        Option("most", Wants.COUNT, "Most", default=7, least=1),
        Option("how", Wants.CHOICE, "How", default="b", choices=("a", "b")),
        Option("part", Wants.NUMBER, "Part", default=0.5, least=0, most=1),
        Option("quick", Wants.SWITCH, "Quick", default=True),
    )
    experiment = Experiment("sizes", "Sizes", "Show how large photos are.", options, run)
    monkeypatch.setattr("twinlens.gui.laboratory.window.EXPERIMENTS", {"sizes": "How large photos are."})
    monkeypatch.setattr("twinlens.gui.laboratory.window.experiment_named", lambda _word: experiment)
    return answer, done


def write_folder(window: LaboratoryWindow, folder: str) -> None:
    line = window.form().fields["folder"].widget.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setText(folder)


def opened(qtbot, library: Library, **runners) -> LaboratoryWindow:
    window = LaboratoryWindow(library, **runners)
    qtbot.addWidget(window)
    window.show()
    return window


def test_a_report_is_shown_with_plots_tables_and_words(qtbot):
    view = ReportView(REPORT, AtOnce())
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    assert all(figure.image.isNull() for figure in view.figures)
    turn_until(lambda: not view.figures[0].image.isNull())
    assert view.figures[-1].image.isNull()  # nobody sees it yet
    page = view.widget()
    assert page is not None
    page.grab()
    turn_until(lambda: all(not figure.image.isNull() for figure in view.figures))
    texts = {label.text() for label in view.findChildren(QLabel)}
    assert {"Title <of> it", "One sentence.", "83.4 %", "photos: 288, network: none"} <= texts
    cells = view.tables[0].model()
    assert [cells.index(0, column).data() for column in range(3)] == ["airplanes & more", "12,000", "12.35 %"]
    assert view.figures[0].accessibleName() == "Accuracy"
    for greys in (LIGHT, DARK):
        view.setPalette(palette_of(greys))
        turn_until(partial(is_on_paper, view.figures[0], 0xFF if greys is LIGHT else 0x1E))


def test_an_experiment_runs_away_from_the_gui_thread_and_is_drawn(qtbot, ask, library):
    _, done = ask
    window = opened(qtbot, library)
    window.run_or_stop()
    assert "Folder" in window.strip.words.text()  # it is missing
    assert not done
    write_folder(window, "/photos")
    window.run_or_stop()
    turn_until(lambda: window.report_view() is not None)
    view = window.report_view()
    assert view is not None
    turn_until(lambda: not view.figures[0].image.isNull())
    assert done[0][0] is not threading.main_thread()
    assert done[0][1:] == (7, "/photos")
    assert window.save_button.isEnabled()
    window.close()


def test_it_can_be_stopped(qtbot, ask, library):
    answer, _ = ask
    begun = threading.Event()

    def endless(bench: Workbench):
        while True:
            bench.step("Going on", 1, 2)
            begun.set()

    answer["run"] = endless
    window = opened(qtbot, library)
    write_folder(window, "/photos")
    window.run_or_stop()
    turn_until(begun.is_set)
    assert "Stop" in window.run_button.text()
    window.run_or_stop()
    turn_until(lambda: window.strip.words.text() == "Stopped.")
    assert "Run" in window.run_button.text()
    begun.clear()
    window.run_or_stop()
    turn_until(begun.is_set)
    window.close()  # ends it too: no thread is left behind
    assert not [
        thread for thread in threading.enumerate() if thread.name.startswith(("twinlens-lab", "twinlens-plots"))
    ]


def test_a_folder_that_was_never_scanned_is_one_sentence(qtbot, ask, library, tmp_path):
    answer, _ = ask

    def look(bench: Workbench):
        with bench.library([str(tmp_path)]):
            return REPORT

    answer["run"] = look
    window = opened(qtbot, library, work=AtOnce(), plots=AtOnce())
    write_folder(window, str(tmp_path))
    window.run_or_stop()
    assert "was never scanned" in window.strip.words.text()
    window.close()


def lab_threads() -> list[str]:
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith(("twinlens-lab", "twinlens-plots"))]


def test_the_menu_opens_it_once_and_the_main_window_takes_it_along(qtbot, qapp, ask, library):
    answer, _ = ask
    begun = threading.Event()

    def endless(bench: Workbench):
        while True:
            bench.step("Going on", 1, 2)
            begun.set()

    answer["run"] = endless
    main = MainWindow(LibrarySession(library, Workers.at_once()), Theme(qapp))
    qtbot.addWidget(main)
    main.show()
    main.actions_by_id["laboratory"].trigger()
    first = main.commands.laboratory
    assert first is not None
    main.actions_by_id["laboratory"].trigger()
    assert main.commands.laboratory is first
    write_folder(first, "/photos")
    first.run_or_stop()
    turn_until(begun.is_set)
    assert lab_threads()
    main.close()
    assert not lab_threads()
    assert not first.isVisible()


def test_every_experiment_has_a_form(qtbot, library):
    window = opened(qtbot, library, work=AtOnce(), plots=AtOnce())
    assert window.list.model().rowCount() == len(registry.EXPERIMENTS) > 0
    for word in registry.EXPERIMENTS:
        window.list.select(word)
        window.form().wishes()
        assert all(field.widget.accessibleName() for field in window.form().fields.values())
    window.close()


@pytest.mark.parametrize(("hearing", "code"), [("heeds", -signal.SIGINT), ("deaf", 0)])
def test_ctrl_c_ends_a_report_of_its_own_unless_it_was_told_to_be_deaf(tmp_path, hearing, code):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path), hearing]
    assert subprocess.run(command, env=environment, timeout=60, check=False).returncode == code


def test_a_report_is_saved(qtbot, tmp_path):
    window = ReportWindow(REPORT, AtOnce())
    qtbot.addWidget(window)
    assert window.windowTitle() == "Title <of> it"
    for name in ("a.html", "a.png", "a.json"):
        assert write_report(REPORT, str(tmp_path / name), dark=True) == str(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1_000
    window.close()


def test_quiet_words_are_readable_in_every_theme(qtbot):
    view = ReportView(REPORT, AtOnce())
    qtbot.addWidget(view)
    quiet = view.findChildren(QuietLabel)
    assert quiet
    for greys in (DARK, LIGHT, DARK):
        view.setPalette(palette_of(greys))
        for label in quiet:
            words, ground = label.palette().color(label.foregroundRole()), QColor(greys.window)
            assert abs(words.lightness() - ground.lightness()) > 60
            assert words == QColor(greys.quiet)

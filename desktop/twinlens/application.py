"""The entry: joins the command line and the window, which do not know each other."""

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from twinlens.cli.no_window import NoWindow
from twinlens.domain.errors import TwinlensError

if TYPE_CHECKING:
    from twinlens.lab.report import LabReport


def start() -> None:
    """Run the command line with the window at hand; ends the program with the command's exit code.

    Without a word, as from a menu, the window is opened at once: what understands words takes longer to load than the library.
    """
    if len(sys.argv) > 1:
        _understand_words()
    try:
        sys.exit(open_window([], None))
    except NoWindow:
        _understand_words()  # says why, and does the same in the terminal
    except (TwinlensError, OSError, KeyboardInterrupt) as error:
        from twinlens.cli.failing import say_failure

        sys.exit(say_failure(error))


def _understand_words() -> NoReturn:
    from twinlens.cli.main import cli
    from twinlens.cli.shared import Shared

    cli.main(prog_name="twinlens", obj=Shared(open_window=open_window, show_report=show_report))


def open_window(paths: Sequence[str], library_folder: str | None) -> int:
    """Open the window on these folders; returns the exit code when it closes.

    Raises:
        NoWindow: PySide6 is absent or cannot be loaded, or there is no screen.
    """
    _check_screen()
    gc.disable()  # the window collects by itself; until it does, garbage would be looked for and none is made
    try:
        from twinlens.gui.app import run
    except ImportError as error:  # a system library that Qt needs is missing
        raise NoWindow(f"PySide6 cannot be loaded ({error})") from error
    return run(paths, library_folder)


def show_report(report: "LabReport", library_folder: str | None) -> int:
    """Show a report of the laboratory; returns the exit code when its window closes.

    Raises:
        NoWindow: as ``open_window``.
    """
    _check_screen()
    try:
        from twinlens.gui.laboratory.alone import show
    except ImportError as error:
        raise NoWindow(f"PySide6 cannot be loaded ({error})") from error
    return show(report, library_folder)


def _check_screen() -> None:
    from twinlens.health.screen import why_no_window

    reason = why_no_window()
    if reason is not None:
        raise NoWindow(reason)

"""The entry: joins the command line and the window, which do not know each other."""

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

from twinlens.cli.main import cli
from twinlens.cli.shared import NoWindow, Shared

if TYPE_CHECKING:
    from twinlens.lab.report import LabReport


def start() -> None:
    """Run the command line with the window at hand; ends the program with the command's exit code."""
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

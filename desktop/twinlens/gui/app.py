"""From folders to a window: ``run`` is all that the entry needs to know of Qt."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from twinlens.domain.errors import LibraryUnusable
from twinlens.gui.garbage import CollectsGarbage
from twinlens.gui.theme.icons import application_icon
from twinlens.gui.theme.theme import Theme
from twinlens.gui.translation import install_translations
from twinlens.gui.windows import Windows, open_library

log = logging.getLogger(__name__)

# Painting enters Python some hundred times a frame, and each time waits for whichever job has the interpreter: at Python's own
# 5 ms a scan kept a frame waiting for 43 ms beside one job, and for far more beside three.
SWITCH_INTERVAL_S = 0.0001


def run(paths: Sequence[str], library_folder: str | None) -> int:
    """Open the window on the library, scan ``paths`` into it, and return the exit code when the window closes."""
    application = prepare()
    theme = Theme(application)
    try:
        library = open_library(Path(library_folder) if library_folder else None)
    except LibraryUnusable as error:
        theme.choose("system")
        QMessageBox.critical(None, "Twinlens", str(error))
        return 1
    windows = Windows(theme)
    windows.open(library, paths)
    try:
        return application.exec()
    finally:
        windows.shut_down()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # widgets go before the application


def prepare() -> QApplication:
    """The application object with its name, icon and translations; an existing one is used again."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("twinlens")
    application.setApplicationDisplayName("Twinlens")
    application.setDesktopFileName("twinlens")
    application.setWindowIcon(application_icon())
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if application.findChild(CollectsGarbage) is None:
        CollectsGarbage(application)
    install_translations(application)
    return application

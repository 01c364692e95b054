"""The whole walk, in the order of a session, and the end of the window before that of the application."""

import gc
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tour.camera import Camera
from tour.deciding import decide, filter_out, remove
from tour.drive import Drive
from tour.looking import find, look_around, look_nearer, open_dialogs
from tour.looks import SIZE_PX, Look
from tour.visit import Visit
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId
from twinlens.library.open import Library

SCANNED_PHOTOS = 16  # as many as fill the first screen


def walk(visit: Visit) -> None:
    """Every view that a photographer meets."""
    visit.window.begin([])
    visit.take("welcome", 1500)
    scan(visit)
    look_around(visit)
    look_nearer(visit)
    find(visit)
    open_dialogs(visit)
    filter_out(visit)
    decide(visit)
    remove(visit)
    if visit.drive is not None and visit.drive.can_be_unplugged:
        lose_a_drive(visit, visit.drive)


def look_through(visit: Visit) -> None:
    """A library that is there already: its lists."""
    visit.window.begin([])
    visit.camera.rest(4000)
    visit.window.toast.dismiss()
    look_around(visit)
    visit.take_dialog("rule", "rule")


def scan(visit: Visit) -> None:
    """The first scan, seen in the middle."""
    window, session, drive = visit.window, visit.window.session, visit.drive
    assert drive is not None
    window.begin([str(drive.family)])
    shown = window.workspace.photos.view()
    visit.camera.rest_until(lambda: session.scans.running, 20)

    def enough() -> bool:
        return sum(id_ > 0 for id_ in shown.photos().ids()) >= SCANNED_PHOTOS or not session.scans.running

    visit.camera.rest_until(enough, 20)
    session.scans.pause()
    visit.camera.rest()
    session.scans.resume()
    visit.take("scanning", 20)
    visit.rest_after_scan()
    window.library.add_folders([str(drive.old)])
    visit.camera.rest(500)
    visit.rest_after_scan()


def lose_a_drive(visit: Visit, drive: Drive) -> None:
    """A drive that is unplugged: its photos stay, shown as offline."""
    drive.unplug()
    visit.do("rescan")
    visit.rest_after_scan()
    visit.show(ViewId.PHOTOS)
    visit.window.workspace.photos.view().step(10_000)
    visit.take("offline", 1500)


def visited(application: QApplication, library: Path, look: Look, camera: Camera, drive: Drive | None) -> None:
    """Open a window on this library, walk, and end it: widgets and garbage go before the application."""
    theme = Theme(application)
    theme.choose(look.theme)
    window = MainWindow(LibrarySession(Library.open(library)), theme)
    window.resize(*SIZE_PX)
    window.show()
    window.activateWindow()
    visit = Visit(application, window, camera, drive)
    try:
        if drive is not None:
            walk(visit)
        else:
            look_through(visit)
    finally:
        window.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        camera.rest(100)
        gc.collect()

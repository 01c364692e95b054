"""The views, what covers them, and what is found."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from tour.visit import Visit
from twinlens.domain.relation import PhotoClass
from twinlens.gui.help.window import HelpWindow
from twinlens.gui.views import ViewId


def look_around(visit: Visit) -> None:
    """Every list of photos."""
    visit.show(ViewId.PHOTOS)
    visit.window.workspace.photos.view().step(3)
    visit.take("photos")
    for photo_class in (
        PhotoClass.IDENTICAL_FILE,
        PhotoClass.IDENTICAL_PIXELS,
        PhotoClass.SAME_SHOT,
        PhotoClass.EDITED,
    ):
        visit.show(ViewId.DUPLICATES, photo_class)
        visit.take(photo_class.value)
    visit.show(ViewId.BURSTS)
    visit.take("bursts")


def look_nearer(visit: Visit) -> None:
    """What covers the window: loupe, compare in its ways, survey, winner stays."""
    window = visit.window
    visit.show(ViewId.PHOTOS)
    grid = window.workspace.photos
    widest = max(grid.view().photos().ids(), key=lambda id_: window.session.photos.photo(id_).facts.width_px)
    grid.show_photo(widest)
    visit.do("loupe")
    visit.take("loupe", 2000)
    visit.do("loupe")
    visit.show(ViewId.DUPLICATES, PhotoClass.EDITED)
    go_to_version(visit, "crop")
    visit.do("compare")
    visit.take("compare", 3000)
    visit.do("compare")
    go_to_version(visit, "bright")
    compare(visit, "-tones")
    visit.show(ViewId.BURSTS)
    compare(visit, "-burst")
    visit.do("survey")
    visit.take("survey", 2500)
    visit.do("survey", "walk")
    visit.take("walk", 2500)
    visit.do("walk")


def compare(visit: Visit, end: str) -> None:
    """The four ways to look at two to four photos."""
    visit.do("compare")
    visit.take(f"compare{end}", 3000)
    for way in ("curtain", "overlay", "difference"):
        visit.do(f"compare.{way}")
        visit.take(f"compare-{way}{end}", 2000)
    visit.do("compare.side", "compare")


def go_to_version(visit: Visit, word: str) -> None:
    """To the version of the current photo with this in its name, else to the one that is least like the keeper."""
    panel = visit.window.workspace.duplicates.groups
    group = panel.current_group()
    ids = [member.photo_id for member in group.members] if group is not None else []
    named = [id_ for id_ in ids if word in visit.window.session.photos.photo(id_).path]
    for photo_id in (named or ids)[-1:]:
        panel.show_photo(photo_id)


def find(visit: Visit) -> None:
    """What looks like a photo, and what contains a part that is drawn on the preview."""
    visit.show(ViewId.DUPLICATES, PhotoClass.SAME_SHOT)
    visit.do("results")
    visit.take("results", 1500)
    visit.show(ViewId.DUPLICATES, PhotoClass.EDITED)
    preview = visit.window.side.inspector.picture()
    box = preview.picture_rect()
    start = QPoint(round(box.x() + box.width() * 0.3), round(box.y() + box.height() * 0.25))
    end = QPoint(round(box.x() + box.width() * 0.8), round(box.y() + box.height() * 0.85))
    visit.drag(preview, start, end)
    visit.camera.rest(300)
    visit.camera.rest_until(visit.window.workspace.results.results)
    visit.take("part", 1500)


def open_dialogs(visit: Visit) -> None:
    """Settings, keys and help, and the menus."""
    visit.show(ViewId.DUPLICATES)
    for name, action in (
        ("settings", "settings"),
        ("shortcuts", "keys"),
        ("change-keys", "change_keys"),
        ("about", "about"),
    ):
        visit.take_dialog(name, action)
    visit.do("help")
    shown = visit.window.findChild(HelpWindow)
    if shown is not None:
        visit.camera.take("help", shown)
        shown.close()
    for entry in visit.window.menuBar().actions():
        menu = entry.menu()
        if isinstance(menu, QMenu):
            visit.take_menu(f"menu-{menu.title().replace('&', '').lower()}", menu)

"""What an action of the window is, before Qt makes one of it."""

from msgspec import Struct


class Command(Struct, frozen=True):
    """One action.

    ``local`` keys act only where photos are, so that Enter still presses a button elsewhere. ``writes``: it changes the
    library or files, so a window that only reads does not offer it.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    tip: str
    icon: str = ""
    local: bool = False
    checkable: bool = False
    ends_section: bool = False
    writes: bool = False


FILE, EDIT, VIEW, PHOTO, GROUP, HELP = "&File", "&Edit", "&View", "&Photo", "&Group", "&Help"
MENUS = (FILE, EDIT, VIEW, PHOTO, GROUP, HELP)
VIEW_PREFIX = "view."

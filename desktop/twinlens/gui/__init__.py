"""The window. The only room that imports PySide6; what the command line needs too lies below, in ``review`` and ``scanning``."""

from twinlens.gui.binding import spare_the_sources

spare_the_sources()

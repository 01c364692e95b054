"""The window. The only room that imports PySide6; what the command line needs too lies below, in ``review`` and ``scanning``."""

"""A walk through the window that takes a picture of each view; started by ``packaging/screenshots.py``."""

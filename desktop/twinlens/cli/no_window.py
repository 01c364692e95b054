"""A window that cannot be opened: said between the entry, which tries, and the commands, which do the same without one."""


class NoWindow(Exception):
    """The window cannot be opened here; the text says why, as a clause."""

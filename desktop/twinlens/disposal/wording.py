"""How paths and system errors are written into a sentence."""

import os
import unicodedata

_JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")  # families of emoji, Persian words


def shown(path: str) -> str:
    """``path`` fit for a sentence: every byte that is no UTF-8 and every control character becomes a visible mark.

    So do signs that turn the direction of writing and signs that nobody sees; blanks of all widths stay.
    """
    if path.isascii() and path.isprintable():
        return path
    return "".join(
        character if _is_harmless(character, path[at - 1 : at]) else "\N{REPLACEMENT CHARACTER}"
        for at, character in enumerate(path)
    )


def _is_harmless(character: str, before: str) -> bool:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return True
    return character in _JOINERS and bool(before) and not before.isascii()


def why(error: OSError) -> str:
    """What the system said, in lower case and without a path: "permission denied"."""
    if error.errno is None:
        return shown(str(error)) or "unknown error"
    return os.strerror(error.errno).lower()

"""How paths and system errors are written into a sentence."""

import os


def shown(path: str) -> str:
    """``path`` fit for a sentence: bytes that are no UTF-8 and control characters become visible marks."""
    text = path.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def why(error: OSError) -> str:
    """What the system said, in lower case and without a path: "permission denied"."""
    if error.errno is None:
        return shown(str(error)) or "unknown error"
    return os.strerror(error.errno).lower()

"""Keys as the user reads them on the keyboard."""

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence


def key_words(key: str) -> str:
    """A key in the words of the desktop: "Ctrl+Z"."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def keys_words(keys: Iterable[str]) -> str:
    """Several keys for one thing."""
    return " / ".join(map(key_words, keys))


def action_keys(action: QAction) -> str:
    """The keys of an action, as they are now."""
    return " / ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())

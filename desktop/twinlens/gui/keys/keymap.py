"""The user's own keys over the built-in ones. A key always belongs to one command alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QKeySequence

from twinlens.gui.commands.command import Command
from twinlens.gui.commands.table import COMMANDS

# These mean the same everywhere and cannot be given away.
RESERVED = frozenset(
    f"{modifier}{key}"
    for key in ("Left", "Right", "Up", "Down", "Home", "End", "Tab", "Backtab", "Esc")
    for modifier in ("", "Shift+")
)


def normal(key: str) -> str:
    """The key as Qt writes it in files; empty for what is no key."""
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.PortableText
    )


@dataclass(frozen=True)
class Keymap:
    """Keys by command. ``changed`` holds what differs from the table; ``unknown`` the lines of other versions."""

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> "Keymap":
        """From lines such as "reject=X Backspace". A key named twice belongs to the command that is named first."""
        known = {command.id for command in COMMANDS}
        changed: dict[str, tuple[str, ...]] = {}
        unknown: list[str] = []
        taken: set[str] = set()
        for text in texts:
            command_id, _, words = text.partition("=")
            if command_id not in known:
                unknown.append(text)
                continue
            keys = [key for word in words.split() if (key := normal(word)) and key not in taken | RESERVED]
            changed[command_id] = tuple(dict.fromkeys(keys))
            taken.update(keys)
        return cls(changed, tuple(unknown))

    def texts(self) -> tuple[str, ...]:
        """The lines that ``from_texts`` reads."""
        return (*(f"{command_id}={' '.join(keys)}" for command_id, keys in self.changed.items()), *self.unknown)

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command: the user's, or the built-in ones that no other command was given."""
        if command.id in self.changed:
            return self.changed[command.id]
        given = {key for keys in self.changed.values() for key in keys}
        return tuple(key for key in map(normal, command.keys) if key not in given)

    def owner(self, key: str) -> Command | None:
        """The command that a key belongs to."""
        wanted = normal(key)
        return next((command for command in COMMANDS if wanted in self.keys_of(command)), None)

    def with_keys(self, command: Command, keys: Iterable[str]) -> "Keymap":
        """The same with other keys for a command; who had them loses them."""
        wanted = tuple(dict.fromkeys(key for word in keys if (key := normal(word)) and key not in RESERVED))
        others = {
            command_id: tuple(key for key in theirs if key not in wanted)
            for command_id, theirs in self.changed.items()
            if command_id != command.id
        }
        if wanted == tuple(map(normal, command.keys)):
            return Keymap(others, self.unknown)
        return Keymap({**others, command.id: wanted}, self.unknown)

    def as_built_in(self, command: Command) -> "Keymap":
        """The same with the built-in keys for this command."""
        return self.with_keys(command, command.keys)

"""An experiment, declared once: the command ``twinlens lab WORD`` and its form in the window are made from it."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct

from twinlens.lab.report import LabReport
from twinlens.lab.workbench import Workbench

Value = str | int | float | bool | tuple[str, ...] | None


class Wants(StrEnum):
    """What an option takes."""

    FOLDER = "folder"  # str
    FOLDERS = "folders"  # tuple[str, ...], empty for none
    PHOTO = "photo"  # str, a file
    COUNT = "count"  # int, 0 or more
    NUMBER = "number"  # float
    CHOICE = "choice"  # str, one of ``choices``
    SWITCH = "switch"  # bool


class Option(Struct, frozen=True):
    """One thing to choose. ``name`` as in Python: ``sample_size`` is ``--sample-size``, or ``SAMPLE_SIZE`` as an argument.

    ``argument``: stands in the command line without dashes. ``required``: an argument that must be given.
    """

    name: str
    wants: Wants
    title: str
    words: str = ""
    default: Value = None
    choices: tuple[str, ...] = ()
    argument: bool = False
    required: bool = False
    least: float | None = None
    most: float | None = None


class Wishes:
    """What the user chose, by option name, with its type checked where it is used."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def text(self, name: str) -> str:
        """A folder, a photo or a choice."""
        return str(self._values[name])

    def optional_text(self, name: str) -> str | None:
        """The same; None where nothing was chosen."""
        value = self._values[name]
        return None if value is None or value == "" else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Folders."""
        value = self._values[name]
        return value if isinstance(value, tuple) else ()

    def count(self, name: str) -> int:
        """A whole number."""
        return int(self.number(name))

    def number(self, name: str) -> float:
        """A number."""
        value = self._values[name]
        if not isinstance(value, int | float):
            raise TypeError(f"{name} is no number: {value!r}")
        return value

    def switch(self, name: str) -> bool:
        """On or off."""
        return self._values[name] is True


Run = Callable[[Workbench, Wishes], LabReport]


class Experiment(Struct, frozen=True):
    """``word`` is the command word. ``words`` explain it in ``--help`` and in the window. ``run`` imports what is heavy itself,
    calls ``bench.step`` a few times a second, and raises TwinlensError with one sentence where it cannot answer.
    """

    word: str
    title: str
    words: str
    options: tuple[Option, ...]
    run: Run

    def defaults(self) -> dict[str, Value]:
        """The options as they are when nobody chooses."""
        return {option.name: option.default for option in self.options}

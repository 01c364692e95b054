"""What all commands share: where the library lies, where removed photos wait, and in which form to answer."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from twinlens.domain.settings import QUARANTINE_VARIABLE

if TYPE_CHECKING:
    from twinlens.lab.report import LabReport
    from twinlens.preferences.store import Preferences

OpenWindow = Callable[[Sequence[str], str | None], int]
ShowReport = Callable[["LabReport", str | None], int]


_Command = TypeVar("_Command", bound=Callable[..., object])


@dataclass(slots=True)
class Shared:
    """The options that stand before or after the command word.

    ``open_window`` opens the window on folders and a library folder, or raises NoWindow; None where nothing offers one.
    ``show_report`` shows a report of the laboratory in a window of its own, likewise.
    """

    open_window: OpenWindow | None = None
    show_report: ShowReport | None = None
    library: str | None = None
    quarantine: str | None = None
    json: bool = False

    @property
    def library_folder(self) -> Path | None:
        """The library's folder; None leaves the choice to the library (environment variable, then user data)."""
        return None if self.library is None else Path(self.library)

    def quarantine_folder(self, preferences: "Preferences") -> str | None:
        """The user's own folder for removed photos: option, then environment variable, then setting; None for none."""
        from twinlens.preferences.quarantine_folder import chosen_quarantine_folder

        chosen = self.quarantine or chosen_quarantine_folder(preferences)
        return os.path.abspath(chosen) if chosen else None


def shared_of(context: click.Context) -> Shared:
    """The shared options of this call."""
    return context.ensure_object(Shared)


def _note(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and value is not False and parameter.name is not None:
        setattr(shared_of(context), parameter.name, value)


def common_options(command: _Command) -> _Command:
    """Give a command ``--library``, ``--quarantine`` and ``--json``; the one nearest to the end of the line wins."""
    for option in (
        click.option(
            "--json",
            is_flag=True,
            expose_value=False,
            callback=_note,
            help="Write one JSON document to standard output and nothing else.",
        ),
        click.option(
            "--quarantine",
            type=click.Path(file_okay=False),
            metavar="DIR",
            expose_value=False,
            callback=_note,
            help=f"Where removed photos wait, on their own volume [{QUARANTINE_VARIABLE}].",
        ),
        click.option(
            "--library",
            type=click.Path(file_okay=False),
            metavar="DIR",
            expose_value=False,
            callback=_note,
            help="Where the library lies [TWINLENS_LIBRARY].",
        ),
    ):
        command = option(command)
    return command

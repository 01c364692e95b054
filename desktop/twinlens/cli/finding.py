"""From folders to groups: open, scan unless told not to, group."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from twinlens.cli.grouping import Wanted, find
from twinlens.cli.opening import for_reading, for_writing, is_under, places
from twinlens.cli.output import say
from twinlens.cli.scanned import known_sources, scan_or_leave
from twinlens.cli.shared import Shared
from twinlens.library.open import Library
from twinlens.review.report.found import Found


@contextmanager
def open_and_find(
    shared: Shared, paths: Sequence[str], wanted: Wanted, *, scan: bool
) -> Iterator[tuple[Library, Found]]:
    """The library, open, with the groups among the photos under ``paths`` (all, when there are none).

    With ``scan`` the folders, or all known sources, are brought up to date first; without it the library is only read.
    """
    with (for_writing if scan else for_reading)(shared) as library:
        if scan:
            scan_or_leave(library, check_existing(paths) or known_sources(library))
        found = find(library, paths, wanted)
        _note_unknown(found, paths)
        yield library, found


def _note_unknown(found: Found, paths: Sequence[str]) -> None:
    """Say which folders the library knows no photo of: they were never scanned, or hold none."""
    for path, place in zip(paths, places(paths), strict=True):
        if not any(is_under(photo, [place]) for photo in found.data.photos.paths):
            say(f"The library knows no photo under {path}.")


def check_existing(paths: Sequence[str]) -> list[str]:
    """These paths, as long as all of them exist; wrong usage otherwise."""
    for path in paths:
        if not os.path.lexists(path):
            raise click.BadParameter(f"{click.format_filename(path)} does not exist.", param_hint="PATH")
    return list(paths)

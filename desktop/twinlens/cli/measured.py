"""Measuring from the command line: what best shots need, with progress and Ctrl+C."""

from collections.abc import Sequence

import click

from twinlens.cli.interruption import INTERRUPTED, interruption
from twinlens.cli.opening import for_reading, for_writing, is_under, places
from twinlens.cli.output import counted, say
from twinlens.cli.progress import progress
from twinlens.cli.shared import Shared
from twinlens.domain.events import WorkDone
from twinlens.library.open import Library


def measure_under(library: Library, paths: Sequence[str]) -> tuple[int, bool]:
    """Measure the frames of series under these folders (all, when there are none) that have no measures yet.

    Returns how many were measured, and whether it came to the end: what was measured is kept.
    """
    from twinlens.scanning.measuring import measure_frames
    from twinlens.scanning.options import options_from

    catalog, folders = library.catalog(), places(paths)
    missing = catalog.photos.get_many(catalog.measures.missing())
    only = {int(photo.id) for photo in missing if is_under(photo.path, folders)}
    if not only:
        return 0, True
    options = options_from(library.preferences)
    with interruption() as control, progress() as emit:

        def told(done: int, total: int) -> None:
            emit(WorkDone("Measuring the frames of series", done, total))

        measured = measure_frames(library, options.bounds, options.decoders, control, told=told, only=only)
        return measured, control.proceed()


def measure_where_needed(shared: Shared, paths: Sequence[str]) -> None:
    """Measure what a rule about best shots needs; interrupted, the command ends here and what was measured is kept."""
    with for_reading(shared) as library:
        if not library.catalog().measures.missing():
            return
    with for_writing(shared) as library:
        measured, finished = measure_under(library, paths)
    say(f"Measured {counted(measured, 'frame')} of series.")
    if not finished:
        click.get_current_context().exit(INTERRUPTED)

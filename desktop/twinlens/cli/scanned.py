"""A scan from the command line: progress, Ctrl+C, and its result."""

from collections.abc import Sequence

import click
from msgspec.structs import replace

from twinlens.cli.interruption import INTERRUPTED, interruption
from twinlens.cli.output import counted, say
from twinlens.cli.progress import progress
from twinlens.cli.shared import shared_of
from twinlens.domain.events import ProblemFound, ScanFinished
from twinlens.library.open import Library

SHOWN_PROBLEMS = 20


def scan_folders(
    library: Library, roots: Sequence[str], *, embedding: bool | None = None, threads: int | None = None
) -> ScanFinished:
    """Bring the library up to date for these folders; ``None`` leaves an option to the settings."""
    from twinlens.scanning.options import options_from
    from twinlens.scanning.pipeline import scan

    options = options_from(library.preferences)
    if embedding is not None:
        options = replace(options, embedding=embedding)
    if threads is not None:
        options = replace(options, threads=threads)
    before = {source.path for source in library.catalog().sources.all()}
    with interruption() as control, progress() as emit:
        finished = scan(library, list(roots), options, control, emit)
    added = [source.path for source in library.catalog().sources.all() if source.online and source.path not in before]
    try_out(library, added)
    return finished


def try_out(library: Library, folders: Sequence[str]) -> None:
    """Say of folders that are new where photos removed from them would wait, if they could not: better now than then."""
    from twinlens.review.removal_trial import what_does_not_work

    context = click.get_current_context(silent=True)
    override = None if context is None else shared_of(context).quarantine_folder(library.preferences)
    for sentence in what_does_not_work(folders, override):
        say(sentence)


def scan_or_leave(library: Library, roots: Sequence[str]) -> None:
    """Scan as the first half of a command; interrupted, the command ends here and what was scanned is kept."""
    if not roots:
        return
    finished = scan_folders(library, roots)
    say(summary(finished))
    if finished.stopped:
        click.get_current_context().exit(INTERRUPTED)


def known_sources(library: Library) -> list[str]:
    """The folders of the library that can be reached now."""
    return [source.path for source in library.catalog().sources.all() if source.online]


def summary(finished: ScanFinished) -> str:
    """The totals of a scan in one line."""
    words = [f"{finished.new:,} new", f"{finished.changed:,} changed", f"{finished.unchanged:,} unchanged"]
    if finished.gone:
        words.append(f"{finished.gone:,} gone")
    if finished.problems:
        words.append(counted(len(finished.problems), "file") + " not readable")
    start = "Interrupted; kept" if finished.stopped else "Scanned"
    return f"{start} {counted(finished.photos, 'photo')} in {finished.duration_s:.1f} s: {', '.join(words)}."


def say_problems(problems: Sequence[ProblemFound]) -> None:
    """The first problems, a line each."""
    for problem in problems[:SHOWN_PROBLEMS]:
        say(f"{problem.path}: {problem.error}")
    if len(problems) > SHOWN_PROBLEMS:
        say(f"... and {counted(len(problems) - SHOWN_PROBLEMS, 'file')} more.")

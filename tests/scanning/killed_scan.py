"""A scan in a process of its own, to be killed: ``python -m tests.scanning.killed_scan LIBRARY FOLDER``."""

import sys
from pathlib import Path

from twinlens.domain.events import Event, PhotosCatalogued, RelationsChanged, StageProgress
from twinlens.domain.ports import GoOn
from twinlens.library.open import Library
from twinlens.scanning import batches, match
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan


def say(line: str) -> None:
    """To whoever may kill this process."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell(event: Event) -> None:
    """One line for each event, so that whoever kills can say at which moment it was."""
    if isinstance(event, PhotosCatalogued | RelationsChanged):
        say(type(event).__name__)
    elif isinstance(event, StageProgress):
        say(f"{event.stage.value} {event.done}")


if __name__ == "__main__":
    batches.FULL_BATCH = 8
    match.SHORTEST_PAUSE_S = match.PAUSE_FACTOR = 0.0
    with Library.open(Path(sys.argv[1])) as library:
        say("begun")
        scan(library, [sys.argv[2]], ScanOptions(threads=2), GoOn(), tell)
    say("finished")

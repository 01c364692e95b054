"""Opening the library for a command."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from twinlens.cli.output import say
from twinlens.cli.shared import Shared
from twinlens.library.open import Library


@contextmanager
def for_writing(shared: Shared) -> Iterator[Library]:
    """The library, for the one process that may write; what an interruption left open is settled and told first."""
    from twinlens.review.settle import settle_interrupted

    with Library.open(shared.library_folder) as library:
        for sentence in settle_interrupted(library):
            say(sentence)
        yield library


@contextmanager
def for_reading(shared: Shared) -> Iterator[Library]:
    """The library as it is, beside a window or a scan that may be writing to it."""
    with Library.open(shared.library_folder, read_only=True) as library:
        yield library


def places(paths: Sequence[str]) -> list[str]:
    """Folders named on the command line in the form in which the library knows them."""
    from twinlens.volumes.identity import resolved

    return [resolved(path) for path in paths]


def is_under(path: str, folders: Sequence[str]) -> bool:
    """Whether ``path`` is one of these or inside one of them; True when there are none."""
    return not folders or any(path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)

"""What a scan may be told."""

import os

from msgspec import Struct

from twinlens.domain.settings import EMBEDDING, IGNORED_NAMES, IGNORED_PATHS, MAX_MEGAPIXELS, THREADS
from twinlens.domain.watching import FoldersChanged
from twinlens.imaging.bounds import DecodeBounds
from twinlens.preferences.store import Preferences

_DEFAULT_NAMES = IGNORED_NAMES.default if isinstance(IGNORED_NAMES.default, tuple) else ()
_DEFAULT_PATHS = IGNORED_PATHS.default if isinstance(IGNORED_PATHS.default, tuple) else ()


class ScanOptions(Struct, frozen=True):
    """How to scan. ``threads``: how many photos are decoded at once, 0 for every core, 1 to run everything in line.

    ``follow_up``: what the watching told, for a scan of just that: see ``scanning.follow_up``. ``asked_ns``: when the scan
    was asked for, since the epoch; None stands for its begin.
    """

    embedding: bool = True
    threads: int = 0
    ignored_names: tuple[str, ...] = _DEFAULT_NAMES
    ignored_paths: tuple[str, ...] = _DEFAULT_PATHS
    max_megapixels: float = 300.0
    follow_up: FoldersChanged | None = None
    asked_ns: int | None = None

    @property
    def decoders(self) -> int:
        """The number of decoding threads, 1 and up."""
        return self.threads or os.cpu_count() or 1

    @property
    def bounds(self) -> DecodeBounds:
        """The bounds of every decode."""
        return DecodeBounds(max_pixels=int(self.max_megapixels * 1e6))


def options_from(preferences: Preferences) -> ScanOptions:
    """The options as the user has set them."""
    return ScanOptions(
        embedding=preferences.switch(EMBEDDING),
        threads=int(preferences.number(THREADS)),
        ignored_names=preferences.text_list(IGNORED_NAMES),
        ignored_paths=preferences.text_list(IGNORED_PATHS),
        max_megapixels=preferences.number(MAX_MEGAPIXELS),
    )

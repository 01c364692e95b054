"""Asks for a scan in a process of its own, to be killed itself: ``python -m tests.scanning.own_process_scan LIBRARY FOLDER``."""

import sys
from pathlib import Path

from tests.scanning.scenes import WITHOUT_NETWORK
from twinlens.domain.events import Event, PhotosCatalogued
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.order import Attention
from twinlens.scanning.own_process.scanner import scan_in_own_process


def say(event: Event) -> None:
    """To whoever may kill this process."""
    if isinstance(event, PhotosCatalogued):
        sys.stdout.write("catalogued\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with Library.open(Path(sys.argv[1])) as opened:
        scan_in_own_process(opened, [sys.argv[2]], WITHOUT_NETWORK, PauseStop(), say, Attention(), Courtesy())

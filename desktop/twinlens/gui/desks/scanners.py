"""Where a scan runs: each gives the function that scans, and loads it when it is asked, not before."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from twinlens.domain.events import ScanFinished
from twinlens.domain.ports import Emit
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.order import Attention

if TYPE_CHECKING:
    from twinlens.scanning.options import ScanOptions

Scan = Callable[[Library, Sequence[str], "ScanOptions", PauseStop, Emit, Attention, Courtesy], ScanFinished]
Scanner = Callable[[], Scan]


def elsewhere() -> Scan:
    """In a process of its own, where it takes nothing from the window but a share of the cores."""
    from twinlens.scanning.own_process.scanner import scan_in_own_process

    return scan_in_own_process


def here() -> Scan:
    """On the calling thread: for tests, which scan a few photos hundreds of times."""
    from twinlens.scanning import pipeline

    return pipeline.scan

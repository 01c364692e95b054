"""Where a scan runs. The engine is loaded when it is needed, not before."""

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

Scanner = Callable[
    [Library, Sequence[str], "ScanOptions", PauseStop, Emit, Attention, Courtesy],
    ScanFinished,
]


def scan_elsewhere(
    library: Library,
    roots: Sequence[str],
    options: "ScanOptions",
    control: PauseStop,
    emit: Emit,
    attention: Attention,
    courtesy: Courtesy,
) -> ScanFinished:
    """In a process of its own, where it takes nothing from the window but a share of the cores."""
    from twinlens.scanning.own_process.scanner import scan_in_own_process

    return scan_in_own_process(library, roots, options, control, emit, attention, courtesy)


def scan_here(
    library: Library,
    roots: Sequence[str],
    options: "ScanOptions",
    control: PauseStop,
    emit: Emit,
    attention: Attention,
    courtesy: Courtesy,
) -> ScanFinished:
    """On the calling thread: for tests, which scan a few photos hundreds of times."""
    from twinlens.scanning.apart.processes import close_processes
    from twinlens.scanning.pipeline import scan

    try:
        return scan(library, roots, options, control, emit, attention, courtesy)
    finally:
        close_processes()  # their memory is not needed until the next scan

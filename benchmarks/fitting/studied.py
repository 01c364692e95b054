"""A library in which photos are studied and not yet matched: all that measuring a pair needs."""

from pathlib import Path

from twinlens.domain.events import Stage, StageProgress
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan


def study(folder: Path, roots: list[str], paths: set[str]) -> None:
    """Study what is new below ``roots`` into the library in ``folder``, which wants these ``paths`` of it.

    The photos stay to be matched by another scan.
    """
    control = PauseStop()

    def stop_when_studied(event: object) -> None:
        if isinstance(event, StageProgress) and event.stage is Stage.STUDY and event.done == event.total:
            control.stop()

    with Library.open(folder) as library:
        if not paths <= set(library.catalog().photos.columns().paths):
            scan(library, roots, ScanOptions(), control, stop_when_studied)

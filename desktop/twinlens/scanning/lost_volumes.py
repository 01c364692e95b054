"""Noticing that a volume was unplugged or is dying while it is scanned: one sentence, not one for each of its photos."""

from collections.abc import Iterable, Iterator

from twinlens.catalog import Catalog
from twinlens.domain.events import ProblemFound
from twinlens.domain.photo import Volume, VolumeId
from twinlens.scanning.study import Studied
from twinlens.scanning.walk import FoundFile
from twinlens.volumes.device_faults import DEVICE_FAULTS, DYING, MOST_IN_A_ROW, UNPLUGGED
from twinlens.volumes.identity import is_here


class LostVolumes:
    """Watches what comes of the files of each volume, and gives a volume up that no longer gives any.

    What may be the fault of the volume is held back until a file of it could be read again, or until it is given up.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._held: dict[VolumeId, list[Studied]] = {}
        self._lost: set[VolumeId] = set()

    def worth_reading(self, files: Iterable[FoundFile]) -> Iterator[FoundFile]:
        """The files without those of volumes that were given up meanwhile."""
        return (file for file in files if file.volume.id not in self._lost)

    def judged(self, studied: Studied) -> tuple[list[Studied], ProblemFound | None]:
        """What is sure now, in order; and the one problem of a volume that is given up with this file."""
        volume = studied.file.volume
        if volume.id in self._lost:  # what was read before counts, whenever its turn comes
            return ([] if studied.record is None else [studied]), None
        held = self._held.setdefault(volume.id, [])
        vanished = studied.record is None and studied.error is None
        if not vanished and studied.errno not in DEVICE_FAULTS:
            sure = [*held, studied]
            held.clear()
            return sure, None
        held.append(studied)
        reason = self._reason(volume, held)
        return ([], None) if reason is None else ([], self._give_up(volume, reason))

    def undecided(self) -> list[Studied]:
        """What is still held back when all files were studied."""
        return [studied for held in self._held.values() for studied in held]

    def _reason(self, volume: Volume, held: list[Studied]) -> str | None:
        count = len(held)
        if count & (count - 1) == 0 and not is_here(volume):  # asked at 1, 2, 4, 8 ...: it reads the mount table
            return UNPLUGGED
        faults = sum(studied.errno in DEVICE_FAULTS for studied in held)
        return DYING if faults >= MOST_IN_A_ROW else None

    def _give_up(self, volume: Volume, reason: str) -> ProblemFound:
        self._lost.add(volume.id)
        self._held.pop(volume.id)
        self._catalog.volumes.set_offline(volume.id)
        return ProblemFound(volume.mount_point, reason)

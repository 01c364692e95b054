"""Files with several names on one volume: read and studied once, whatever they are called.

Every name is a photo in the catalog, with one and the same record: what was found under one name is true of all. That they
are one file on the disk, so that removing a name frees nothing, groups and totals know by the inode.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from twinlens.domain.photo import FileStamp, VolumeId
from twinlens.scanning.study import Studied
from twinlens.scanning.walk import FoundFile


class HardLinks:
    """``once``: the files to study, each under the first of its names."""

    def __init__(self, files: Sequence[FoundFile]) -> None:
        first: dict[tuple[VolumeId, FileStamp], str] = {}
        self._others: dict[str, list[FoundFile]] = {}
        self.once: list[FoundFile] = []
        for file in files:
            path = first.setdefault((file.volume.id, file.stamp), file.path) if file.names > 1 else file.path
            if path == file.path:
                self.once.append(file)
            else:
                self._others.setdefault(path, []).append(file)

    def names_of(self, file: FoundFile) -> int:
        """How many names of this scan a file to study has."""
        return 1 + len(self._others.get(file.path, ()))

    def under_all_names(self, studied: Studied) -> list[Studied]:
        """What came of a file, for each of its names. Where the first name vanished, nothing is said of the others."""
        others = self._others.get(studied.file.path, ())
        if studied.record is None:
            return [studied, *(replace(studied, file=other) for other in others if studied.error is not None)]
        record = studied.record
        return [
            studied,
            *(replace(studied, file=o, record=replace(record, relative_path=o.relative_path)) for o in others),
        ]

"""Comparing what a walk found with what the catalog knows: new, changed, moved, unchanged, gone."""

import os
from dataclasses import dataclass, field

from twinlens.catalog import Catalog, KnownFile
from twinlens.domain.events import ProblemFound
from twinlens.domain.photo import FileStamp, PhotoId, VolumeId
from twinlens.scanning.walk import FoundFile


@dataclass
class Changes:
    """What a scan has to do. ``to_study`` are new and changed files, ``moved`` pairs of a photo and where it is now."""

    to_study: list[FoundFile] = field(default_factory=list)
    changed_places: set[tuple[VolumeId, str]] = field(default_factory=set)
    unchanged: int = 0
    unreadable: list[ProblemFound] = field(default_factory=list)
    moved: list[tuple[PhotoId, FoundFile]] = field(default_factory=list)
    returned: list[PhotoId] = field(default_factory=list)
    gone: list[PhotoId] = field(default_factory=list)


class Comparison:
    """Takes the files of one walk one by one; ``finish`` says what became of the photos that were not met."""

    def __init__(self, catalog: Catalog, model_sha256: str | None) -> None:
        self._catalog = catalog
        self._model_sha256 = model_sha256
        self._known: dict[VolumeId, dict[str, KnownFile]] = {}
        self._problems: dict[VolumeId, dict[str, FileStamp]] = {}
        self._errors = {problem.path: problem.error for problem in catalog.problems.all()}
        self._away = set(catalog.away.ids())
        self._seen: dict[VolumeId, set[str]] = {}
        self.changes = Changes()

    def begin(self, volume: VolumeId, relative_folder: str) -> None:
        """Load what is known below a folder of a volume."""
        self._known.setdefault(volume, {}).update(
            self._catalog.photos.known_under(volume, relative_folder, self._model_sha256)
        )
        self._problems.setdefault(volume, {}).update(self._catalog.problems.known_under(volume, relative_folder))

    def meet(self, file: FoundFile) -> None:
        """Sort one file into the changes; a file met twice (by overlapping roots) counts once."""
        seen = self._seen.setdefault(file.volume.id, set())
        if file.relative_path in seen:
            return
        seen.add(file.relative_path)
        changes = self.changes
        if file.volume.id not in self._known:  # another volume mounted below the root
            self.begin(file.volume.id, "")
        known = self._known[file.volume.id].get(file.relative_path)
        if self._problems[file.volume.id].get(file.relative_path) == file.stamp:
            changes.unreadable.append(ProblemFound(file.path, self._errors.get(file.path, "it cannot be read")))
        elif known is None:
            changes.to_study.append(file)
        else:
            self._meet_known(file, known)

    def _meet_known(self, file: FoundFile, known: KnownFile) -> None:
        if known.photo_id in self._away:
            self.changes.returned.append(known.photo_id)
        if known.stamp == file.stamp and (known.has_embedding or self._model_sha256 is None):
            self.changes.unchanged += 1
        else:
            self.changes.changed_places.add((file.volume.id, file.relative_path))
            self.changes.to_study.append(file)

    def finish(self, unlisted: set[str], below: dict[VolumeId, list[str]]) -> Changes:
        """Settle which photos moved and which are gone.

        ``unlisted``: absolute paths that could not be listed; what lies below them is not gone. ``below``: the folders
        of each volume that were walked to the end, relative, "" for all of it.
        """
        missing: dict[tuple[VolumeId, FileStamp], tuple[PhotoId, str]] = {}
        for volume, folders in below.items():
            for relative, known in self._known.get(volume, {}).items():
                met = relative in self._seen.get(volume, set())
                if not met and known.photo_id not in self._away and _is_below(relative, folders):
                    missing[volume, known.stamp] = (known.photo_id, relative)
        hidden = {relative for path in unlisted for relative in self._relative_forms(path)}
        missing = {key: value for key, value in missing.items() if not _is_below(value[1], list(hidden))}
        still_new = []
        for file in self.changes.to_study:
            # The same inode, size and time under another name on one volume: renamed, and still the same bytes.
            found = missing.pop((file.volume.id, file.stamp), None)
            if found is None:
                still_new.append(file)
            else:
                self.changes.moved.append((found[0], file))
        self.changes.to_study = still_new
        self.changes.gone = [photo_id for photo_id, _ in missing.values()]
        return self.changes

    def _relative_forms(self, path: str) -> list[str]:
        forms = []
        for volume, online in self._catalog.volumes.all():
            root = volume.mount_point.rstrip(os.sep) + os.sep
            if online and path.startswith(root):
                forms.append(path[len(root) :])
        return forms


def _is_below(relative: str, folders: list[str]) -> bool:
    return any(not folder or relative == folder or relative.startswith(folder + "/") for folder in folders)

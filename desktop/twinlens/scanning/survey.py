"""The first stage of a scan: walk the roots, compare with the catalog, note what moved, returned or went."""

import os
from collections.abc import Sequence

from msgspec import Struct

from twinlens.catalog import Catalog
from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import PhotosCatalogued, PhotosGone, ProblemFound, Stage
from twinlens.domain.photo import PhotoId, Volume, VolumeId
from twinlens.domain.ports import Emit, JobControl, as_ids
from twinlens.library.open import Library
from twinlens.scanning.changes import Changes, Comparison
from twinlens.scanning.follow_up import is_alone, is_being_written, unsettled_since_ns
from twinlens.scanning.gaps import note_gaps
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.progress import Progress
from twinlens.scanning.walk import FoundFile, Walk
from twinlens.volumes.device_faults import UNPLUGGED
from twinlens.volumes.identity import is_here, relative_to_mount, resolved, volume_at, volume_of
from twinlens.volumes.mounts import is_below

AT_ONCE = 1024  # files passed between two calls of the progress


class Survey(Struct, frozen=True):
    """What there is to do, and the folders that could not be listed."""

    changes: Changes
    problems: tuple[ProblemFound, ...]
    stopped: bool


def survey(
    library: Library,
    roots: Sequence[str],
    options: ScanOptions,
    model_sha256: str | None,
    control: JobControl,
    emit: Emit,
    progress: Progress,
) -> Survey:
    """Walk and compare; notes moves, returns and losses in the catalog. Raises TwinlensError when no root is there."""
    catalog, follow_up = library.catalog(), options.follow_up
    present = _present(roots, needed=follow_up is None)
    roots = roots if follow_up is None else present  # of what has gone meanwhile the folder above tells
    comparison = Comparison(catalog, model_sha256, unsettled_since_ns(follow_up, options.asked_ns))
    places = Places(catalog)
    walked: dict[VolumeId, list[str]] = {}
    unlisted: dict[str, str] = {}
    passed: set[str] = set()
    for root in roots:
        leaves = catalog.folders.knows if is_alone(root, follow_up) else None  # what is new may have been renamed
        walk = Walk(root, options.ignored_names, options.ignored_paths, leaves, control.proceed)
        volume = _begin(comparison, walk.place, places, walked, as_source=follow_up is None)
        if root not in present:
            unlisted.update({} if volume else {root: "there is no such folder; is its volume connected?"})
            continue
        if not _compare_all(walk, comparison, control, progress, settled_only=follow_up is not None):
            return Survey(comparison.changes, (), stopped=True)
        _note_volumes(comparison, walk, places, walked)
        unlisted.update(walk.unlisted)
        passed |= walk.passed
    if passed:
        passed.difference_update(resolved(root) for root in roots)  # walked for itself
    changes = comparison.finish({*unlisted, *passed}, walked)
    _apply(library, changes, model_sha256, emit)
    problems = tuple(ProblemFound(path, error) for path, error in unlisted.items())
    for problem in problems:
        emit(problem)
    return Survey(changes, problems, stopped=False)


def _compare_all(
    walk: Walk, comparison: Comparison, control: JobControl, progress: Progress, *, settled_only: bool
) -> bool:
    """Compare all that a walk finds with what is known; False when told to stop."""

    def leave(file: FoundFile) -> bool:
        if settled_only and is_being_written(file.stamp):
            walk.passed.add(file.path)
            return True
        return False

    passed = 0
    for listing in walk.listings():
        if comparison.passes(listing):
            passed += listing.count
            if passed >= AT_ONCE:
                progress.advance(Stage.WALK, passed)
                passed = 0
        else:
            for met in comparison.compare(listing, leave):
                progress.advance(Stage.WALK, met)
                if not control.proceed():
                    return False
        if not control.proceed():
            return False
    progress.advance(Stage.WALK, passed)
    return control.proceed()


def _present(roots: Sequence[str], *, needed: bool) -> list[str]:
    present = [root for root in roots if os.path.lexists(root)]
    if roots and not present and needed:
        raise TwinlensError(f"There is no such file or folder: {', '.join(roots)}")
    return present


class Places:
    """The volumes and folders the catalog remembers: written to only where something is new."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._volumes = {volume.id: (volume, online) for volume, online in catalog.volumes.all()}
        self._sources = {(source.volume, source.relative_path) for source in catalog.sources.all()}

    def remember(self, volume: Volume) -> None:
        """Note that a volume is here, at this mount point."""
        if self._volumes.get(volume.id) != (volume, True):
            self._catalog.volumes.remember(volume)
            self._volumes[volume.id] = (volume, True)

    def lose(self, volume: VolumeId) -> None:
        """Note that a volume does not answer any more."""
        self._catalog.volumes.set_offline(volume)
        self._volumes.pop(volume, None)

    def knows(self, volume: VolumeId, relative_path: str) -> bool:
        """Whether a folder was scanned before."""
        return (volume, relative_path) in self._sources

    def add(self, volume: VolumeId, relative_path: str) -> None:
        """Note that a folder is scanned."""
        if not self.knows(volume, relative_path):
            self._catalog.sources.add(volume, relative_path)
            self._sources.add((volume, relative_path))


def _begin(
    comparison: Comparison, place: str, places: Places, walked: dict[VolumeId, list[str]], *, as_source: bool
) -> bool:
    """Load what is known below a root; False when the volume it was on is not connected."""
    existing = place
    while not os.path.exists(existing):
        existing = os.path.dirname(existing)
    is_folder = os.path.isdir(existing)
    volume = volume_at(existing) if is_folder else volume_of(existing)
    relative = relative_to_mount(place, volume)
    if existing != place and not places.knows(volume.id, relative):
        return False
    places.remember(volume)
    if as_source and is_folder and existing == place:
        places.add(volume.id, relative)
    comparison.begin(volume.id, relative)
    walked.setdefault(volume.id, []).append(relative)
    return True


def _note_volumes(comparison: Comparison, walk: Walk, places: Places, walked: dict[VolumeId, list[str]]) -> None:
    """Remember the volumes a walk came through; one that is mounted below the root was walked as a whole.

    One that was unplugged on the way, so that its files seemed to be gone, was not walked at all.
    """
    root = walk.place.rstrip(os.sep) + os.sep
    for volume in walk.volumes.values():
        if volume.id in walk.lost or not is_here(volume):
            reason = walk.unlisted.get(volume.mount_point, UNPLUGGED)
            for path in [path for path in walk.unlisted if is_below(path, volume.mount_point)]:
                del walk.unlisted[path]
            walk.unlisted[volume.mount_point] = reason
            walked.pop(volume.id, None)
            comparison.leave_alone(volume.id)
            places.lose(volume.id)
            continue
        places.remember(volume)
        if volume.id not in walked and volume.mount_point.startswith(root):
            comparison.begin(volume.id, "")
            walked[volume.id] = [""]


def _apply(library: Library, changes: Changes, model_sha256: str | None, emit: Emit) -> None:
    """Write down what needs no reading of files."""
    catalog = library.catalog()
    if changes.gone or changes.moved or changes.returned or changes.settled or changes.emptied:
        with catalog.transaction():
            if changes.returned:
                catalog.away.set(changes.returned, away=False)
            if changes.gone:
                catalog.photos.remove(changes.gone)
                note_gaps(catalog)  # the keeper of some group may be among them
            for photo_id, file in changes.moved:
                catalog.photos.move(photo_id, file.relative_path)
            for volume, relative in changes.settled:
                catalog.problems.clear(volume, [relative])
            for volume, folder in changes.emptied:
                catalog.folders.forget(volume, folder)
    if changes.returned:
        if model_sha256 is not None:
            ids, vectors = catalog.fingerprints.embeddings_of(changes.returned, model_sha256)
            if len(ids):  # those without a vector get one later in this scan
                library.vectors.add(ids, vectors)
        emit(PhotosCatalogued(tuple(changes.returned)))
    forget(library, changes.gone, emit)


def forget(library: Library, gone: Sequence[PhotoId], emit: Emit) -> None:
    """Let photos that have left the catalog leave the caches too, and say so."""
    if not gone:
        return
    library.thumbnails.remove(gone)
    if library.vectors.model is not None:  # without a network the shelf is not loaded; its stamp no longer fits
        library.vectors.remove(as_ids(gone))
    emit(PhotosGone(tuple(gone)))

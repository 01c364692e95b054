"""What a job tells while it runs. Frozen values, throttled at the source to about ten a second, ids in batches."""

from enum import StrEnum

from msgspec import Struct

from twinlens.domain.photo import PhotoId


class Stage(StrEnum):
    """The stages of a scan, in order."""

    WALK = "walk"  # list the folders, compare with the catalog
    STUDY = "study"  # read, hash, decode, fingerprint, embed
    MATCH = "match"  # candidates, verification, relations
    SAVE = "save"  # index and statistics written


class StageProgress(Struct, frozen=True):
    """Where a job is. ``total`` is None while it is not known; ``remaining_s`` covers all stages left, None if unknown."""

    stage: Stage
    done: int
    total: int | None
    photos_per_s: float
    remaining_s: float | None


class FilesAwaited(Struct, frozen=True):
    """These new files will be studied: each is catalogued, found to be a problem, or has vanished when the scan ends."""

    paths: tuple[str, ...]
    sizes_bytes: tuple[int, ...]


class PhotosCatalogued(Struct, frozen=True):
    """These photos are now in the catalog with thumbnail and fingerprints (new or read again).

    ``paths`` are those of the files that were studied, one a photo; empty where none was.
    """

    photo_ids: tuple[PhotoId, ...]
    paths: tuple[str, ...] = ()


class PhotosGone(Struct, frozen=True):
    """These photos are no longer on a volume that is online, and have left the catalog."""

    photo_ids: tuple[PhotoId, ...]


class RelationsChanged(Struct, frozen=True):
    """New relations were stored: groups may look different now."""

    added: int


class ProblemFound(Struct, frozen=True):
    """One file could not be read; the scan goes on."""

    path: str
    error: str


class ScanFinished(Struct, frozen=True):
    """The totals of a scan. ``stopped`` when the user stopped it: what was done by then is kept."""

    photos: int
    new: int
    changed: int
    unchanged: int
    gone: int
    duration_s: float
    stages_s: dict[str, float]
    problems: tuple[ProblemFound, ...]
    stopped: bool


class StepsDone(Struct, frozen=True):
    """So many steps of a plan or an undo are carried out."""

    done: int
    total: int
    refused: int


class WorkDone(Struct, frozen=True):
    """So much of a named piece of work is done. ``total`` is None while it is not known."""

    what: str
    done: int
    total: int | None


Event = (
    StageProgress
    | FilesAwaited
    | PhotosCatalogued
    | PhotosGone
    | RelationsChanged
    | ProblemFound
    | ScanFinished
    | StepsDone
    | WorkDone
)

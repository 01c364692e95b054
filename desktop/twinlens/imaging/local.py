"""Decoding in the process one is in: the one place that chooses between Pillow's plugins and LibRaw."""

from enum import Enum

from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import Format
from twinlens.imaging.picture_file import PictureFile
from twinlens.imaging.scale import Wanted

Decoded = StudyPicture | FullPicture


class Task(Enum):
    """What is wanted of a file."""

    STUDY = "study"
    FULL = "full"


def decode_here(task: Task, data: bytes, entry: Format, wanted: Wanted, bounds: DecodeBounds) -> Decoded:
    """Decode in this process; raises PhotoUnreadable."""
    if entry.decoder == "raw":
        from twinlens.imaging.camera_raw import RawFile  # LibRaw is loaded in the worker process only

        with RawFile(data, entry, bounds) as raw:
            return raw.study(wanted) if task is Task.STUDY else raw.full()
    with PictureFile(data, entry, bounds) as picture:
        return picture.study(wanted) if task is Task.STUDY else picture.full()

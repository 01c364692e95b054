"""The bundled sample photos, copied to where they may be changed."""

import os
import shutil
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import platformdirs
from msgspec import Struct

from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import TwinlensError


class Sample(Struct, frozen=True):
    """Where the user's copy of the sample photos lies, and the library that belongs to it."""

    photos: Path
    library: Path


def sample() -> Sample:
    """The sample, copied first if it is not there yet. Raises TwinlensError when that cannot be done."""
    home = platformdirs.user_data_path("twinlens", appauthor=False) / "sample"
    photos = home / "photos"
    if not photos.exists():
        beside = home / f"photos.{os.getpid()}"
        try:
            home.mkdir(parents=True, exist_ok=True)
            _copy(files("twinlens.resources").joinpath("sample", "photos"), beside)
            beside.rename(photos)
        except OSError as error:
            shutil.rmtree(beside, ignore_errors=True)
            raise TwinlensError(f"The sample photos cannot be copied to {shown(str(photos))}: {why(error)}.") from error
    return Sample(photos, home / "library")


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir()
    for entry in source.iterdir():
        place = target / entry.name
        if entry.is_dir():
            _copy(entry, place)
        else:
            place.write_bytes(entry.read_bytes())
            if isinstance(entry, Path):
                shutil.copystat(entry, place)

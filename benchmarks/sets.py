"""The photos that speed is measured on, made once by the scripts of the shared data (see its README)."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bare import jpegs
from benchmarks.made_previews import add_previews
from benchmarks.workplace import SHARED, WORK, made_once

CAMERA_SIZES = {8: "3264x2448", 12: "4000x3000", 24: "6000x4000"}
SMALL_SIDE_PX = 1280  # 1280 x 854: about 1 MP


@dataclass(frozen=True)
class PhotoSet:
    """A folder of photos and, where it is known, which of them belong together: relative paths, the original first."""

    name: str
    folder: Path
    families: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    @property
    def count(self) -> int:
        """How many JPEGs there are."""
        return len(jpegs(self.folder))


def camera(megapixels: int, photos: int, variants: int = 0) -> PhotoSet:
    """Camera-size JPEGs; the first ``variants`` of them come in nine variants each."""
    suffix = f"-variants-{variants}" if variants else ""
    around = WORK / f"camera-{megapixels}mp-{photos}{suffix}"
    folder = around / "photos"
    made_once(
        folder, "IMG_00000.jpg", "make_camera.py",
        "--src", str(SHARED / "photos"), "--out", str(folder), "--n", str(photos), "--variants", str(variants),
        "--size", CAMERA_SIZES[megapixels],
    )  # fmt: skip
    truth = json.loads((around / "truth_camera.json").read_text(encoding="utf-8"))
    families = tuple(tuple(family[kind] for kind in ("orig", *truth["kinds"])) for family in truth["families"])
    return PhotoSet(f"camera {megapixels} MP", folder, families)


def small(photos: int) -> PhotoSet:
    """Photos of about 1 MP in a tree like a photo drive's, with planted copies and bursts."""
    folder = WORK / f"small-{photos}" / "photos"
    made_once(
        folder, "groups.json", "make_scale.py",
        "--src", str(SHARED / "photos"), "--out", str(folder), "--n", str(photos), "--side", str(SMALL_SIDE_PX),
    )  # fmt: skip
    groups = json.loads((folder / "groups.json").read_text(encoding="utf-8"))
    return PhotoSet("small 1 MP", folder, tuple(tuple(group) for group in groups["duplicate"]))


def previews(megapixels: int, photos: int) -> PhotoSet:
    """The same camera photos, each with a large preview of its own behind the main picture."""
    source = camera(megapixels, photos)
    folder = WORK / f"previews-{megapixels}mp-{photos}" / "photos"
    if len(jpegs(folder)) != source.count:
        add_previews(source.folder, folder)
    return PhotoSet(f"previews {megapixels} MP", folder)


def two_photos(photos: PhotoSet) -> PhotoSet:
    """A folder with the first two photos of a set: a scan of it starts all that a large one starts."""
    folder = WORK / "two-photos"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in jpegs(photos.folder)[:2]:
        shutil.copy(path, folder)
    return PhotoSet("two photos", folder)

"""The photos that the copy head is trained on: which, and in what size. See ``train_copy_head.py``."""

import hashlib
import json
import re
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # BGR [h, w, 3]

LONGEST_SIDE_PX = 336
LEAST_SIDE_PX = 100
_NO_PHOTOS = ("cartoon", "symbols", "flags", "roadsigns", "_mirror", "_flip", "screenshot", "preview")
_SIZE = re.compile(r"(\d+)x(\d+)")


def training_photos(data: Path, packages: Path) -> list[Path]:
    """The photos in their order, which is part of what makes a training repeatable."""
    found = [*_of_the_tune_half(data), *_of_the_packages(packages / "usr" / "share")]
    return [path for path in found if _is_usable(path)]


def working_size(path: Path) -> Picture:
    """A photo at the size that it is edited at; what shines through is white."""
    pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if pixels.dtype != np.uint8:
        pixels = (pixels / 257).astype(np.uint8)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    height, width = pixels.shape[:2]
    share = LONGEST_SIDE_PX / max(height, width)
    if share < 1:
        size = (max(32, int(width * share)), max(32, int(height * share)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    if pixels.shape[2] == 4:
        opacity = pixels[..., 3:] / 255.0
        pixels = (pixels[..., :3] * opacity + 255 * (1 - opacity)).astype(np.uint8)
    return np.ascontiguousarray(pixels[..., :3])


def _of_the_tune_half(data: Path) -> list[Path]:
    """Those with a clear licence, one of each exposure; a series is on the side of its first photo."""
    manifest = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    groups = manifest["groups"]
    series = {
        path: min(group["files"]) for group in groups if group["verdict"] != "category" for path in group["files"]
    }
    copies = {path for group in groups if group["verdict"] == "duplicate" for path in sorted(group["files"])[1:]}
    clear = [entry["path"] for entry in manifest["files"] if entry.get("licence_clear")]
    photos = [path for path in clear if path.startswith("photos/") and path not in copies]
    return [data / path for path in photos if hashlib.sha256(series.get(path, path).encode()).digest()[0] % 2 == 0]


def _of_the_packages(share: Path) -> list[Path]:
    """The pictures of the packages, the largest of those that come in many sizes, in the order of their paths."""
    largest: dict[str, tuple[int, Path]] = {}
    for path in sorted(share.rglob("*")):
        name = str(path)
        if path.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp") or any(word in name for word in _NO_PHOTOS):
            continue
        folder, _, inside = name.partition("/contents/")
        key = folder + ("dark" if "images_dark" in inside else "") if inside else name
        sizes = _SIZE.findall(name)
        area = int(sizes[-1][0]) * int(sizes[-1][1]) if sizes else 1
        if key not in largest or area > largest[key][0]:
            largest[key] = (area, path)
    return sorted(path for _, path in largest.values())


def _is_usable(path: Path) -> bool:
    pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    return pixels is not None and min(pixels.shape[:2]) >= LEAST_SIDE_PX

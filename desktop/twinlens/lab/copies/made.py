"""Edited copies of photos in a folder, with what is known of them."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.relation import PhotoClass
from twinlens.lab.edits import EDITS, write

LONGEST_PX = 1280


class Copy(Struct, frozen=True):
    """A copy whose original is known. ``photo_class``: the weakest class both have to be found in."""

    path: str
    original: str
    kind: str
    photo_class: PhotoClass
    at_least: float = 0.0


def shuffled_kinds(seed: Sequence[int], kinds: Sequence[str] = tuple(EDITS)) -> list[str]:
    """All kinds in an order of their own for every seed; a few after a few, every photo gets all of them."""
    return [kinds[at] for at in np.random.default_rng(list(seed)).permutation(len(kinds))]


def upright(path: str, longest_px: int = LONGEST_PX) -> tuple[UInt8Array, bytes | None]:
    """The picture as it is looked at, RGB uint8, and its EXIF block; raises OSError for what cannot be read."""
    from PIL import Image, ImageOps

    with Image.open(path) as opened:
        block = opened.info.get("exif")
        turned = ImageOps.exif_transpose(opened)
        shown = turned.convert("RGB")
    shown.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    return np.asarray(shown, dtype=np.uint8), block if isinstance(block, bytes) and block else None


def make_copies(wanted: Iterable[tuple[str, Path, Sequence[str]]], seed: int) -> list[Copy]:
    """Write edits.

    Args:
        wanted: for each original its path, the stem of its copies' paths and the kinds.
        seed: the same gives the same files.

    Returns:
        The copies, in the order of ``wanted``. Two of three carry their original's metadata along, as most programs do.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        made = threads.map(lambda one: _copies_of(one[0], one[1], one[2], seed), list(wanted))
        return [copy for copies in made for copy in copies]


def _copies_of(original: str, stem: Path, kinds: Sequence[str], seed: int) -> list[Copy]:
    picture, block = upright(original)
    stem.parent.mkdir(parents=True, exist_ok=True)
    copies = []
    for kind in kinds:
        edit = EDITS[kind]
        rng = np.random.default_rng([seed, *stem.name.encode(), *kind.encode()])
        exif = block if rng.random() < 2 / 3 else None
        plain = kind.replace("%", "")
        path = write(picture, kind, stem.with_name(f"{stem.name}-{plain}"), rng, exif)
        copies.append(Copy(str(path), original, kind, edit.photo_class, edit.at_least))
    return copies

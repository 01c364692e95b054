"""Edits made by ourselves: what a name promises is what the file shows, and a seed says which."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from twinlens.domain.fingerprint import UInt8Array
from twinlens.lab.edits import EDITS, families, make, write


@pytest.fixture(scope="module")
def street(photos_dir: Path) -> UInt8Array:
    first = sorted((photos_dir / "series_lund").iterdir())[0]
    with Image.open(first) as opened:
        small = ImageOps.exif_transpose(opened).convert("RGB")
        small.thumbnail((320, 320))
        return np.asarray(small, dtype=np.uint8)


def _shown(path: Path) -> UInt8Array:
    with Image.open(path) as opened:
        return np.asarray(ImageOps.exif_transpose(opened).convert("RGB"), dtype=np.uint8)


def _error(one: UInt8Array, two: UInt8Array) -> float:
    return float(np.abs(one.astype(np.int16) - two).mean())


@pytest.mark.photos
@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edit_gives_a_picture_and_the_same_file_for_the_same_seed(name: str, street: UInt8Array, tmp_path: Path):
    before = street.copy()
    made = make(street, name, np.random.default_rng(3))
    written = write(street, name, tmp_path / "a", np.random.default_rng(3))
    again = write(street, name, tmp_path / "b", np.random.default_rng(3))
    assert np.array_equal(street, before)
    assert made.dtype == np.uint8
    assert made.shape[2:] == (3,)
    assert written.read_bytes() == again.read_bytes()
    shown = _shown(written)
    assert shown.shape == made.shape
    assert _error(shown, made) < 3.0  # a turned JPEG has its blocks elsewhere


@pytest.mark.photos
def test_other_seeds_give_other_edits(street: UInt8Array):
    crops = {make(street, "cropped-20%", np.random.default_rng(seed)).tobytes() for seed in range(6)}
    assert len(crops) == 6


@pytest.mark.photos
def test_crops_keep_what_they_promise_and_turns_turn(street: UInt8Array):
    height, width = street.shape[:2]
    rng = np.random.default_rng(0)
    assert make(street, "cropped-30%", rng).shape[:2] == (round(height * 0.7), round(width * 0.7))
    assert max(make(street, "resized-256px", rng).shape) == 256
    assert _error(make(street, "turned-90", rng), np.rot90(street)) < 6
    assert _error(make(street, "mirrored", rng), street[:, ::-1]) < 6
    gray = make(street, "gray", rng).astype(np.int16)
    assert np.abs(gray[..., 0] - gray[..., 2]).max() <= 2


@pytest.mark.photos
def test_metadata_travels_along_with_an_orientation_that_is_true(street: UInt8Array, photos_dir: Path, tmp_path: Path):
    with Image.open(sorted((photos_dir / "series_tree").iterdir())[1]) as opened:
        block = opened.info["exif"]
        assert opened.getexif()[0x0112] == 6
    kept = write(street, "jpeg-any", tmp_path / "kept", np.random.default_rng(1), block)
    turned = write(street, "exif-turned", tmp_path / "turned", np.random.default_rng(1), block)
    with Image.open(kept) as one, Image.open(turned) as two:
        assert (one.getexif()[0x0112], one.getexif()[0x0110]) == (1, "iPhone 7")
        assert two.getexif()[0x0112] in (3, 6, 8)
    assert _error(_shown(kept), street) < 6
    assert _error(_shown(turned), street) < 6


def test_every_family_has_edits_and_every_edit_a_promise():
    assert sum(len(names) for names in families().values()) == len(EDITS)
    assert all(0 <= edit.at_least <= 1 for edit in EDITS.values())

"""Fingerprints of real photos."""

from pathlib import Path

import imagehash
import numpy as np
import pytest
from PIL import Image

from twinlens.domain.errors import ModelUnusable
from twinlens.fingerprints.content import content_hash, content_hash_of_file, pixel_hash
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model, describe_model
from twinlens.fingerprints.network_input import network_input
from twinlens.fingerprints.study import fingerprint

TURNS = [None, "ROTATE_90", "ROTATE_180", "ROTATE_270", "FLIP_LEFT_RIGHT", "FLIP_TOP_BOTTOM", "TRANSPOSE", "TRANSVERSE"]


@pytest.fixture(scope="module")
def photos(photos_dir: Path) -> list[Image.Image]:
    return [Image.open(path).convert("RGB") for path in sorted(photos_dir.glob("caltech101/*/*.jpg"))[:12]]


def test_hashes_are_those_of_imagehash(photos: list[Image.Image]):
    for photo in photos:
        hashes = fingerprint(np.asarray(photo)).perceptual
        small = photo.convert("L").resize((32, 32), Image.Resampling.LANCZOS, reducing_gap=3)
        assert (int(hashes[0]) ^ int(str(imagehash.phash(photo)), 16)).bit_count() <= 2
        for found, turn in zip(hashes, TURNS, strict=True):
            turned = small.transpose(Image.Transpose[turn]) if turn else small
            assert int(found) == int(str(imagehash.phash(turned)), 16)


def test_histogram_and_sharpness(photos: list[Image.Image]):
    found = fingerprint(np.asarray(photos[0]))
    np.testing.assert_allclose(found.histogram.reshape(3, 32).sum(axis=1), 1, atol=1e-5)
    blurred = fingerprint(np.asarray(photos[0].reduce(4).resize(photos[0].size)))
    assert found.sharpness > blurred.sharpness


def test_content_and_pixels(photos_dir: Path):
    path = sorted(photos_dir.glob("caltech101/*/*.jpg"))[0]
    assert content_hash(path.read_bytes()) == content_hash_of_file(str(path))
    pixels = np.zeros((2, 3, 3), np.uint8)
    variants = [pixel_hash(pixels, b""), pixel_hash(pixels, b"p"), pixel_hash(pixels.reshape(3, 2, 3), b"")]
    assert len({*variants, pixel_hash(pixels.astype(np.uint16), b"")}) == 4


def test_network_tells_a_copy_from_another_photo(photos: list[Image.Image]):
    embedder = OnnxEmbedder(bundled_model())
    pictures = [photos[0], photos[0].reduce(2), photos[-1]]
    batch = embedder.embed(np.stack([network_input(np.asarray(p), 224) for p in pictures]))
    np.testing.assert_allclose(np.linalg.norm(batch.vectors, axis=1), 1, atol=1e-5)
    assert batch.logits.shape == (3, 1000)
    assert batch.vectors[0] @ batch.vectors[1] > 0.8 > batch.vectors[0] @ batch.vectors[2]
    with pytest.raises(ValueError, match="expected uint8"):
        embedder.embed(np.zeros((1, 9, 9, 3), np.uint8))


def test_damaged_network_is_refused(tmp_path: Path):
    bundled = bundled_model().path
    (tmp_path / "efficientnet-lite0.toml").write_text(bundled.with_suffix(".toml").read_text())
    (tmp_path / "efficientnet-lite0.onnx").write_bytes(b"not a network")
    with pytest.raises(ModelUnusable, match="SHA-256"):
        describe_model(str(tmp_path / "efficientnet-lite0.onnx"))

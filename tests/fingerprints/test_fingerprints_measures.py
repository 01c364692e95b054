"""Measures of real photos: what is spoilt measures worse, and nothing else changes."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.measures import MEASURE
from twinlens.fingerprints.measures import SIDE_PX, at_measuring_scale, measure


@pytest.fixture(
    scope="module", params=["series_banana/DSC_0426.JPG", "series_lund/04.jpg", "burst_trailcam/IMG_0006.JPG"]
)
def pixels(request: pytest.FixtureRequest, photos_dir: Path) -> UInt8Array:
    with Image.open(photos_dir / request.param) as picture:
        picture.draft("RGB", (SIDE_PX, SIDE_PX))
        return at_measuring_scale(np.asarray(picture.convert("RGB")))


def sharpness(pixels: UInt8Array) -> float:
    """Of the third of the tiles with the most detail."""
    row = measure(pixels)[0]
    detail = row["sharp"].astype(int) + row["content"]
    return float(row["sharp"][np.argsort(-detail)[:48]].mean())


def lit(pixels: UInt8Array, stops: float) -> UInt8Array:
    linear = (pixels / 255.0) ** 2.2 * 2**stops
    return np.clip(np.round(255 * linear ** (1 / 2.2)), 0, 255).astype(np.uint8)


def noisy(pixels: UInt8Array, levels: float) -> UInt8Array:
    noise = np.random.default_rng(1).normal(0, levels, pixels.shape)
    return np.clip(np.round(pixels + noise), 0, 255).astype(np.uint8)


def test_every_blur_measures_softer_than_a_weaker_one(pixels: UInt8Array):
    found = [sharpness(pixels), *(sharpness(cv2.GaussianBlur(pixels, (0, 0), px)) for px in (0.7, 1.2, 2.5))]
    assert found == sorted(found, reverse=True)
    assert found[0] - found[2] > 3


def test_noise_is_measured_and_taken_for_no_sharpness(pixels: UInt8Array):
    levels = [float(measure(noisy(pixels, sigma))["noise"][0]) for sigma in (0.0, 4.0, 8.0)]
    assert levels[0] < levels[1] < levels[2]
    assert sharpness(noisy(pixels, 8.0)) <= sharpness(pixels) + 0.5
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.2)
    assert sharpness(noisy(soft, 8.0)) < sharpness(pixels) - 3


def test_another_exposure_is_as_sharp_and_clips(pixels: UInt8Array):
    plain, light, dark = (measure(lit(pixels, stops))[0] for stops in (0.0, 1.5, -1.5))
    assert dark["mean"] < plain["mean"] < light["mean"]
    assert plain["bright"] < light["bright"]
    assert abs(sharpness(lit(pixels, -1.0)) - sharpness(pixels)) < 2


def test_every_picture_has_measures_of_one_size():
    for shape in ((1, 1, 3), (3, 900, 3), (40, 20, 3)):
        row = measure(np.full(shape, 128, np.uint8))
        assert row.dtype == MEASURE
        assert len(row) == 1
        assert not row["sharp"].any()

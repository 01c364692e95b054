"""Fixtures of the imaging tests: small made pictures, and no decoding process left behind."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from twinlens.imaging.decode import close_workers


@pytest.fixture(scope="session", autouse=True)
def no_workers_left() -> Iterator[None]:
    yield
    close_workers()


@pytest.fixture(scope="session")
def picture() -> Image.Image:
    """480 x 360, smooth, unlike itself under every turn and mirror."""
    y, x = np.mgrid[0:360, 0:480].astype(np.float32)
    channels = (x / 480 * 200 + 20, y / 360 * 180 + 30, np.hypot(x - 100, y - 80) / 600 * 220)
    return Image.fromarray(np.clip(np.stack(channels, axis=2), 0, 255).astype(np.uint8))

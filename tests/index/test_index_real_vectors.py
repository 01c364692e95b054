"""The projection on vectors of real photos: directions learnt from some of them serve the others."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from twinlens.domain.fingerprint import Float32Array
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model
from twinlens.index.exact import ExactIndex
from twinlens.index.projected import ProjectedIndex
from twinlens.index.projection import learn

PHOTOS, CROPS, WANTED = 32, 5, 10


@pytest.fixture(scope="module")
def crops(photos_dir: Path) -> Float32Array:
    """The vectors of some crops of each of some photos, float32 [PHOTOS * CROPS, d]."""
    embedder, random = OnnxEmbedder(bundled_model()), np.random.default_rng(3)
    side_px = embedder.identity.input_side_px
    paths = sorted(photos_dir.rglob("*.[jJ][pP][gG]"))
    vectors = []
    for place in np.linspace(0, len(paths) - 1, PHOTOS).astype(int):
        with Image.open(paths[place]) as photo:
            photo.draft("RGB", (480, 480))
            picture = photo.convert("RGB")
        cut = []
        for _ in range(CROPS):
            share = random.uniform(0.5, 0.95)
            width, height = int(picture.width * share), int(picture.height * share)
            x, y = random.integers(0, picture.width - width), random.integers(0, picture.height - height)
            cut.append(np.asarray(picture.resize((side_px, side_px), box=(x, y, x + width, y + height))))
        vectors.append(embedder.embed(np.stack(cut)).vectors)
    return np.concatenate(vectors)


def test_what_is_near_is_found_with_directions_learnt_from_other_photos(crops: Float32Array):
    ids = np.arange(len(crops))
    others, own = crops[: len(crops) // 2], crops[len(crops) // 2 :]
    exact = ExactIndex(crops.shape[1])
    index = ProjectedIndex(learn(others, len(crops)), lambda wanted: (wanted, crops[wanted]))
    for each in (exact, index):
        each.add(ids, crops)
    (truth, right), (found, cosines) = (each.search(own, WANTED) for each in (exact, index))
    pairs = list(zip(truth.tolist(), right.tolist(), found.tolist(), strict=True))
    assert (
        np.mean([len(set(a) & set(b)) / WANTED for a, _, b in pairs]) >= 0.95
    )  # learnt from as little as this; 0.997 from 4,000 crops
    assert all({i for i, cosine in zip(a, c, strict=True) if cosine >= 0.72} <= set(b) for a, c, b in pairs)
    np.testing.assert_allclose(cosines[:, 0], right[:, 0], atol=1e-6)

"""The network and the index: loaded and run once."""

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np

from twinlens.domain.errors import ModelUnusable
from twinlens.health.check import Check, State

if TYPE_CHECKING:
    from twinlens.fingerprints.embedding import OnnxEmbedder

SAMPLE_VECTORS = 600


def engine_checks() -> list[Check]:
    """The model's file, one run of it, and a nearest-neighbour search."""
    return [*_model(), _index()]


def _model() -> list[Check]:
    from twinlens.fingerprints.model import bundled_model, verify

    try:
        described = bundled_model()
        verify(described)
    except ModelUnusable as error:
        return [Check("model", "file", State.BROKEN, str(error))]
    size = described.path.stat().st_size / 1e6
    checks = [Check("model", "file", State.WORKS, f"{described.name}, {size:.1f} MB, SHA-256 {described.sha256}")]
    try:
        from twinlens.fingerprints.embedding import OnnxEmbedder

        embedder = OnnxEmbedder(described)
        picture_ms = _picture_ms(embedder)
    except (ModelUnusable, ImportError) as error:
        return [*checks, Check("model", "run", State.BROKEN, str(error))]
    where = "the CPU, one thread" if embedder.provider == "CPU" else embedder.provider
    words = f"{described.dimension} numbers a picture in {picture_ms:.1f} ms on {where}"
    unused = [Check("model", "accelerator", State.LIMITED, f"{reason}; the CPU is used") for reason in embedder.refused]
    return [*checks, Check("model", "run", State.WORKS, words), *unused]


def _picture_ms(embedder: "OnnxEmbedder") -> float:
    """How long one picture takes once the network is warm: the middle of five runs."""
    side_px = embedder.identity.input_side_px
    picture = np.zeros((1, side_px, side_px, 3), np.uint8)
    spent_s = []
    for _ in range(5):
        began_s = time.perf_counter()
        embedder.embed(picture)
        spent_s.append(time.perf_counter() - began_s)
    return statistics.median(spent_s) * 1000


def _index() -> Check:
    from twinlens.index.projected import ProjectedIndex
    from twinlens.index.projection import learn

    vectors = np.random.default_rng(1).normal(size=(SAMPLE_VECTORS, 320)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = ProjectedIndex(learn(vectors, SAMPLE_VECTORS), lambda ids: (ids, vectors[ids]))
    index.add(np.arange(SAMPLE_VECTORS), vectors)
    ids, _ = index.search(vectors[:50], 1)
    found = int((ids[:, 0] == np.arange(50)).sum())
    state = State.WORKS if found >= 49 else State.BROKEN
    return Check("index", "neighbours", state, f"finds {found} of 50 vectors again among {SAMPLE_VECTORS}")

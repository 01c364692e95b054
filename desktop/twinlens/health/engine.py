"""The network and the index: loaded and run once."""

import time

import numpy as np

from twinlens.domain.errors import ModelUnusable
from twinlens.health.check import Check, State

SAMPLE_VECTORS = 600  # enough that the graph answers, and not the exact search that serves tiny libraries


def engine_checks() -> list[Check]:
    """The model's file, one run of it, and a nearest-neighbour search."""
    return [*_model(), _index()]


def _model() -> list[Check]:
    from twinlens.fingerprints.model import bundled_model

    try:
        described = bundled_model()
    except ModelUnusable as error:
        return [Check("model", "file", State.BROKEN, str(error))]
    size = described.path.stat().st_size / 1e6
    checks = [Check("model", "file", State.WORKS, f"{described.name}, {size:.1f} MB, SHA-256 {described.sha256}")]
    try:
        from twinlens.fingerprints.embedding import OnnxEmbedder

        embedder = OnnxEmbedder(described)
        pictures = np.zeros((1, described.side_px, described.side_px, 3), np.uint8)
        began = time.perf_counter()
        embedder.embed(pictures)
        took_ms = (time.perf_counter() - began) * 1000
    except (ModelUnusable, ImportError) as error:
        return [*checks, Check("model", "run", State.BROKEN, str(error))]
    import onnxruntime

    providers = ", ".join(onnxruntime.get_available_providers())
    words = f"{described.dimension} numbers in {took_ms:.0f} ms on one thread; onnxruntime offers {providers}"
    return [*checks, Check("model", "run", State.WORKS, words)]


def _index() -> Check:
    try:
        from twinlens.index.hnsw import HnswIndex

        index = HnswIndex(16, SAMPLE_VECTORS)
    except ImportError as error:
        return Check("index", "hnswlib", State.BROKEN, f"{error}; searches compare with every photo instead")
    vectors = np.random.default_rng(1).normal(size=(SAMPLE_VECTORS, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.add(np.arange(1, SAMPLE_VECTORS + 1), vectors)
    ids, _ = index.search(vectors[:50], 1)
    found = int((ids[:, 0] == np.arange(1, 51)).sum())
    state = State.WORKS if found >= 49 else State.BROKEN
    return Check("index", "hnswlib", state, f"finds {found} of 50 vectors again among {SAMPLE_VECTORS}")

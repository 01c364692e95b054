"""The network: pictures in, L2-normalised vectors out."""

import contextlib
import logging
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.errors import ModelUnusable
from twinlens.domain.fingerprint import EmbeddingBatch, ModelIdentity, UInt8Array
from twinlens.fingerprints.model import ModelDescription, verify
from twinlens.fingerprints.placement import CPU, Placement, best_placement, first_line, on_cpu, short_name

logger = logging.getLogger(__name__)


class OnnxEmbedder:
    """An ``Embedder`` over one onnxruntime session; ``embed`` may be called from several threads at once.

    One thread inside the session and one picture a call is right where the callers are threads themselves: on a CPU
    batches gain less than 3 %, and each picture of a batch costs 20 MB.
    """

    def __init__(self, description: ModelDescription, *, threads: int = 1) -> None:
        self._description = description
        self._threads = threads
        self._guard = threading.Lock()
        verify(description)
        self._placement = self._place()
        self._turn = threading.Lock() if self._placement.one_call_at_a_time else contextlib.nullcontext()
        self._check()

    @property
    def identity(self) -> ModelIdentity:
        """Which network this is."""
        return self._description.identity

    @property
    def provider(self) -> str:
        """Where the network runs: ``CPU``, ``CUDA``, ``CoreML`` or ``DirectML``."""
        return short_name(self._placement.provider)

    @property
    def refused(self) -> tuple[str, ...]:
        """Why accelerators that onnxruntime offers are not used, one clause each."""
        return self._placement.refused

    def embed(self, pictures: UInt8Array) -> EmbeddingBatch:
        """Vectors of uint8 RGB [n, side, side, 3]; raises ValueError for another shape or dtype."""
        side_px = self._description.side_px
        if pictures.dtype != np.uint8 or pictures.ndim != 4 or pictures.shape[1:] != (side_px, side_px, 3):
            raise ValueError(f"expected uint8 [n, {side_px}, {side_px}, 3], got {pictures.dtype} {pictures.shape}")
        if len(pictures) == 0:
            empty = np.empty((0, 0), np.float32)
            return EmbeddingBatch(empty.reshape(0, self.identity.dimension), np.empty(0, np.float32), empty, empty)
        described, nothing = self._description, np.empty((len(pictures), 0), np.float32)
        answers = dict(zip(self._outputs(), self._run(_prepared(described, pictures)), strict=True))
        vectors, norms = _normalised(answers[described.embedding_output])
        logits = answers[described.logits_output] if described.logits_output else nothing
        copies = _normalised(answers[described.copy_output])[0] if described.copy_output else nothing
        return EmbeddingBatch(vectors, norms, logits, copies)

    def _run(self, values: NDArray[Any]) -> list[NDArray[np.float32]]:
        placement = self._placement
        try:
            return self._run_on(placement, values)
        except Exception as error:  # onnxruntime has no common error class
            if placement.provider == CPU:
                raise
            return self._run_on(self._without(placement, error), values)

    def _run_on(self, placement: Placement, values: NDArray[Any]) -> list[NDArray[np.float32]]:
        session = placement.session
        with self._turn:
            answers: list[NDArray[np.float32]] = session.run(self._outputs(), {session.get_inputs()[0].name: values})
        return answers

    def _without(self, failed: Placement, error: Exception) -> Placement:
        """The network on the CPU from now on: a device can be taken away, or run out of memory, in the middle of a scan."""
        with self._guard:
            if self._placement is failed:
                reason = f"{short_name(failed.provider)} failed ({first_line(error)})"
                logger.warning("The network goes on on the CPU: %s", reason)
                cpu = on_cpu(self._description.path, self._threads)
                self._placement = Placement(cpu.session, CPU, refused=(*failed.refused, reason))
            return self._placement

    def _outputs(self) -> list[str]:
        described = self._description
        wanted = (described.embedding_output, described.logits_output, described.copy_output)
        return [output for output in wanted if output]

    def _place(self) -> Placement:
        described = self._description
        try:
            return best_placement(
                described.path, _prepared(described, _trial(described)), self._outputs(), self._threads
            )
        except Exception as error:  # onnxruntime has no common error class
            raise ModelUnusable(f"The network {described.path} cannot be loaded: {error}") from error

    def _check(self) -> None:
        """Run the network once: its description may not fit it."""
        expected = (1, self.identity.dimension)
        try:
            batch = self.embed(_trial(self._description))
            vectors = np.concatenate([batch.vectors, batch.copy_vectors], axis=1)
        except Exception as error:  # onnxruntime has no common error class
            raise ModelUnusable(f"The network {self._description.path} is not as described: {error}") from error
        if batch.vectors.shape != expected or not np.isfinite(vectors).all():
            raise ModelUnusable(f"The network {self._description.path} gives {batch.vectors.shape}, not {expected}.")


def _trial(description: ModelDescription) -> UInt8Array:
    """One picture of noise, the same every time."""
    side_px = description.side_px
    return np.random.default_rng(1).integers(0, 256, (1, side_px, side_px, 3), np.uint8)


def _normalised(raw: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    norms = np.linalg.norm(raw, axis=1).astype(np.float32)
    return (raw / np.maximum(norms, np.finfo(np.float32).tiny)[:, None]).astype(np.float32), norms


def _prepared(described: ModelDescription, pictures: UInt8Array) -> NDArray[Any]:
    """Pictures in the form that the network's description asks for."""
    values: NDArray[Any] = pictures
    if described.dtype == "float32":
        scaled = pictures.astype(np.float32) * np.float32(described.value_range / 255)
        values = (scaled - np.asarray(described.mean, np.float32)) / np.asarray(described.std, np.float32)
    if described.layout == "NCHW":
        values = np.ascontiguousarray(values.transpose(0, 3, 1, 2))
    return values

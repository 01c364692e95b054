"""The network: pictures in, L2-normalised vectors out."""

import logging
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.errors import ModelUnusable
from twinlens.domain.fingerprint import EmbeddingBatch, ModelIdentity, UInt8Array
from twinlens.fingerprints.model import ModelDescription

logger = logging.getLogger(__name__)

_ACCELERATORS = ("CUDAExecutionProvider", "CoreMLExecutionProvider", "DmlExecutionProvider")


def network_input(pixels: UInt8Array, side_px: int) -> UInt8Array:
    """The whole uint8 RGB picture [h, w, 3] squeezed into a square uint8 [side, side, 3] by one resize."""
    shrinks = min(pixels.shape[:2]) >= side_px
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (side_px, side_px), interpolation=method), dtype=np.uint8)


class OnnxEmbedder:
    """An ``Embedder`` over one onnxruntime session; ``embed`` may be called from several threads at once.

    One thread inside the session is right where the callers are threads themselves: batches gain nothing on a CPU.
    """

    def __init__(self, description: ModelDescription, *, threads: int = 1) -> None:
        self._description = description
        self._session = _open_session(description, threads)
        self._input_name = self._session.get_inputs()[0].name
        self._check()

    @property
    def identity(self) -> ModelIdentity:
        """Which network this is."""
        return self._description.identity

    def embed(self, pictures: UInt8Array) -> EmbeddingBatch:
        """Vectors of uint8 RGB [n, side, side, 3]; raises ValueError for another shape or dtype."""
        side_px = self._description.side_px
        if pictures.dtype != np.uint8 or pictures.ndim != 4 or pictures.shape[1:] != (side_px, side_px, 3):
            raise ValueError(f"expected uint8 [n, {side_px}, {side_px}, 3], got {pictures.dtype} {pictures.shape}")
        if len(pictures) == 0:
            empty = np.empty((0, 0), np.float32)
            return EmbeddingBatch(empty.reshape(0, self.identity.dimension), np.empty(0, np.float32), empty)
        raw, *scores = self._session.run(self._outputs(), {self._input_name: self._prepared(pictures)})
        norms = np.linalg.norm(raw, axis=1).astype(np.float32)
        vectors = (raw / np.maximum(norms, np.finfo(np.float32).tiny)[:, None]).astype(np.float32)
        logits = scores[0] if scores else np.empty((len(pictures), 0), np.float32)
        return EmbeddingBatch(vectors, norms, logits)

    def _outputs(self) -> list[str]:
        described = self._description
        return [described.embedding_output, *([described.logits_output] if described.logits_output else [])]

    def _prepared(self, pictures: UInt8Array) -> NDArray[Any]:
        described = self._description
        values: NDArray[Any] = pictures
        if described.dtype == "float32":
            scaled = pictures.astype(np.float32) * np.float32(described.value_range / 255)
            values = (scaled - np.asarray(described.mean, np.float32)) / np.asarray(described.std, np.float32)
        if described.layout == "NCHW":
            values = np.ascontiguousarray(values.transpose(0, 3, 1, 2))
        return values

    def _check(self) -> None:
        """Run the network once: its description may not fit it."""
        side_px = self._description.side_px
        expected = (1, self.identity.dimension)
        try:
            vectors = self.embed(np.zeros((1, side_px, side_px, 3), np.uint8)).vectors
        except Exception as error:  # onnxruntime has no common error class
            raise ModelUnusable(f"The network {self._description.path} is not as described: {error}") from error
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise ModelUnusable(f"The network {self._description.path} gives {vectors.shape}, not {expected}.")


def _open_session(description: ModelDescription, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    available = onnxruntime.get_available_providers()
    providers = [name for name in _ACCELERATORS if name in available]
    if providers:
        logger.info("The network runs on %s, else on the CPU", ", ".join(providers))
    try:
        return onnxruntime.InferenceSession(
            str(description.path), options, providers=[*providers, "CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime has no common error class
        raise ModelUnusable(f"The network {description.path} cannot be loaded: {error}") from error

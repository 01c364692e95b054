"""Where the network runs: on an accelerator that proves itself, otherwise on the CPU.

That onnxruntime lists a provider says only that it was compiled in. Its libraries may be missing (then the session is
quietly opened on the CPU), its device may be gone or too small, its arithmetic too coarse for vectors that were made on
the CPU. So each one is tried on one picture and compared before it is used.
"""

import contextlib
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.fingerprints.runtime import load_runtime

logger = logging.getLogger(__name__)

CPU = "CPUExecutionProvider"
LEAST_COSINE = 0.999  # between the answers of two providers to one picture; fp16 arithmetic reaches .9999
_FATAL = 4  # onnxruntime writes its reasons to standard error in many lines; the exception says them too


class Accelerator(Struct, frozen=True):
    """A provider of onnxruntime beside the CPU, and what it asks for."""

    provider: str
    options: tuple[tuple[str, str], ...] = ()
    memory_pattern: bool = True
    one_call_at_a_time: bool = False


# TF32 would round the factors to 10 bits. DirectML's session takes no memory pattern and no calls side by side.
ACCELERATORS = (
    Accelerator("CUDAExecutionProvider", options=(("use_tf32", "0"),)),
    Accelerator("CoreMLExecutionProvider"),
    Accelerator("DmlExecutionProvider", memory_pattern=False, one_call_at_a_time=True),
)


class Placement(Struct, frozen=True):
    """An open session and where it runs. ``refused`` says of each listed accelerator why it is not used."""

    session: Any
    provider: str
    one_call_at_a_time: bool = False
    refused: tuple[str, ...] = ()


def on_cpu(path: Path, threads: int) -> Placement:
    """The network on the CPU; whatever onnxruntime raises for a file that is no network is passed on."""
    return Placement(_session(path, threads, CPU), CPU)


def best_placement(path: Path, feed: NDArray[Any], outputs: Sequence[str], threads: int) -> Placement:
    """The network on the first accelerator that answers ``feed`` as the CPU does, otherwise on the CPU."""
    reference = on_cpu(path, threads)
    listed = set(load_runtime().get_available_providers())
    candidates = [accelerator for accelerator in ACCELERATORS if accelerator.provider in listed]
    if not candidates:
        return reference
    expected = _answer(reference.session, feed, outputs)
    refused: list[str] = []
    for accelerator in candidates:
        try:
            session = _session(path, threads, accelerator.provider, accelerator)
            reason = _why_not(session, accelerator, expected, feed, outputs)
        except Exception as error:  # noqa: BLE001 - onnxruntime has no common error class, drivers have their own
            reason = first_line(error)
        if reason is None:
            logger.info("The network runs on %s", short_name(accelerator.provider))
            return Placement(session, accelerator.provider, accelerator.one_call_at_a_time, tuple(refused))
        refused.append(f"{short_name(accelerator.provider)} is offered but cannot be used ({reason})")
    logger.warning("The network runs on the CPU: %s", "; ".join(refused))
    return Placement(reference.session, CPU, refused=tuple(refused))


def short_name(provider: str) -> str:
    """A provider's name as users know it."""
    name = provider.removesuffix("ExecutionProvider")
    return {"Dml": "DirectML"}.get(name, name)


def first_line(error: Exception) -> str:
    """What an exception says, in one line that can be read."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def _session(path: Path, threads: int, provider: str, accelerator: Accelerator | None = None) -> Any:
    onnxruntime = load_runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if accelerator is None:
        return onnxruntime.InferenceSession(str(path), options, providers=[CPU])
    options.log_severity_level = _FATAL
    options.enable_mem_pattern = accelerator.memory_pattern
    if provider.startswith("CUDA") and hasattr(onnxruntime, "preload_dlls"):
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it does not find
            onnxruntime.preload_dlls()
    providers = [(provider, dict(accelerator.options)), CPU]
    # Without its own way of falling back, which prints to standard output.
    session = onnxruntime.InferenceSession(str(path), options, providers=providers, enable_fallback=0)
    session.disable_fallback()
    return session


def _answer(session: Any, feed: NDArray[Any], outputs: Sequence[str]) -> NDArray[np.float32]:
    return np.asarray(session.run(list(outputs), {session.get_inputs()[0].name: feed})[0], np.float32).ravel()


def _why_not(
    session: Any, accelerator: Accelerator, expected: NDArray[np.float32], feed: NDArray[Any], outputs: Sequence[str]
) -> str | None:
    """Why a session that was opened is not the one that was asked for; None when it is."""
    if accelerator.provider not in session.get_providers():
        return "onnxruntime opened the network on the CPU instead; a driver or library is missing"
    answer = _answer(session, feed, outputs)
    if answer.shape != expected.shape or not np.isfinite(answer).all():
        return "its answer is not a vector of the right length"
    lengths = float(np.linalg.norm(answer)) * float(np.linalg.norm(expected))
    cosine = float(answer @ expected) / max(lengths, 1e-12)
    if cosine < LEAST_COSINE:
        return f"its answer differs from the CPU's, cosine {cosine:.4f}"
    return None

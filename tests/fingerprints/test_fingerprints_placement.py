"""An accelerator is used when it proves itself; a wrong or missing one costs one line, never a vector."""

import logging
from collections.abc import Callable
from typing import Any

import numpy as np
import onnxruntime
import pytest

from twinlens.domain.errors import ModelUnusable
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model
from twinlens.health.check import State
from twinlens.health.engine import engine_checks

RealSession = onnxruntime.InferenceSession
PICTURE = np.random.default_rng(7).integers(0, 256, (1, 224, 224, 3), np.uint8)


class Device:
    """A session that says it runs on an accelerator; the work is done on the CPU."""

    says = "CUDAExecutionProvider"

    def __init__(self, path: str, options: Any, providers: list[Any], **_: Any) -> None:
        self.real = RealSession(path, options, providers=["CPUExecutionProvider"])
        self.runs = 0

    def get_providers(self) -> list[str]:
        return [self.says, "CPUExecutionProvider"]

    def get_inputs(self) -> Any:
        return self.real.get_inputs()

    def disable_fallback(self) -> None: ...

    def run(self, outputs: list[str], feed: dict[str, Any]) -> list[Any]:
        self.runs += 1
        return list(self.real.run(outputs, feed))


class Absent(Device):
    def __init__(self, *_: Any, **__: Any) -> None:
        raise RuntimeError("LoadLibrary failed:\n libcudnn.so.9 is not there")


class Quiet(Device):
    says = "CPUExecutionProvider"


class Coarse(Device):
    def run(self, outputs: list[str], feed: dict[str, Any]) -> list[Any]:
        return [np.roll(answer, 1, axis=1) for answer in super().run(outputs, feed)]


class Broken(Device):
    def run(self, outputs: list[str], feed: dict[str, Any]) -> list[Any]:
        return [np.full_like(answer, np.nan) for answer in super().run(outputs, feed)]


class TakenAway(Device):
    def run(self, outputs: list[str], feed: dict[str, Any]) -> list[Any]:
        if self.runs == 2:  # after the trial and the check
            raise RuntimeError("CUDA error 999: device lost")
        return super().run(outputs, feed)


Offer = Callable[..., None]


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Let onnxruntime list an accelerator whose sessions are of this kind."""

    def offered(kind: type[Device], provider: str = "CUDAExecutionProvider") -> None:
        def open_session(path: str, options: Any, providers: list[Any], **more: Any) -> Any:
            if providers == ["CPUExecutionProvider"]:
                return RealSession(path, options, providers=providers)
            return kind(path, options, providers, **more)

        monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [provider, "CPUExecutionProvider"])
        monkeypatch.setattr(onnxruntime, "InferenceSession", open_session)

    return offered


def the_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    caplog.clear()
    return lines


def test_an_accelerator_that_answers_as_the_cpu_does_is_used(offer: Offer, caplog: pytest.LogCaptureFixture):
    offer(Device)
    embedder = OnnxEmbedder(bundled_model())
    assert (embedder.provider, embedder.refused) == ("CUDA", ())
    assert embedder.embed(PICTURE).vectors.shape == (1, 1280)
    assert the_lines(caplog) == []
    assert "on CUDA" in next(check.detail for check in engine_checks() if check.name == "run")


def test_directml_gets_one_call_at_a_time(offer: Offer):
    offer(type("Dml", (Device,), {"says": "DmlExecutionProvider"}), "DmlExecutionProvider")
    embedder = OnnxEmbedder(bundled_model())
    assert embedder.provider == "DirectML"
    assert hasattr(embedder._turn, "locked")


@pytest.mark.parametrize(
    ("kind", "why"),
    [(Absent, "libcudnn.so.9 is not there"), (Quiet, "on the CPU instead"), (Coarse, "differs"), (Broken, "not a vector")],
)  # fmt: skip
def test_one_that_cannot_be_used_costs_one_line(
    kind: type[Device], why: str, offer: Offer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    expected = OnnxEmbedder(bundled_model()).embed(PICTURE).vectors
    offer(kind)
    embedder = OnnxEmbedder(bundled_model())
    assert embedder.provider == "CPU"
    np.testing.assert_array_equal(embedder.embed(PICTURE).vectors, expected)
    (line,) = the_lines(caplog)
    assert why in line
    assert "\n" not in line
    assert capfd.readouterr().out == ""


def test_doctor_names_what_is_offered_but_cannot_be_used(offer: Offer, caplog: pytest.LogCaptureFixture):
    offer(Absent)
    checks = {check.name: check for check in engine_checks()}
    assert len(the_lines(caplog)) == 1
    assert checks["accelerator"].state is State.LIMITED
    assert "CUDA is offered but cannot be used" in checks["accelerator"].detail
    assert "ms on the CPU" in checks["run"].detail
    assert checks["run"].state is State.WORKS


def test_a_device_taken_away_in_the_middle_of_a_scan(offer: Offer, caplog: pytest.LogCaptureFixture):
    expected = OnnxEmbedder(bundled_model()).embed(PICTURE).vectors
    offer(TakenAway)
    embedder = OnnxEmbedder(bundled_model())
    assert embedder.provider == "CUDA"
    np.testing.assert_array_equal(embedder.embed(PICTURE).vectors, expected)
    assert embedder.provider == "CPU"
    embedder.embed(PICTURE)
    (line,) = the_lines(caplog)
    assert "device lost" in line
    assert len(embedder.refused) == 1


def test_a_network_that_is_none_is_refused_with_an_accelerator_too(offer: Offer, monkeypatch: pytest.MonkeyPatch):
    offer(Device)
    described = bundled_model()
    monkeypatch.setattr("twinlens.fingerprints.embedding._prepared", lambda *_: np.zeros((1, 3), np.uint8))
    with pytest.raises(ModelUnusable):
        OnnxEmbedder(described)

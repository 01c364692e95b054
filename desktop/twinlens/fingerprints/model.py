"""The network's file: found, described by a TOML beside it, and checked before it is used."""

import hashlib
import os
import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from twinlens.domain.errors import ModelUnusable
from twinlens.domain.fingerprint import ModelIdentity

_MAX_DESCRIPTION_BYTES = 64 * 1024
_MAX_MODEL_BYTES = 2 * 1024**3
_Triple = tuple[float, float, float]


class ModelDescription(Struct, frozen=True):
    """An ONNX network and what it wants. Float inputs are ``(value * range / 255 - mean) / std`` for each channel."""

    path: Path
    sha256: str
    name: str
    dimension: int
    side_px: int
    layout: Literal["NHWC", "NCHW"] = "NHWC"
    dtype: Literal["uint8", "float32"] = "uint8"
    value_range: float = 255.0
    mean: _Triple = (0.0, 0.0, 0.0)
    std: _Triple = (1.0, 1.0, 1.0)
    embedding_output: str = "embedding"
    logits_output: str | None = None
    copy_output: str | None = None

    @property
    def identity(self) -> ModelIdentity:
        """What names the vectors of this network."""
        return ModelIdentity(self.name, self.sha256, self.dimension, self.side_px)


def bundled_model() -> ModelDescription:
    """The network that comes with Twinlens; raises ModelUnusable when the installation lacks it.

    Its SHA-256 is taken from its description: ``OnnxEmbedder`` checks the file, which a scan that finds nothing new
    never needs.
    """
    description = _bundled_description()
    try:
        stamps = [
            (facts.st_size, facts.st_mtime_ns) for facts in map(os.stat, (description, description[:-5] + ".onnx"))
        ]
    except OSError as error:
        raise ModelUnusable(f"The network described by {description} cannot be read: {error}.") from error
    return _bundled(description, *stamps)


@lru_cache(maxsize=1)
def _bundled_description() -> str:
    return str(files("twinlens.resources").joinpath("models", "efficientnet-lite0.toml"))


@lru_cache(maxsize=1)
def _bundled(description: str, *_stamps: tuple[int, int]) -> ModelDescription:
    return _read_description(Path(description), trusting=True)


def verify(description: ModelDescription) -> None:
    """Raise ModelUnusable unless the network's file has the SHA-256 of its description."""
    try:
        _checked_sha256(description.path, description.sha256)
    except OSError as error:
        raise ModelUnusable(f"The network {description.path} cannot be read: {error}.") from error


def describe_model(path: str) -> ModelDescription:
    """Read the description of a network from its TOML, or from the TOML beside its ONNX file.

    Raises:
        ModelUnusable: when either file is absent or too large, the description is wrong, or the SHA-256 differs.
    """
    return _read_description(Path(path).with_suffix(".toml"), trusting=False)


def _read_description(description: Path, *, trusting: bool) -> ModelDescription:
    try:
        if description.stat().st_size > _MAX_DESCRIPTION_BYTES:
            raise ModelUnusable(f"The description {description} is too large.")
        table = tomllib.loads(description.read_text(encoding="utf-8"))
        return _described(description, table, trusting=trusting)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelUnusable(f"The network described by {description} cannot be read: {error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelUnusable(f"The description {description} lacks a key or has a wrong value: {error}.") from error


def _described(description: Path, table: dict[str, Any], *, trusting: bool) -> ModelDescription:
    name, inputs, outputs = str(table["file"]), table["input"], table["output"]
    if Path(name).name != name:
        raise ValueError("file must be a name in the same folder")
    model = description.with_name(name)
    if inputs["layout"] not in ("NHWC", "NCHW") or inputs["dtype"] not in ("uint8", "float32"):
        raise ValueError("layout must be NHWC or NCHW, and dtype uint8 or float32")
    std = _triple(inputs.get("std", [1, 1, 1]))
    if not (0 < int(table["dimension"]) <= 16384 and 16 <= int(inputs["side_px"]) <= 2048 and all(std)):
        raise ValueError("dimension, side_px or std is out of bounds")
    return ModelDescription(
        model,
        str(table["sha256"]).lower() if trusting else _checked_sha256(model, table.get("sha256")),
        str(table["name"]),
        int(table["dimension"]),
        int(inputs["side_px"]),
        inputs["layout"],
        inputs["dtype"],
        float(inputs.get("range", 255)),
        _triple(inputs.get("mean", [0, 0, 0])),
        std,
        str(outputs["embedding"]),
        outputs.get("logits"),
        outputs.get("copy"),
    )


def _triple(values: list[float]) -> _Triple:
    red, green, blue = values
    return float(red), float(green), float(blue)


def _checked_sha256(model: Path, expected: str | None) -> str:
    if model.stat().st_size > _MAX_MODEL_BYTES:
        raise ModelUnusable(f"The network {model} is larger than {_MAX_MODEL_BYTES} bytes.")
    with model.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if expected is not None and digest != expected.lower():
        raise ModelUnusable(f"The network {model} is damaged: its SHA-256 is not the one of its description.")
    return digest

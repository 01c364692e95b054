"""Edits of tone and colour: exposure, contrast, gamma, white balance, saturation, gray, looks of films, vignettes."""

from collections.abc import Callable

import cv2
import numpy as np

from twinlens.domain.fingerprint import Float32Array, UInt8Array

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_Rng = np.random.Generator


def _levels(values: Float32Array) -> UInt8Array:
    return np.asarray(np.rint(values).clip(0, 255), dtype=np.uint8)


def _through(picture: UInt8Array, curves: Float32Array) -> UInt8Array:
    """Every channel through its own curve, [256, 3] levels."""
    table = _levels(curves).reshape(1, 256, 3)
    return np.asarray(cv2.LUT(picture, table), dtype=np.uint8)


def _ramp() -> Float32Array:
    return np.repeat(np.arange(256, dtype=np.float32)[:, None], 3, axis=1)


def _gray(picture: UInt8Array) -> Float32Array:
    return np.asarray(picture.astype(np.float32) @ LUMA, dtype=np.float32)


def brighter(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """More light, by a factor or by adding."""
    if rng.random() < 0.5:
        return _through(picture, _ramp() * np.float32(rng.uniform(1.1, 1.35)))
    return _through(picture, _ramp() + np.float32(rng.uniform(12, 40)))


def darker(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Less light."""
    return _through(picture, _ramp() * np.float32(rng.uniform(0.65, 0.9)))


def more_contrast(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Contrast raised about a middle gray, straight or as an S."""
    ramp, strength = _ramp(), float(rng.uniform(1.1, 1.4))
    if rng.random() < 0.5:
        return _through(picture, (ramp - 128) * np.float32(strength) + 128)
    bent = np.tanh((ramp - 128) / 128 * strength * 1.2) / np.tanh(strength * 1.2)
    return _through(picture, np.asarray(bent * 127.5 + 127.5, dtype=np.float32))


def less_contrast(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Contrast lowered about the picture's own middle."""
    middle = float(_gray(picture).mean())
    return _through(picture, np.asarray((_ramp() - middle) * rng.uniform(0.65, 0.9) + middle, dtype=np.float32))


def gamma(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Middle tones lighter or darker."""
    exponent = float(rng.uniform(0.65, 0.88) if rng.random() < 0.5 else rng.uniform(1.15, 1.55))
    return _through(picture, np.asarray(255 * (_ramp() / 255) ** exponent, dtype=np.float32))


def white_balance(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Warmer or cooler, and a little green or magenta."""
    warmth = float(rng.uniform(0.06, 0.16)) * (1 if rng.random() < 0.5 else -1)
    gains = np.array([1 + warmth, 1 + rng.uniform(-0.03, 0.03), 1 - warmth], dtype=np.float32)
    return _through(picture, _ramp() * gains)


def saturation(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Colours weaker or stronger."""
    factor = float(rng.uniform(0.35, 0.75) if rng.random() < 0.5 else rng.uniform(1.25, 1.7))
    gray = _gray(picture)[..., None]
    return _levels(gray + (picture.astype(np.float32) - gray) * np.float32(factor))


def gray(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """No colour: the luma, or a mixture of the channels as behind a filter."""
    weights = LUMA if rng.random() < 0.6 else rng.dirichlet([2.0, 3.0, 1.0]).astype(np.float32)
    return _levels(np.repeat((picture.astype(np.float32) @ weights)[..., None], 3, axis=2))


def stretched_levels(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """What "auto" buttons do: the darkest and brightest levels go to the ends."""
    cut = float(rng.uniform(0.2, 1.5))
    low, high = np.percentile(picture, [cut, 100 - cut])
    return _through(picture, np.asarray((_ramp() - low) * 255 / max(16.0, high - low), dtype=np.float32))


def vignette(picture: UInt8Array, rng: _Rng, strength: float | None = None) -> UInt8Array:
    """Darker towards the corners."""
    height, width = picture.shape[:2]
    rows = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    columns = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    away = (rows**2 + columns**2) / 2
    much = float(rng.uniform(0.35, 0.7)) if strength is None else strength
    shade = 1 - np.float32(much) * away ** np.float32(rng.uniform(0.8, 1.6))
    return _levels(np.asarray(picture * shade[..., None], dtype=np.float32))


def faded(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Lifted shadows, lowered lights, weaker colours."""
    lift = rng.uniform(20, 45, size=3).astype(np.float32)
    top = rng.uniform(205, 240, size=3).astype(np.float32)
    toned = _through(picture, lift + _ramp() / 255 * (top - lift))
    grays = _gray(toned)[..., None]
    return _levels(grays + (toned.astype(np.float32) - grays) * np.float32(rng.uniform(0.6, 0.9)))


def vintage(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Yellow lights, blue shadows, dark corners."""
    ramp = _ramp() / 255
    curves = np.stack(
        [ramp[:, 0] ** rng.uniform(0.75, 0.95), ramp[:, 1] * 0.94 + 0.02, ramp[:, 2] * rng.uniform(0.65, 0.85) + 0.1],
        axis=1,
    )
    return vignette(_through(picture, np.asarray(curves * 255, dtype=np.float32)), rng, float(rng.uniform(0.25, 0.5)))


def two_toned(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Sepia, cyanotype and the like: from a dark tint to a light one."""
    dark = rng.uniform(5, 50, size=3).astype(np.float32)
    light = np.array([rng.uniform(225, 255), rng.uniform(215, 250), rng.uniform(180, 250)], dtype=np.float32)
    if rng.random() < 0.3:
        light = light[::-1]
    return _levels(dark + _gray(picture)[..., None] / 255 * (light - dark))


def crossed(picture: UInt8Array, rng: _Rng) -> UInt8Array:
    """Developed in the wrong bath: each channel with an S of its own."""
    ramp = _ramp() / 255
    strengths = np.array([rng.uniform(1.5, 3), rng.uniform(1, 2.2), rng.uniform(-1.2, -0.4)], dtype=np.float32)
    return _through(picture, np.asarray(255 * (ramp + strengths * ramp * (1 - ramp) * (ramp - 0.5)), dtype=np.float32))


FILMS: tuple[Callable[[UInt8Array, _Rng], UInt8Array], ...] = (faded, vintage, two_toned, crossed)

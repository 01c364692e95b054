"""The kinds of edits: for each a name, a family, the class it has to be found in and how often at least."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.relation import PhotoClass
from twinlens.lab.edits import frames, geometry, marks, surface, tones
from twinlens.lab.edits.encodings import Encoding

Change = Callable[[UInt8Array, np.random.Generator], UInt8Array]
Encode = Callable[[np.random.Generator], Encoding]

SURE, LIKELY, HARD, UNASKED = 0.99, 0.95, 0.90, 0.0


class Edit(Struct, frozen=True):
    """One kind of edit.

    ``photo_class``: the weakest class in which original and copy have to be found. ``at_least``: the recall that is
    asked for; 0 where nothing is promised. ``change``: None where only the file differs.
    """

    name: str
    family: str
    photo_class: PhotoClass
    at_least: float
    change: Change | None
    encode: Encode


def _saved(rng: np.random.Generator) -> Encoding:
    """As most programs save."""
    return Encoding(quality=int(rng.integers(75, 96)), progressive=bool(rng.random() < 0.3))


def _low(_rng: np.random.Generator) -> Encoding:
    return Encoding(quality=30)


def _any_quality(rng: np.random.Generator) -> Encoding:
    return Encoding(
        quality=int(rng.integers(35, 96)),
        progressive=bool(rng.random() < 0.5),
        subsampling=int(rng.integers(3)),
    )


def _twice(rng: np.random.Generator) -> Encoding:
    earlier = tuple(int(quality) for quality in rng.integers(50, 90, size=int(rng.integers(1, 4))))
    return Encoding(quality=int(rng.integers(55, 90)), earlier=earlier)


def _lossy(name: str) -> Encode:
    return lambda rng: Encoding(name, int(rng.integers(50, 90)))


def _lossless(name: str) -> Encode:
    return lambda _rng: Encoding(name)


def _exif_turned(rng: np.random.Generator) -> Encoding:
    return Encoding(quality=int(rng.integers(80, 96)), orientation=int(rng.choice([3, 6, 8])))


def _factor(low: float, high: float) -> Change:
    return lambda picture, rng: geometry.scaled(picture, float(rng.uniform(low, high)), rng)


def _tilt(low: float, high: float, *, cut: bool) -> Change:
    def change(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
        degrees = float(rng.uniform(low, high)) * (1 if rng.random() < 0.5 else -1)
        return geometry.tilted(picture, degrees, rng, cut=cut)

    return change


def _still(change: Callable[[UInt8Array], UInt8Array]) -> Change:
    return lambda picture, _rng: change(picture)


def _crop(away: float) -> Change:
    return lambda picture, rng: geometry.cropped(picture, away, rng)


def _film(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    return tones.FILMS[int(rng.integers(len(tones.FILMS)))](picture, rng)


def _same(name: str, family: str, change: Change | None, encode: Encode = _saved) -> Edit:
    return Edit(name, family, PhotoClass.SAME_SHOT, SURE, change, encode)


def _edited(name: str, family: str, change: Change, at_least: float = LIKELY) -> Edit:
    return Edit(name, family, PhotoClass.EDITED, at_least, change, _saved)


_SAME_SHOT = (
    _same("jpeg-q30", "encoding", None, _low),
    _same("jpeg-any", "encoding", None, _any_quality),
    _same("jpeg-several-times", "encoding", None, _twice),
    _same("resized-25%", "size", lambda picture, rng: geometry.scaled(picture, 0.25, rng)),
    _same("resized-256px", "size", lambda picture, rng: geometry.fitted(picture, 256, rng)),
    _same("resized-any", "size", _factor(0.3, 0.9)),
    _same("enlarged", "size", _factor(1.15, 2.0)),
    _same("as-png", "format", None, _lossless("PNG")),
    _same("as-tiff", "format", None, _lossless("TIFF")),
    _same("as-webp", "format", None, _lossy("WEBP")),
    _same("as-heic", "format", None, _lossy("HEIF")),
    _same("turned-90", "turn", _still(partial(geometry.turned, quarters=1))),
    _same("turned-180", "turn", _still(partial(geometry.turned, quarters=2))),
    _same("turned-270", "turn", _still(partial(geometry.turned, quarters=3))),
    _same("exif-turned", "turn", None, _exif_turned),
    _same("mirrored", "mirror", _still(geometry.mirrored)),
    _same("flipped", "mirror", _still(geometry.flipped)),
    _same("transposed", "mirror", _still(geometry.transposed)),
)

_EDITED = (
    _edited("cropped-5%", "crop", _crop(0.05)),
    _edited("cropped-10%", "crop", _crop(0.10)),
    _edited("cropped-20%", "crop", _crop(0.20)),
    _edited("cropped-30%", "crop", _crop(0.30), HARD),
    _edited("cropped-to-shape", "crop", geometry.cropped_to_shape, UNASKED),
    _edited("border", "frame", frames.bordered),
    _edited("paper", "frame", frames.on_paper),
    _edited("letterbox", "frame", frames.letterboxed),
    _edited("screenshot", "screenshot", frames.screenshot, UNASKED),
    _edited("text", "mark", marks.lettered),
    _edited("caption", "mark", marks.captioned),
    _edited("date", "mark", marks.dated),
    _edited("watermark", "mark", marks.watermarked),
    _edited("watermark-tiled", "mark", marks.tiled),
    _edited("stickers", "mark", marks.stickered, UNASKED),
    _edited("tilted-1", "tilt", _tilt(0.5, 1.5, cut=True)),
    _edited("tilted-3", "tilt", _tilt(2.9, 3.1, cut=False)),
    _edited("tilted-3-cut", "tilt", _tilt(2.0, 3.1, cut=True)),
    _edited("brighter", "tone", tones.brighter),
    _edited("darker", "tone", tones.darker),
    _edited("contrast-up", "tone", tones.more_contrast),
    _edited("contrast-down", "tone", tones.less_contrast),
    _edited("gamma", "tone", tones.gamma),
    _edited("levels", "tone", tones.stretched_levels),
    _edited("white-balance", "colour", tones.white_balance),
    _edited("saturation", "colour", tones.saturation),
    _edited("gray", "colour", tones.gray),
    _edited("film", "film", _film),
    _edited("vignette", "film", tones.vignette),
    _edited("blur", "surface", surface.blurred),
    _edited("sharpen", "surface", surface.sharpened),
    _edited("noise", "surface", surface.noisy),
    _edited("stretched", "size", geometry.stretched, UNASKED),
)

_LINKS = {edit.name: edit for edit in _EDITED if edit.family != "screenshot" and edit.name != "cropped-30%"}


def _chained(
    picture: UInt8Array, rng: np.random.Generator, wanted: Callable[[str], bool] = lambda _family: True
) -> UInt8Array:
    """Two edits of different families, one after the other, with the file saved between them."""
    names = [name for name, edit in _LINKS.items() if wanted(edit.family)]
    first = _LINKS[names[int(rng.integers(len(names)))]]
    others = [edit for edit in _LINKS.values() if edit.family != first.family]
    second = others[int(rng.integers(len(others)))]
    for edit in (first, second):
        if edit.change is not None:
            picture = _saved(rng).decoded(edit.change(picture, rng))
    return picture


_COMBINED = (
    _edited("combined", "combined", _chained, HARD),
    _edited("combined-crop", "combined", lambda picture, rng: _chained(picture, rng, lambda family: family == "crop"), HARD),
)  # fmt: skip

EDITS: dict[str, Edit] = {edit.name: edit for edit in (*_SAME_SHOT, *_EDITED, *_COMBINED)}


def by_family(edits: Iterable[Edit]) -> dict[str, tuple[str, ...]]:
    """Names of edits by family, both in their order."""
    found: dict[str, list[str]] = {}
    for edit in edits:
        found.setdefault(edit.family, []).append(edit.name)
    return {family: tuple(names) for family, names in found.items()}

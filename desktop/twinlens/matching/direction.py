"""Which of two related photos is the original, and what tells it.

Every sign speaks for the one or the other with a weight in log-odds; their sum is how sure it is. Weights and limits were
set on the tuning half of photos with known truth (``benchmarks/direction.py`` shows both halves).
"""

from enum import Enum

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from twinlens.domain.columns import BoolArray, Float64Array, PhotoColumns, RelationColumns, difference_row
from twinlens.domain.difference import WHOLE, Change
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.domain.signs import Sign
from twinlens.matching.enlargement import enlargement_odds

TRUSTED_SCORE = 0.75  # a relation below it says nothing of who was made from whom
LIKELY = 0.8  # log-odds from which the one is called the original
SURE = 3.0
_LEAST_SCALE = 1.008  # sizes nearer than that are the same size
_WHOLE_ENOUGH = 0.9
BORDER_SHARE = 0.03
_STRETCHED = 1.03
_USUAL_SHAPES = np.array([1.0, 5 / 4, 4 / 3, 3 / 2, 16 / 9])
_NEAR_SHAPE = 0.006
_COPIED_TOGETHER_S = 10.0


class Telling(Enum):
    """What can tell an original from what was made of it, in the order in which it is said."""

    RAW = "raw"
    EARLIER = "earlier"
    ENLARGED = "enlarged"
    OTHER_SIZE = "other-size"
    SENT = "sent"
    CAMERA = "camera"
    CROP = "crop"
    COVERED = "covered"
    COLOUR = "colour"
    BORDER = "border"
    PIXELS = "pixels"
    EDITED = "edited"
    TABLES = "tables"
    LOSSLESS = "lossless"
    FORMAT = "format"
    SHAPE = "shape"
    QUALITY = "quality"
    TIME = "time"


class Pairs(Struct, frozen=True):
    """Related pairs: rows of ``PhotoColumns``, rows of ``DIFFERENCE`` and whether something was done beside encoding."""

    first: Int64Array
    second: Int64Array
    difference: NDArray[np.void]
    edited: BoolArray


def pairs_of(relations: RelationColumns) -> Pairs:
    """The pairs of those of these relations that are one exposure."""
    rows = np.flatnonzero((relations.class_rank <= PhotoClass.EDITED.rank) & (relations.score >= TRUSTED_SCORE))
    edited = relations.class_rank[rows] == PhotoClass.EDITED.rank
    return Pairs(relations.first_row[rows], relations.second_row[rows], relations.difference[rows], edited)


def log_odds(photos: PhotoColumns, pairs: Pairs) -> Float64Array:
    """How much speaks for the first of each pair being the original; negative: for the second."""
    total = np.zeros(len(pairs.first))
    for part in evidence(photos, pairs).values():
        total += part
    return total


def doubtful_rows(photos: PhotoColumns, relations: RelationColumns) -> Int64Array:
    """The photos of which only their pixels could tell which is the original, ascending; those that are looked at already
    and those that surely were made from another one are left out.
    """
    pairs = pairs_of(relations)
    # As if none had been looked at: what is asked for must not depend on where an earlier scan was interrupted.
    unseen = replace(
        photos, spectrum=np.zeros_like(photos.spectrum), earlier_quality=np.full(len(photos), -1, np.int16)
    )
    odds = log_odds(unseen, pairs)
    settled = _surely_made_from_another(photos, pairs, odds)
    doubt = (np.abs(odds) < SURE) & ~settled[pairs.first] & ~settled[pairs.second]
    rows = np.unique(np.concatenate([pairs.first[doubt], pairs.second[doubt]]))
    open_ = (photos.spectrum[rows, 0] == 0) & ~photos.is_raw[rows] & photos.online[rows]
    return np.asarray(rows[open_], dtype=np.int64)


def tellings(photos: PhotoColumns, original: int, copy: int, relation: Relation) -> list[tuple[Telling, float]]:
    """What speaks for ``original`` (a row) against ``copy``, strongest first; nothing where it is not likely enough.

    ``relation``: from the original, its first, to the copy. Looks at these two photos alone.
    """
    rows = np.array([original, copy])
    names = (field for field in PhotoColumns.__struct_fields__ if field != "paths")
    two = PhotoColumns(**{name: getattr(photos, name)[rows] for name in names}, paths=())
    edited = np.array([relation.photo_class is PhotoClass.EDITED])
    pairs = Pairs(np.array([0]), np.array([1]), difference_row(relation.difference), edited)
    found = {telling: float(part[0]) for telling, part in evidence(two, pairs).items()}
    if sum(found.values()) < LIKELY:
        return []
    speaking = [(telling, found[telling]) for telling in Telling if found[telling] > 0]
    return sorted(speaking, key=lambda one: -one[1])


def _surely_made_from_another(photos: PhotoColumns, pairs: Pairs, odds: Float64Array) -> BoolArray:
    against = np.zeros(len(photos))
    np.maximum.at(against, pairs.second, odds)
    np.maximum.at(against, pairs.first, -odds)
    return np.asarray(against >= SURE)


def evidence(photos: PhotoColumns, pairs: Pairs) -> dict[Telling, Float64Array]:
    """What each sign says of each pair, log-odds for the first."""
    first, second, shape = pairs.first, pairs.second, pairs.difference
    known = shape["first_shared"] > 0
    scale = _scale(photos, pairs)
    stretch = _stretch(photos, pairs)
    same_size = np.abs(np.log(scale)) < np.log(_LEAST_SCALE)
    found = {
        Telling.RAW: 8.0 * _apart(photos.is_raw, first, second),
        Telling.CAMERA: 3.0 * _apart(_has_camera(photos), first, second),
        Telling.SENT: -3.0 * _apart(_signed(photos, Sign.SENT), first, second),
        Telling.OTHER_SIZE: -3.5 * _apart(_signed(photos, Sign.OTHER_SIZE), first, second) * _both(photos, pairs),
        Telling.EDITED: -1.0 * _apart(_signed(photos, Sign.EDITED), first, second),
        Telling.TABLES: 1.2 * _apart(_signed(photos, Sign.OWN_TABLES), first, second) * _both_jpeg(photos, pairs),
        Telling.LOSSLESS: -1.0 * _apart(photos.is_lossless, first, second),
        Telling.FORMAT: 1.0 * _apart(_keeps_tables(photos), first, second),
        Telling.SHAPE: _shape(photos, pairs, stretch),
        Telling.TIME: 0.4 * _older(photos, first, second),
    }
    found[Telling.CROP] = np.where(known, _crop(shape), 0.0)
    found[Telling.BORDER] = np.where(known, _border(shape), 0.0)
    found[Telling.COVERED] = 0.9 * _changed(shape, Change.OVERLAID)
    found[Telling.COLOUR] = 4.0 * _changed(shape, Change.ONE_COLOUR)
    whole = known & (np.minimum(shape["first_shared"], shape["second_shared"]) > _WHOLE_ENOUGH)
    enlarged, looked = enlargement_odds(photos.spectrum[first], photos.spectrum[second], scale, whole)
    found[Telling.ENLARGED] = np.where(enlarged > 0, -np.sign(np.log(scale)) * enlarged, 0.0)
    # More pixels speak for themselves only as long as nobody has looked whether they hold more detail.
    bigger = np.where(same_size | (stretch > _STRETCHED), 0.0, _bigger(scale)) * np.where(looked, 0.4, 1.0)
    found[Telling.PIXELS] = bigger + np.where(enlarged < 0, -np.sign(np.log(scale)) * enlarged, 0.0)
    found[Telling.EARLIER] = _earlier(photos, pairs)
    found[Telling.QUALITY] = np.where(same_size & (found[Telling.EARLIER] == 0), _quality(photos, pairs), 0.0)
    return found


def _apart(values: BoolArray, first: Int64Array, second: Int64Array) -> Float64Array:
    return values[first].astype(np.float64) - values[second]


def _has_camera(photos: PhotoColumns) -> BoolArray:
    return np.asarray((photos.camera_key >= 0) & ~np.isnan(photos.taken_s))


def _signed(photos: PhotoColumns, sign: Sign) -> BoolArray:
    return np.asarray((photos.signs & int(sign)) != 0)


def _both(photos: PhotoColumns, pairs: Pairs) -> BoolArray:
    """Where the metadata of both name a size, and neither is a RAW file, which names that of its preview."""
    has = _signed(photos, Sign.RECORDED_SIZE) & ~photos.is_raw
    return np.asarray(has[pairs.first] & has[pairs.second])


def _keeps_tables(photos: PhotoColumns) -> BoolArray:
    """Which are no conversion: HEIF, WebP and AVIF that come out of a camera have its metadata."""
    return np.asarray((photos.jpeg_quality >= 0) | photos.is_lossless | photos.is_raw | _has_camera(photos))


def _stretch(photos: PhotoColumns, pairs: Pairs) -> Float64Array:
    """How much more one direction of a pair was scaled than the other, 1 or more."""
    affine = pairs.difference["affine"].astype(np.float64)
    width, height = photos.width_px.astype(np.float64), photos.height_px.astype(np.float64)
    across = np.hypot(affine[:, 0] * width[pairs.first], affine[:, 3] * height[pairs.first]) / width[pairs.second]
    down = np.hypot(affine[:, 1] * width[pairs.first], affine[:, 4] * height[pairs.first]) / height[pairs.second]
    known = (pairs.difference["first_shared"] > 0) & (across > 0) & (down > 0)
    ratio = np.where(known, across, 1.0) / np.where(known, down, 1.0)
    return np.asarray(np.exp(np.abs(np.log(ratio))), dtype=np.float64)


def _shape(photos: PhotoColumns, pairs: Pairs, stretch: Float64Array) -> Float64Array:
    """For the one with the shape of a film or a sensor, where the other was stretched."""
    logs = np.abs(np.log(photos.width_px / photos.height_px.astype(np.float64)))
    apart = np.min(np.abs(logs[:, None] - np.log(_USUAL_SHAPES)), axis=1)
    usual = np.asarray(apart < _NEAR_SHAPE)
    told = _apart(usual, pairs.first, pairs.second)
    return np.asarray(np.where(stretch > _STRETCHED, 1.5 * told, 0.0), dtype=np.float64)


def _bigger(scale: Float64Array) -> Float64Array:
    return np.asarray(np.sign(np.log(scale)) * 0.8 + 2.0 * np.tanh(2.0 * np.log2(scale)), dtype=np.float64)


def _finer(apart: Float64Array) -> Float64Array:
    """For the higher quality; those of two programs that mean the same differ by a few."""
    return np.asarray(np.sign(apart) * np.clip((np.abs(apart) - 3) / 8, 0.0, 1.5), dtype=np.float64)


def _both_jpeg(photos: PhotoColumns, pairs: Pairs) -> BoolArray:
    return np.asarray((photos.jpeg_quality[pairs.first] >= 0) & (photos.jpeg_quality[pairs.second] >= 0))


def _older(photos: PhotoColumns, first: Int64Array, second: Int64Array) -> Float64Array:
    later = photos.mtime_s[second] - photos.mtime_s[first]
    return np.asarray(np.where(np.abs(later) > _COPIED_TOGETHER_S, np.sign(later), 0.0), dtype=np.float64)


def _scale(photos: PhotoColumns, pairs: Pairs) -> Float64Array:
    """Pixels of the first for one of the second, along a side of what both show."""
    area = photos.width_px.astype(np.float64) * photos.height_px
    ratio = area[pairs.first] / area[pairs.second]
    affine = pairs.difference["affine"].astype(np.float64)
    size = np.abs(affine[:, 0] * affine[:, 4] - affine[:, 1] * affine[:, 3])
    known = (pairs.difference["first_shared"] > 0) & (size > 1e-4)
    return np.asarray(np.sqrt(np.where(known, ratio * size, ratio)), dtype=np.float64)


def _crop(shape: NDArray[np.void]) -> Float64Array:
    """For the one that shows more: what a crop took away, nobody puts back."""
    beyond = shape["second_shared"].astype(np.float64) - shape["first_shared"]
    cut = np.minimum(shape["first_shared"], shape["second_shared"]) < WHOLE
    return np.asarray(np.where(cut & (np.abs(beyond) > 0.02), np.sign(beyond) * 3.0, 0.0), dtype=np.float64)


def _border(shape: NDArray[np.void]) -> Float64Array:
    more = shape["second_border"].astype(np.float64) - shape["first_border"]
    return np.asarray(np.where(np.abs(more) > BORDER_SHARE, np.sign(more) * 1.0, 0.0), dtype=np.float64)


def _changed(shape: NDArray[np.void], change: Change) -> Float64Array:
    second = (shape["changes"] & int(change)) != 0
    first = (shape["changes"] & int(change.reversed())) != 0
    return np.asarray(second.astype(np.float64) - first, dtype=np.float64)


def _earlier(photos: PhotoColumns, pairs: Pairs) -> Float64Array:
    """For the one whose encoding has left its steps in the other."""
    found = np.zeros(len(pairs.first))
    for sign, one, two in ((1.0, pairs.first, pairs.second), (-1.0, pairs.second, pairs.first)):
        earlier = photos.earlier_quality[two].astype(np.int64)
        quality = photos.jpeg_quality[one].astype(np.int64)
        here = earlier >= 0
        fits = here & (quality >= 0) & (np.abs(quality - earlier) <= 3)
        alone = here & (photos.earlier_quality[one] < 0)
        found += sign * (np.where(fits, 4.0, 0.0) + np.where(alone, 2.5, 0.0))
    return found


def _quality(photos: PhotoColumns, pairs: Pairs) -> Float64Array:
    """For the finer encoding; an edit is often saved at a finer one than its original, so there it says nothing."""
    quality = photos.jpeg_quality.astype(np.float64)
    known = _both_jpeg(photos, pairs)
    affine = pairs.difference["affine"]
    turned = (pairs.difference["first_shared"] > 0) & (
        affine[:, 0] < 0.5
    )  # earlier encodings are seldom seen through a turn
    finer = np.where(turned, 0.4, 1.0) * _finer(quality[pairs.first] - quality[pairs.second])
    return np.asarray(np.where(known & ~pairs.edited, finer, 0.0), dtype=np.float64)

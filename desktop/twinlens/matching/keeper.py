"""Which photo of a group is the best to keep, and why, in plain words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.domain.signs import Sign
from twinlens.matching.direction_words import original_words
from twinlens.matching.originality import originality
from twinlens.matching.reasons import describe

_LOSSLESS_QUALITY = 101
_UNKNOWN_QUALITY = 92  # HEIC, WebP and AVIF do not tell; cameras that write HEIC write it well
_CONVERTED_QUALITY = 50  # a PNG with the very pixels of a JPEG is made from it, and only larger
_RICH_FIELDS = 12  # an original has camera metadata; a field more or less says nothing
_SAME_TIME_S = 10.0  # copied by one command


def keeper_order(columns: PhotoColumns, relations: RelationColumns | None = None) -> Int64Array:
    """Rank of every row as keeper, int64 [n], a permutation with 0 for the best.

    In this order: RAW, the more likely original where relations to others tell it (``originality``), what
    its metadata and name do not show to be changed or sent, camera metadata (an original before what a messenger made of
    it), more pixels, a rating, much metadata, finer encoding, more bytes (of two files alike in all this, the blurred or
    smoothed one is smaller), more metadata fields, a file that may not go (one with several names, or another
    application's), older file, shorter path, path.
    """
    keys = (
        np.floor(columns.mtime_s / _SAME_TIME_S),
        columns.may_go(),
        -columns.field_count.astype(np.int64),
        -columns.size_bytes,
        -_quality(columns),
        columns.field_count < _RICH_FIELDS,
        -columns.rating.astype(np.int64),
        -_area(columns),
        ~_is_camera_original(columns),
        _is_changed(columns),
        np.zeros(len(columns)) if relations is None else -np.round(8 * originality(columns, relations)),
        ~columns.is_raw,
    )
    order = np.lexsort(keys)
    _by_path_where_equal(columns, keys, order)
    ranks = np.empty(len(columns), dtype=np.int64)
    ranks[order] = np.arange(len(columns))
    return ranks


def _by_path_where_equal(columns: PhotoColumns, keys: tuple[NDArray[Any], ...], order: Int64Array) -> None:
    """Put rows that are equal in all keys in the order of their paths, in place: paths are read for these alone."""
    if len(order) < 2:
        return
    equal = np.ones(len(order) - 1, np.bool_)
    for key in keys:
        ordered = key[order]
        equal &= ordered[1:] == ordered[:-1]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], equal, [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        rows = order[start : end + 1].tolist()
        order[start : end + 1] = sorted(rows, key=lambda row: (len(columns.paths[row]), columns.paths[row]))


def original_first(columns: PhotoColumns, relations: RelationColumns) -> Int64Array:
    """A number for each row, int64 [n], the smaller, the more likely an original: by what relations to others tell, then by
    what its own metadata and name show, then by what a camera writes.
    """
    likely = -np.round(8 * originality(columns, relations)).astype(np.int64)
    return np.asarray((2 * likely + _is_changed(columns)) * 2 + ~_is_camera_original(columns), np.int64)


def explain_keeper(
    columns: PhotoColumns, keeper_row: int, other_rows: Int64Array, relations: Sequence[Relation | None] = ()
) -> str:
    """Why this one is kept before the others of its group, one sentence without a full stop.

    ``relations``: from the keeper to each of the others, where that is known.
    """
    others = np.asarray(other_rows, dtype=np.int64)
    if not len(others):
        return "the only photo"
    related = [(row, tie) for row, tie in zip(others.tolist(), relations, strict=False) if tie is not None]
    said = [*original_words(columns, keeper_row, related), *_advantages(columns, keeper_row, others)]
    return "; ".join(said[:3]) or "as good as the others, and one has to stay"


def explain_reject(columns: PhotoColumns, keeper_row: int, row: int, relation: Relation | None) -> str:
    """Why this one may go, one sentence without a full stop. ``relation`` ties it to the keeper; None if identical."""
    if relation is not None and relation.photo_class is PhotoClass.BURST:
        return f"{describe(relation)}, {_sharpness_words(columns, keeper_row, row)}"
    if relation is not None:
        tie = describe(relation)
    elif columns.content_key[keeper_row] == columns.content_key[row]:
        tie = "the same file, byte for byte"
    else:
        tie = "the same pixels in another file"
    said = [] if relation is None else original_words(columns, keeper_row, [(row, relation)])
    said = said or _advantages(columns, keeper_row, np.array([row]))[:1]
    return "; ".join([tie, *(f"the keeper is {words}" for words in said)])


def _is_camera_original(columns: PhotoColumns) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray((columns.camera_key >= 0) & ~np.isnan(columns.taken_s))


def _is_changed(columns: PhotoColumns) -> NDArray[np.bool_]:
    """Whether a photo shows by itself that it is not what came out of the camera: sent, or converted."""
    told = (columns.signs & int(Sign.SENT)) != 0
    converted = columns.is_lossless & (columns.earlier_quality >= 0)
    return np.asarray((told | converted) & ~columns.is_raw)


def _area(columns: PhotoColumns) -> Int64Array:
    return columns.width_px.astype(np.int64) * columns.height_px.astype(np.int64)


def _quality(columns: PhotoColumns) -> Int64Array:
    """How finely each photo is stored: the quality of a JPEG, 1 to 100, and its like for other formats."""
    lossy_pixels = np.unique(columns.pixel_key[~columns.is_lossless & (columns.pixel_key >= 0)])
    return _quality_of(columns, np.arange(len(columns)), columns.is_lossless & np.isin(columns.pixel_key, lossy_pixels))


def _quality_of(columns: PhotoColumns, rows: Int64Array, converted: NDArray[np.bool_]) -> Int64Array:
    """The same of these rows; ``converted`` says which are lossless copies of a lossy photo."""
    lossless, quality = columns.is_lossless[rows], columns.jpeg_quality[rows]
    known = np.where(quality >= 0, quality, _UNKNOWN_QUALITY)
    return np.where(converted, _CONVERTED_QUALITY, np.where(lossless, _LOSSLESS_QUALITY, known)).astype(np.int64)


def _is_conversion(columns: PhotoColumns, row: int) -> bool:
    """Whether a photo is a lossless copy of a lossy one."""
    key = columns.pixel_key[row]
    return bool(columns.is_lossless[row] and key >= 0 and not columns.is_lossless[columns.pixel_key == key].all())


def _advantages(columns: PhotoColumns, row: int, others: Int64Array) -> list[str]:
    """What the photo has before the best of the others, most important first.

    Called for every group that comes into sight: nothing here may look at the whole library.
    """
    rows = np.concatenate(([row], others))
    converted = np.fromiter((_is_conversion(columns, one) for one in rows.tolist()), np.bool_, len(rows))
    quality = _quality_of(columns, rows, converted)
    area = columns.width_px[rows].astype(np.int64) * columns.height_px[rows].astype(np.int64)
    original = (columns.camera_key[rows] >= 0) & ~np.isnan(columns.taken_s[rows])
    found: list[str] = []
    if columns.is_raw[row] and not columns.is_raw[others].any():
        found.append("the RAW original")
    elif original[0] and not original[1:].any():
        found.append("the camera original with metadata")
    largest = int(others[np.argmax(area[1:])])
    if area[0] > area[1:].max():
        found.append(f"larger: {_size(columns, row)} instead of {_size(columns, largest)}")
    if columns.rating[row] > max(0, int(columns.rating[others].max())):
        found.append(f"rated with {columns.rating[row]} stars")
    if columns.field_count[row] >= _RICH_FIELDS > columns.field_count[others].max():
        found.append("richer in metadata")
    if quality[0] > quality[1:].max():
        found.append(_encoding_words(columns, row, others))
    if not found:
        found += _small_advantages(columns, row, others)
    return found


def _encoding_words(columns: PhotoColumns, row: int, others: Int64Array) -> str:
    if columns.is_lossless[row]:
        return "stored without loss"
    best = int(columns.jpeg_quality[others].max())
    if columns.jpeg_quality[row] >= 0 and best >= 0:
        return f"JPEG quality {columns.jpeg_quality[row]}, not {best}"
    return "not a conversion" if columns.is_lossless[others].any() else "less compressed"


def _small_advantages(columns: PhotoColumns, row: int, others: Int64Array) -> list[str]:
    """What decides between photos that are alike in all that matters."""
    if columns.size_bytes[row] > columns.size_bytes[others].max():
        key = columns.pixel_key[row]
        alike = key >= 0 and bool((columns.pixel_key[others] == key).all())
        return ["the larger file" if alike else "stored with more detail"]
    if columns.field_count[row] > columns.field_count[others].max():
        return ["richer in metadata"]
    if columns.file_key[row] >= 0 and (columns.file_key[others] < 0).any():
        return ["a file with several names"]
    if columns.managed[row] and not columns.managed[others].all():
        return ["kept by another application"]
    if columns.protected[row] and not columns.protected[others].all():
        return ["in a protected folder"]
    if columns.mtime_s[row] + _SAME_TIME_S <= columns.mtime_s[others].min():
        return ["the older file"]
    if len(columns.paths[row]) < min(len(columns.paths[other]) for other in others.tolist()):
        return ["the one with the shorter path"]
    return []


def _size(columns: PhotoColumns, row: int) -> str:
    return f"{columns.width_px[row]} x {columns.height_px[row]}"


def _sharpness_words(columns: PhotoColumns, keeper_row: int, row: int) -> str:
    kept, this = float(columns.sharpness[keeper_row]), float(columns.sharpness[row])
    if not (kept > 0 and this > 0):
        return "sharpness unknown"
    if this > 1.1 * kept:
        return f"sharper than the keeper by {this / kept - 1:.0%}"
    return f"softer than the keeper by {1 - this / kept:.0%}" if this < 0.9 * kept else "about as sharp as the keeper"

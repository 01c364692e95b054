"""The decision whether a preview stands for the main picture in the study of a photo. See docs/previews.md."""

import io
import math
import re
from collections.abc import Callable

import numpy as np
from msgspec import Struct
from PIL import Image, JpegImagePlugin

from twinlens.domain.fingerprint import UInt8Array
from twinlens.imaging import jpeg_facts
from twinlens.imaging.embedded.claims import CLAIMS, Claims, Source
from twinlens.imaging.embedded.compare import compare, grid_of, same_beginning
from twinlens.imaging.embedded.find import END, Preview, previews_behind, previews_in_exif
from twinlens.imaging.embedded.layout import JpegLayout, read_layout
from twinlens.imaging.embedded.samples import read_pieces
from twinlens.imaging.embedded.signs import sign_of_editing
from twinlens.imaging.exif_values import text
from twinlens.imaging.metadata import BAD_EXIF, MAKE, MODEL, ORIENTATION, SOFTWARE, TAKEN, ExifFields
from twinlens.imaging.opening import DAMAGE
from twinlens.imaging.scale import Wanted, scale_while_decoding, shrink
from twinlens.imaging.tones import rgb_pixels
from twinlens.imaging.upright import upright_array, valid_orientation

WORTH_IT = 3  # a preview has at most a third of the pixels: the entropy decoding it saves is what this is for
SMALLEST_MAIN_PX = 1_000_000
ASPECT = 0.006  # previews are cut to whole blocks of 8 or 16 pixels
PLACES = tuple((number + 1) / 6 for number in range(5))
SECOND_LOOK = 0.006  # how far behind an unlike place another piece is read
PIECE_MCUS = 96
PREVIEW_ROWS, MOST_ROWS = (
    2.5,
    12,
)  # of the preview, which a second look at the beginning covers; rows of MCUs that may take
OVERVIEW = (32, 24)  # cells in which a sampled full decode is compared
OVERVIEW_MEAN, OVERVIEW_MOST = 3.0, 20.0
DATE = re.compile(rb"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d")


class Judgement(Struct, frozen=True):
    """The upright pixels of a preview that is believed, or the sentence that says why there is none."""

    pixels: UInt8Array | None
    reason: str
    kind: str = ""


class _Stored(Struct, frozen=True):
    """A decoded preview, not yet turned: as large as it was decoded, for the proof, and as small as the study wants it."""

    shown: UInt8Array
    small: UInt8Array


def judge_preview(
    data: bytes,
    image: JpegImagePlugin.JpegImageFile,
    fields: ExifFields,
    wanted: Wanted,
    decode_main: Callable[[], UInt8Array],
    claims: Claims = CLAIMS,
) -> Judgement:
    """Look for a preview of an opened JPEG and prove it. Nothing of the main picture is decoded but a few pieces.

    ``decode_main`` gives the upright small pixels the ordinary way; it is asked for a sample of files only.
    """
    layout = read_layout(data)
    if layout is None or layout.width_px * layout.height_px < SMALLEST_MAIN_PX:
        return Judgement(None, "the picture is small, or of a kind that no camera writes")
    found = _large_enough(data, image, layout, wanted)
    if not found:
        return Judgement(None, "there is no preview that is large enough")
    reason = sign_of_editing(fields, layout)
    if reason:
        return Judgement(None, reason)
    reason = "no preview fits"
    for preview in found[:2]:
        judgement = _judge(data, image, layout, fields, preview, wanted, claims)
        if judgement.pixels is not None:
            source = _source(fields, preview)
            if claims.is_due(source) and not same_overview(judgement.pixels, decode_main()):
                claims.refute(source)
                return Judgement(None, "a full decode shows another picture")
            return judgement
        reason = judgement.reason
    return Judgement(None, reason)


def _large_enough(
    data: bytes, image: JpegImagePlugin.JpegImageFile, layout: JpegLayout, wanted: Wanted
) -> list[Preview]:
    """The previews that serve all fingerprints, smallest first: those are the quickest."""
    exif, index = image.info.get("exif"), image.info.get("mp")
    found = previews_in_exif(data, exif) if isinstance(exif, bytes) else []
    if isinstance(index, bytes):
        found += previews_behind(data, index, int(image.info.get("mpoffset", 0)))
    main_pixels = layout.width_px * layout.height_px
    fit = []
    for preview in found:
        short, long = sorted(preview.size)
        if short < wanted.short_px or long < wanted.long_px or short * long * WORTH_IT > main_pixels:
            continue
        if _same_aspect(preview.size, (layout.width_px, layout.height_px)):
            fit.append(preview)
    return sorted(fit, key=lambda preview: preview.size[0] * preview.size[1])


def _same_aspect(preview: tuple[int, int], main: tuple[int, int]) -> bool:
    exact_height = preview[0] * main[1] / main[0]
    return abs(preview[1] - exact_height) <= max(1.0, ASPECT * exact_height)


def _judge(
    data: bytes,
    image: JpegImagePlugin.JpegImageFile,
    layout: JpegLayout,
    fields: ExifFields,
    preview: Preview,
    wanted: Wanted,
    claims: Claims,
) -> Judgement:
    if not claims.hold(_source(fields, preview)):
        return Judgement(None, "another preview of this source was wrong")
    end = preview.start if preview.chained else len(data)
    if not data[max(0, end - 4096) : end].rstrip(b"\x00").endswith(END):
        return Judgement(None, "the main picture does not end where it should")
    if not preview.chained and jpeg_facts.has_library_tables(image.quantization):
        return Judgement(
            None, "the main picture was written by a common library, not bound to the preview by any length"
        )
    try:
        stored = _decoded(data, preview, fields, wanted)
        if isinstance(stored, str):
            return Judgement(None, stored)
        reason = _disproof(data, layout, end, stored.shown)
    except DAMAGE as error:
        return Judgement(None, f"the preview or the picture is damaged ({type(error).__name__})")
    if reason:
        return Judgement(None, reason)
    return Judgement(upright_array(stored.small, valid_orientation(fields.image.get(ORIENTATION))), "", preview.kind)


def _decoded(data: bytes, preview: Preview, fields: ExifFields, wanted: Wanted) -> _Stored | str:
    """The pixels of a preview as it lies stored, or why it cannot be the picture's."""
    jpeg = data[preview.start : preview.end]
    said = set(DATE.findall(jpeg, 0, preview.head_bytes))
    taken = (text(fields.photo.get(TAKEN)) or "").encode("utf-8", "replace")
    if said - {taken}:
        return "the preview is of another moment"
    with JpegImagePlugin.JpegImageFile(io.BytesIO(jpeg)) as image:
        if "exif" in image.info and not _same_turn(image, fields):
            return "the preview is turned otherwise"
        scale_while_decoding(image, wanted)
        image.load()
        shown: Image.Image = image if image.mode in ("RGB", "L") else image.convert("RGB")
        small = shrink(shown, wanted)
        pixels = rgb_pixels(small)
        return _Stored(pixels if small is shown else rgb_pixels(shown), pixels)


def _same_turn(image: Image.Image, fields: ExifFields) -> bool:
    try:
        own = image.getexif().get(ORIENTATION)
    except BAD_EXIF:
        return False
    return own is None or valid_orientation(own) == valid_orientation(fields.image.get(ORIENTATION))


def _disproof(data: bytes, layout: JpegLayout, end: int, shown: UInt8Array) -> str:
    """Why the preview does not show the main picture, by pieces from all over it; empty if it does."""
    grid = grid_of(shown, layout)
    pieces = read_pieces(data, layout, end, PLACES, PIECE_MCUS)
    if not pieces:
        return "the image data cannot be sampled"
    found = compare(pieces, grid)
    if not found.tells_enough:
        return "too little in the picture can be recognised"
    if 0.0 in found.unlike:
        rows = min(MOST_ROWS, max(2, math.ceil(PREVIEW_ROWS * layout.mcu_rows / shown.shape[0])))
        beginning = read_pieces(data, layout, end, (), (rows - 1) * layout.mcus_in_row + PIECE_MCUS)
        if not beginning or not same_beginning(beginning[0], grid, layout.mcus_in_row, rows):
            return "the beginning of the picture differs"
    again = tuple(place + SECOND_LOOK for place in found.unlike if place)
    pieces = read_pieces(data, layout, end, again, PIECE_MCUS) if again else []
    if again and (not pieces or any(compare(pieces, grid, found.drift).unlike)):
        return "a part of the picture is not as the preview shows it"
    return ""


def same_overview(one: UInt8Array, two: UInt8Array) -> bool:
    """Whether two upright pictures are the same over the whole frame, but for what scaling does."""
    cells = [
        np.asarray(Image.fromarray(pixels).resize(OVERVIEW, Image.Resampling.BOX), np.int16) for pixels in (one, two)
    ]
    difference = np.abs(cells[0] - cells[1])
    return float(difference.mean()) <= OVERVIEW_MEAN and int(difference.max()) <= OVERVIEW_MOST


def _source(fields: ExifFields, preview: Preview) -> Source:
    make, model, software = (text(fields.image.get(tag)) or "" for tag in (MAKE, MODEL, SOFTWARE))
    return Source(f"{make} {model}", software, preview.kind)

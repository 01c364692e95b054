"""Whether pieces of the main picture are found in a preview, in the right places and unchanged."""

import math
from typing import NamedTuple

import cv2
import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.imaging.embedded.layout import JpegLayout
from twinlens.imaging.embedded.samples import Piece

# How far from its expected place a piece is looked for, in parts of the picture. Detail is spread unevenly over the bytes,
# but evenly enough that neighbouring pieces are displaced alike.
NEAR, FAR = 0.04, 0.2
ALIKE, NOISE = 0.4, 4.5  # what may remain after alignment (RMS): a part of the piece's own contrast, or gray levels
ALIKE_AS_EXPECTED, AS_EXPECTED = (
    0.55,
    0.006,
)  # the same for a piece that is displaced like the one before it, so exactly
FLAT = 2.0  # standard deviation in gray levels below which a piece shows nothing to recognise
TELLING, FEWEST_TELLING = 7.0, 0.5  # contrast above which a fit means something; how many of the pieces must have it
TOP_MEAN, TOP_REMAINS, TOP_MOST_COLOUR = (
    3.5,
    5.0,
    7.0,
)  # gray levels at the beginning: mean, of what remains, of stretches
# By how much a stretch of a piece may differ from the preview: gray levels, or a part of the piece's contrast; Cb and Cr.
MOST, MOST_OF_CONTRAST, MOST_COLOUR = 20.0, 0.4, 9.0
GAIN = 0.12  # how far the contrast may differ from 1
NOISE_OF_STRETCHES = np.array((3.5, 5.0, 5.0), np.float32)  # in Y, Cb and Cr: little contrast tells little
STRETCH = 8  # MCUs over which differences are averaged: JPEG noise and sharpening vanish, an edit does not


class Drift(NamedTuple):
    """How far a piece lies from where its bytes would have it if detail were spread evenly, in parts of the picture."""

    place: float
    amount: float

    def at(self, place: float) -> float:
        """The drift to expect at a later place: at the end there is none."""
        return self.amount * max(0.0, 1 - place) / (1 - self.place)


NO_DRIFT = Drift(0.0, 0.0)


class Found(Struct, frozen=True):
    """Where a piece fits best: the MCU at which it begins, what then remains of the luminance (RMS), and its contrast.

    ``expected``: it is where the piece before led to expect it, so that fine detail, which previews blur, is forgiven.
    """

    place: int
    remains: float
    contrast: float
    expected: bool = False

    @property
    def fits(self) -> bool:
        """Whether this is the same part of the same picture."""
        return self.remains <= max(NOISE, (ALIKE_AS_EXPECTED if self.expected else ALIKE) * self.contrast)


class Comparison(Struct, frozen=True):
    """What became of some pieces.

    ``unlike``: the places of those that are not in the preview, 0 for the beginning. A second look may still clear them: a
    decoder that is set down in the middle falls into step late at times, and one row of MCUs may be finer than a row of the
    preview. ``tells_enough``: not too many were flat. ``drift``: how far the last of those that fit was displaced.
    """

    unlike: tuple[float, ...]
    tells_enough: bool
    drift: Drift


class Grid(Struct, frozen=True):
    """A preview as mean colours of every MCU of the main picture, in their order.

    ``luminance`` [n] lies around 0; ``colours`` [n, 3] are Y, Cr, Cb as OpenCV orders them.
    """

    luminance: Float32Array
    colours: UInt8Array

    def part(self, place: int, length: int, components: int) -> Float32Array:
        """Y, Cb and Cr around 0 of ``length`` MCUs from ``place``; of gray pictures Y alone."""
        colours = self.colours[place : place + length, [0, 2, 1][:components]]
        return colours.astype(np.float32) - 128


def grid_of(preview: UInt8Array, layout: JpegLayout) -> Grid:
    """The preview, RGB [h, w, 3] as it lies stored, as the MCUs of the main picture would show it."""
    size = (layout.mcus_in_row, layout.mcu_rows)
    shrinks = preview.shape[1] >= size[0] and preview.shape[0] >= size[1]
    small = cv2.resize(preview, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    colours = cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb).reshape(-1, 3)
    luminance = colours[:, 0].astype(np.float32) - 128
    return Grid(luminance, np.asarray(colours, np.uint8))


def compare(pieces: list[Piece], grid: Grid, known: Drift = NO_DRIFT) -> Comparison:
    """Whether the pieces come from the picture that the preview shows; ``known``: how far one of them was displaced."""
    telling, last = 0, 0
    unlike = [] if _alike(pieces[0].means, grid.part(0, *pieces[0].means.shape)) else [0.0]
    for piece in pieces[1:]:
        found = find_piece(piece, grid, known.at(piece.place))
        if found.fits and found.contrast < FLAT:
            continue  # the preview is flat there too, but it could be anywhere in that sky
        shown = grid.part(found.place, *piece.means.shape)
        if not found.fits or found.place < last or not _unchanged(piece.means, shown):
            unlike.append(piece.place)
            continue
        telling, last = telling + (found.contrast >= TELLING), found.place
        known = Drift(piece.place, found.place / len(grid.luminance) - piece.place)
    return Comparison(tuple(unlike), telling + len(unlike) >= FEWEST_TELLING * (len(pieces) - 1), known)


def find_piece(piece: Piece, grid: Grid, drift: float) -> Found:
    """The place at which a piece fits best, looked for where ``drift`` puts it and, if it is not there, farther off."""
    luminance = piece.means[:, 0] - piece.means[:, 0].mean()
    own = float(luminance @ luminance) / luminance.size
    found = Found(0, float("inf"), math.sqrt(own))
    count = len(grid.luminance)
    reaches = ((piece.place + drift, NEAR), (piece.place, FAR))
    for place, reach in reaches if found.contrast >= FLAT else reaches[:1]:  # something flat is found anywhere
        low = max(0, int((place - reach) * count))
        searched = grid.luminance[low : int((place + reach) * count) + luminance.size]
        if searched.size < luminance.size:
            continue
        gained = _gained(searched, luminance)
        best = int(gained.argmin())
        remains = math.sqrt(max(0.0, own + float(gained[best])))
        if remains < found.remains:
            expected = abs((low + best) / count - piece.place - drift) <= AS_EXPECTED
            found = Found(low + best, remains, found.contrast, expected)
        if found.fits:
            break
    return found


def _gained(searched: Float32Array, piece: Float32Array) -> Float32Array:
    """By how much the variance of the piece (whose mean is 0) changes when the preview is taken away, at every place."""
    length = piece.size
    common = np.correlate(searched, piece)
    middle = slice(length // 2, length // 2 + common.size)  # of the windows that lie wholly inside
    mean = cv2.boxFilter(searched[None], -1, (length, 1))[0, middle]
    square = cv2.sqrBoxFilter(searched[None], cv2.CV_32F, (length, 1))[0, middle]
    return np.asarray(square - mean * mean - common * (2 / length), np.float32)


def same_beginning(beginning: Piece, grid: Grid, mcus_in_row: int, rows: int) -> bool:
    """Whether the first ``rows`` rows of MCUs, averaged, are those of the preview; ``beginning`` reaches into the last."""
    length, components = len(beginning.means) - (rows - 1) * mcus_in_row, beginning.means.shape[1]
    starts = [row * mcus_in_row for row in range(rows)]
    main = np.mean([beginning.means[start : start + length] for start in starts], axis=0)
    shown = np.mean([grid.part(start, length, components) for start in starts], axis=0)
    return _alike(np.asarray(main, np.float32), np.asarray(shown, np.float32))


def _alike(main: Float32Array, shown: Float32Array) -> bool:
    """The beginning is exact: its brightness and its colours must be those of the preview."""
    difference = main - shown
    contrast = float(main[:, 0].std())
    stretches = np.abs(_stretches(difference)).max(axis=0)
    if np.abs(difference.mean(axis=0)).max() > TOP_MEAN or stretches[1:].max(initial=0.0) > TOP_MOST_COLOUR:
        return False
    remains = float(np.abs(difference[:, 0]).mean())
    return remains <= max(TOP_REMAINS, ALIKE * contrast) and stretches[0] <= max(MOST, MOST_OF_CONTRAST * contrast)


def _unchanged(means: Float32Array, shown: Float32Array) -> bool:
    """Whether a piece differs from the preview at its place by nothing but a constant.

    The contrast is compared over stretches: fine detail is paler in a preview, which has fewer pixels.
    """
    main, preview = _stretches(means - means.mean(axis=0)), _stretches(shown - shown.mean(axis=0))
    spread = np.maximum((main**2).sum(axis=0), 1.0)
    gain = (main * preview).sum(axis=0) / spread
    unsure = NOISE_OF_STRETCHES[: gain.size] / np.sqrt(spread)
    if (np.abs(gain - 1) > GAIN + unsure).any():
        return False
    difference = np.abs(preview - main).max(axis=0)
    most = max(MOST, MOST_OF_CONTRAST * float(means[:, 0].std()))
    return bool(difference[0] <= most and difference[1:].max(initial=0.0) <= MOST_COLOUR)


def _stretches(difference: Float32Array) -> Float32Array:
    """Means over stretches of MCUs."""
    whole = len(difference) // STRETCH * STRETCH
    stretches = difference[:whole].reshape(-1, STRETCH, difference.shape[1]).mean(axis=1)
    return np.asarray(stretches, np.float32)

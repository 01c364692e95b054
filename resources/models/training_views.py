"""Pictures as they come back: the edits from which the copy vector learns what stays the same of a photo.

None of them is one that the benchmarks make: no turn by a quarter, no mirror, no crop and no border alone, no filter of an
editor. Rotations are by any angle but a quarter, windows are skewed, what is laid on a page lies crooked, tones follow
curves and matrices drawn anew. So what the benchmarks say is about edits that the network was never shown.
"""

import math
import random
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # [h, w, 3]
_LEVELS = np.linspace(0, 1, 256)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM 0123456789"


def view(picture: Picture, draw: random.Random, others: list[Picture]) -> Picture:
    """The picture after one to four edits; ``others`` lie behind it, beside it or over it."""
    if draw.random() < 0.45:
        picture = draw.choice((affine_view, affine_view, perspective_view))(picture, draw)
    for _ in range(draw.choice((1, 1, 2, 2, 3))):
        beside = draw.random() < 0.4
        picture = draw.choice(_WITH_OTHERS)(picture, draw, others) if beside else draw.choice(_ALONE)(picture, draw)
    return picture


def affine_view(picture: Picture, draw: random.Random) -> Picture:
    """A window of the picture that is rotated by any angle, sheared, scaled, and half of the time seen from behind."""
    height, width = picture.shape[:2]
    angle = math.radians(90 * draw.randrange(4) + draw.choice((-1, 1)) * draw.uniform(2, 20))
    if draw.random() < 0.5:
        angle = math.radians(draw.choice((-1, 1)) * draw.uniform(1.5, 12))
    zoom, shear = math.exp(draw.uniform(-0.25, 0.75)), draw.uniform(-0.12, 0.12)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    linear = zoom * turn @ np.array([[1.0, shear], [draw.uniform(-0.12, 0.12), draw.uniform(0.85, 1.18)]])
    if draw.random() < 0.35:
        linear[:, 0] *= -1
    out_width, out_height = (height, width) if abs(math.sin(angle)) > 0.7 else (width, height)
    slack = max(0.0, 1 - 1 / zoom) / 2
    centre = np.array([width * (0.5 + draw.uniform(-slack, slack)), height * (0.5 + draw.uniform(-slack, slack))])
    offset = np.array([out_width / 2, out_height / 2]) - linear @ centre
    border = draw.choice((cv2.BORDER_CONSTANT, cv2.BORDER_REPLICATE, cv2.BORDER_REFLECT))
    matrix = np.column_stack([linear, offset])
    return _uint8(
        cv2.warpAffine(picture, matrix, (out_width, out_height), borderMode=border, borderValue=_colour(draw))
    )


def perspective_view(picture: Picture, draw: random.Random) -> Picture:
    """The picture seen from aside, or a quadrilateral of it pulled straight."""
    height, width = picture.shape[:2]
    inset = [(width * draw.uniform(0, 0.24), height * draw.uniform(0, 0.24)) for _ in range(4)]
    signs = ((0, 1, 0, 1), (1, -1, 0, 1), (1, -1, 1, -1), (0, 1, 1, -1))
    inner = [(a * width + b * dx, c * height + d * dy) for (dx, dy), (a, b, c, d) in zip(inset, signs, strict=True)]
    outer = [(0, 0), (width, 0), (width, height), (0, height)]
    source, target = (inner, outer) if draw.random() < 0.6 else (outer, inner)
    matrix = cv2.getPerspectiveTransform(np.array(source, np.float32), np.array(target, np.float32))
    return _uint8(cv2.warpPerspective(picture, matrix, (width, height), borderValue=_colour(draw)))


def on_a_page(picture: Picture, draw: random.Random, others: list[Picture]) -> Picture:
    """The picture lying a little crooked on a page, a wall or a screen, with lines of writing round it."""
    height, width = picture.shape[:2]
    page_width, page_height = int(width * draw.uniform(1.03, 1.7)), int(height * draw.uniform(1.03, 1.7))
    if draw.random() < 0.4:  # a column: much taller or wider than the picture
        page_height = max(page_height, int(page_width * draw.uniform(1.3, 2.3)))
    page = _ground(page_height, page_width, draw, others)
    angle = draw.choice((-1, 1)) * draw.uniform(0.4, 6)
    free_x, free_y = page_width - width, page_height - height
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, draw.uniform(0.9, 1))
    matrix[:, 2] += (free_x * draw.betavariate(2, 2), free_y * draw.betavariate(2, 2))
    size = (page_width, page_height)
    laid = cv2.warpAffine(picture, matrix, size)
    mask = cv2.warpAffine(np.full(picture.shape[:2], 255, np.uint8), matrix, size)[..., None] / np.float32(255)
    page = _uint8(page * (1 - mask) + laid * mask)
    return written_on(page, draw, others) if draw.random() < 0.5 else page


def written_on(picture: Picture, draw: random.Random, _others: list[Picture]) -> Picture:
    """Words of any size, place and colour."""
    picture = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(draw.randint(1, 6)):
        size = draw.uniform(0.001, 0.004) * max(height, width)
        text = "".join(draw.choice(_LETTERS) for _ in range(draw.randint(2, 24)))
        place = draw.randint(-width // 10, width * 3 // 4), draw.randint(0, height)
        cv2.putText(picture, text, place, draw.randint(0, 7), size, _colour(draw), max(1, round(size)), cv2.LINE_AA)
    return picture


def stickers(picture: Picture, draw: random.Random, others: list[Picture]) -> Picture:
    """Patches laid over it: plain ones and small other pictures, solid or half transparent."""
    picture = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(draw.randint(1, 3)):
        patch_h, patch_w = int(height * draw.uniform(0.08, 0.35)), int(width * draw.uniform(0.08, 0.35))
        top, left = draw.randint(0, height - patch_h), draw.randint(0, width - patch_w)
        place = picture[top : top + patch_h, left : left + patch_w]
        patch, share = _ground(patch_h, patch_w, draw, others), draw.uniform(0.5, 1)
        place[:] = _uint8(place * (1 - share) + patch * share)
    return picture


def seen_through(picture: Picture, draw: random.Random, others: list[Picture]) -> Picture:
    """Another picture reflected in the glass before it."""
    share = draw.uniform(0.08, 0.3)
    other = cv2.resize(draw.choice(others), picture.shape[1::-1])
    return _uint8(picture * (1 - share) + other * share)


def tone_curves(picture: Picture, draw: random.Random) -> Picture:
    """A curve of its own for each channel, most of it shared."""
    knots = np.linspace(0, 1, 5)
    shared = knots + np.array([draw.uniform(-0.15, 0.15) for _ in knots])
    changed = np.empty_like(picture)
    for channel in range(3):
        own = np.clip(shared + np.array([draw.uniform(-0.06, 0.06) for _ in knots]), 0, 1)
        changed[..., channel] = _uint8(255 * np.interp(_LEVELS, knots, own))[picture[..., channel]]
    return changed


def colour_matrix(picture: Picture, draw: random.Random) -> Picture:
    """Channels mixed into one another, at times so far that little colour is left."""
    mixed = np.array([[draw.uniform(-0.25, 0.25) for _ in range(3)] for _ in range(3)])
    matrix = np.eye(3) * draw.uniform(0.75, 1.15) + mixed
    if draw.random() < 0.4:
        weights = np.array([draw.uniform(0.1, 1) for _ in range(3)])
        left = draw.uniform(0, 0.3)
        matrix = left * matrix + (1 - left) * np.outer(
            [draw.uniform(0.7, 1.1) for _ in range(3)], weights / weights.sum()
        )
    return _uint8(picture @ matrix.T + draw.uniform(-25, 25))


def uneven_light(picture: Picture, draw: random.Random) -> Picture:
    """Lighter here and darker there."""
    height, width = picture.shape[:2]
    coarse = np.array([[draw.uniform(0.45, 1.3) for _ in range(3)] for _ in range(3)], np.float32)
    return _uint8(picture * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)[..., None])


def grain(picture: Picture, draw: random.Random) -> Picture:
    """Noise of a high sensitivity, gray or coloured."""
    random_state = np.random.default_rng(draw.getrandbits(32))
    return _uint8(picture + random_state.normal(0, draw.uniform(5, 32), (*picture.shape[:2], draw.choice((1, 3)))))


def shaken(picture: Picture, draw: random.Random) -> Picture:
    """Blurred along a line."""
    length = draw.randint(3, 13) | 1
    line = np.zeros((length, length), np.float32)
    line[length // 2] = 1
    middle = length / 2 - 0.5
    line = cv2.warpAffine(line, cv2.getRotationMatrix2D((middle, middle), draw.uniform(0, 180), 1), (length, length))
    return _uint8(cv2.filter2D(picture, -1, line / max(float(line.sum()), 1e-6)))


def coarse(picture: Picture, draw: random.Random) -> Picture:
    """Made very small, by whichever filter, and large again."""
    height, width = picture.shape[:2]
    share = draw.uniform(0.12, 0.6)
    method = draw.choice((cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_NEAREST))
    small = cv2.resize(picture, (max(16, int(width * share)), max(16, int(height * share))), interpolation=method)
    return _uint8(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def blocky(picture: Picture, draw: random.Random) -> Picture:
    """Compressed past what anyone would send, as a WebP."""
    _, data = cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, draw.randint(3, 30)])
    return _uint8(cv2.imdecode(data, cv2.IMREAD_COLOR))


def rippled(picture: Picture, draw: random.Random) -> Picture:
    """Bent by slow waves, as through a lens or on a curled print."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    size, turns = draw.uniform(0.005, 0.025) * max(height, width), 2 * math.pi * draw.uniform(0.5, 2)
    phase = draw.uniform(0, 6)
    x = columns + np.float32(size) * np.sin(rows / height * turns + phase)
    y = rows + np.float32(size) * np.sin(columns / width * turns - phase)
    return _uint8(
        cv2.remap(picture, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    )


def _ground(height: int, width: int, draw: random.Random, others: list[Picture]) -> Picture:
    kind = draw.random()
    if kind < 0.55:
        return np.full((height, width, 3), _colour(draw), np.uint8)
    if kind < 0.75:
        above, below = (np.array(_colour(draw), np.float32) for _ in range(2))
        share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        return _uint8(np.broadcast_to(above + (below - above) * share, (height, width, 3)))
    other = cv2.resize(draw.choice(others), (width, height))
    return _uint8(cv2.GaussianBlur(other, (0, 0), max(height, width) / 25)) if kind < 0.87 else _uint8(other)


def _colour(draw: random.Random) -> list[int]:
    gray = draw.choice((0, 255, draw.randint(0, 255)))
    return [gray] * 3 if draw.random() < 0.7 else [draw.randint(0, 255) for _ in range(3)]


def _uint8(values: NDArray[np.generic]) -> Picture:
    return np.ascontiguousarray(np.clip(values, 0, 255).astype(np.uint8))


_ALONE: tuple[Callable[[Picture, random.Random], Picture], ...] = (
    affine_view, perspective_view, tone_curves, colour_matrix, uneven_light, grain, shaken, coarse, blocky, rippled,
)  # fmt: skip
_WITH_OTHERS: tuple[Callable[[Picture, random.Random, list[Picture]], Picture], ...] = (
    on_a_page, on_a_page, written_on, stickers, seen_through,
)  # fmt: skip

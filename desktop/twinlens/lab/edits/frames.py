"""Edits that put something around the picture: borders, bars, paper, the frame of a telephone."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from twinlens.domain.fingerprint import UInt8Array
from twinlens.lab.edits.geometry import resized

_SCREENS = ((1080, 2340), (1170, 2532), (1440, 3120), (1920, 1080), (2560, 1600))
_SHAPES = (1.0, 16 / 9, 9 / 16, 4 / 5, 2.39)


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
    """White and black more often than any other."""
    choice = rng.random()
    if choice < 0.4:
        return 255, 255, 255
    if choice < 0.75:
        return 0, 0, 0
    red, green, blue = (int(value) for value in rng.integers(0, 256, size=3))
    return red, green, blue


def _on(
    picture: UInt8Array, height_px: int, width_px: int, top: int, left: int, colour: tuple[int, int, int]
) -> UInt8Array:
    paper = np.empty((height_px, width_px, 3), dtype=np.uint8)
    paper[:] = colour
    paper[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return paper


def bordered(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """The same border on all sides, at times a thin line inside it."""
    wide = max(2, round(max(picture.shape[:2]) * float(rng.uniform(0.02, 0.10))))
    height, width = picture.shape[:2]
    framed = _on(picture, height + 2 * wide, width + 2 * wide, wide, wide, _colour(rng))
    if rng.random() < 0.2:
        line = max(1, wide // 8)
        cv2.rectangle(framed, (wide - line, wide - line), (wide + width, wide + height), _colour(rng), line)
    return framed


def on_paper(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """An instant picture: narrow above and beside, wide below."""
    side = max(2, round(max(picture.shape[:2]) * float(rng.uniform(0.03, 0.06))))
    below = round(side * float(rng.uniform(2.5, 4)))
    height, width = picture.shape[:2]
    tone = int(rng.integers(235, 256))
    return _on(picture, height + side + below, width + 2 * side, side, side, (tone, tone, tone - 4))


def letterboxed(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """Bars above and below or beside, to fill another shape: plain, or the picture itself, large and soft."""
    height, width = picture.shape[:2]
    shape = _SHAPES[int(rng.integers(len(_SHAPES)))]
    if abs(np.log(shape * height / width)) < 0.08:
        shape = 1.0 if abs(np.log(width / height)) > 0.08 else 16 / 9
    outer_w, outer_h = (round(height * shape), height) if shape > width / height else (width, round(width / shape))
    top, left = (outer_h - height) // 2, (outer_w - width) // 2
    if rng.random() < 0.75:
        return _on(picture, outer_h, outer_w, top, left, _colour(rng))
    large = cv2.resize(picture, (outer_w, outer_h), interpolation=cv2.INTER_LINEAR)
    paper = np.asarray(cv2.GaussianBlur(large, (0, 0), max(outer_w, outer_h) / 40), dtype=np.uint8)
    paper[top : top + height, left : left + width] = picture
    return paper


def screenshot(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """The photo on a screen: status line, a bar of buttons, an empty page around it."""
    width, height = _SCREENS[int(rng.integers(len(_SCREENS)))]
    dark = rng.random() < 0.6
    page, ink = ((12, 12, 14), (235, 235, 235)) if dark else ((250, 250, 250), (20, 20, 20))
    head, foot = round(height * 0.06), round(height * 0.07)
    factor = min(width / picture.shape[1], (height - head - foot) / picture.shape[0])
    shown = resized(picture, picture.shape[1] * factor, picture.shape[0] * factor, rng)
    top = head + (height - head - foot - shown.shape[0]) // 2
    screen = Image.fromarray(_on(shown, height, width, top, (width - shown.shape[1]) // 2, page))
    pen, font = ImageDraw.Draw(screen), ImageFont.load_default(size=head * 0.45)
    clock = f"{int(rng.integers(24)):02d}:{int(rng.integers(60)):02d}"
    pen.text((width * 0.05, head * 0.25), clock, fill=ink, font=font)
    pen.rectangle((width * 0.88, head * 0.3, width * 0.94, head * 0.6), outline=ink, width=2)
    for at in range(int(rng.integers(3, 6))):
        x = width * (0.12 + 0.18 * at)
        pen.ellipse((x, height - foot * 0.7, x + foot * 0.4, height - foot * 0.3), outline=ink, width=3)
    return np.asarray(screen, dtype=np.uint8)

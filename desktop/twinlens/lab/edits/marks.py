"""Edits that write on the picture: text, captions, dates, watermarks, stickers."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from twinlens.domain.fingerprint import UInt8Array

_WORDS = (
    "summer", "at the lake", "hello", "our house", "happy birthday", "before and after", "wish you were here",
    "no. 12", "proof", "my garden", "look at this!", "day three", "(c) A. Photographer", "www.example.org",
)  # fmt: skip
_INKS = ((255, 255, 255), (0, 0, 0), (255, 220, 0), (220, 30, 40), (255, 140, 0))


def _words(rng: np.random.Generator) -> str:
    return _WORDS[int(rng.integers(len(_WORDS)))]


def _drawn(
    picture: UInt8Array, text: str, share: float, rng: np.random.Generator, *, opacity: int = 255
) -> tuple[Image.Image, tuple[int, int]]:
    """The text alone on a clear ground, with its size; ``share``: its width as a share of the picture's, at most."""
    height, width = picture.shape[:2]
    size = max(9.0, min(height, width) * float(rng.uniform(0.05, 0.11)))
    font = ImageFont.load_default(size=size)
    length = font.getlength(text)
    if length > width * share:
        font = ImageFont.load_default(size=max(7.0, size * width * share / length))
    left, top, right, bottom = font.getbbox(text)
    ink = _INKS[int(rng.integers(len(_INKS)))]
    label = Image.new("RGBA", (max(1, round(right - left) + 4), max(1, round(bottom - top) + 4)), (0, 0, 0, 0))
    edge = tuple(255 - value for value in ink)
    thick = 1 if rng.random() < 0.4 else 0
    ImageDraw.Draw(label).text(
        (2 - left, 2 - top), text, font=font, fill=(*ink, opacity), stroke_width=thick, stroke_fill=(*edge, opacity)
    )
    return label, label.size


def _laid_over(picture: UInt8Array, over: Image.Image) -> UInt8Array:
    ground = Image.fromarray(picture).convert("RGBA")
    return np.asarray(Image.alpha_composite(ground, over).convert("RGB"), dtype=np.uint8)


def _clear(picture: UInt8Array) -> Image.Image:
    return Image.new("RGBA", (picture.shape[1], picture.shape[0]), (0, 0, 0, 0))


def lettered(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """One or two lines of text anywhere."""
    over = _clear(picture)
    for _ in range(int(rng.integers(1, 3))):
        label, (wide, high) = _drawn(picture, _words(rng), 0.7, rng)
        x = int(rng.integers(max(1, picture.shape[1] - wide)))
        y = int(rng.integers(max(1, picture.shape[0] - high)))
        over.alpha_composite(label, (x, y))
    return _laid_over(picture, over)


def captioned(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """A bar with text at the top or the bottom, that hides what is below it or lets it through."""
    over, height = _clear(picture), picture.shape[0]
    label, (wide, high) = _drawn(picture, _words(rng), 0.9, rng)
    bar = min(round(high * float(rng.uniform(1.3, 2.0))), round(height * 0.2))
    top = 0 if rng.random() < 0.3 else height - bar
    tone = 0 if rng.random() < 0.6 else 255
    opacity = 255 if rng.random() < 0.5 else int(rng.integers(130, 230))
    ImageDraw.Draw(over).rectangle((0, top, picture.shape[1], top + bar), fill=(tone, tone, tone, opacity))
    at = (max(0, (picture.shape[1] - wide) // 2), max(0, top + (bar - high) // 2))
    over.alpha_composite(label, at)
    return _laid_over(picture, over)


def dated(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """The orange date of a camera, near a corner."""
    year, month, day = int(rng.integers(1990, 2026)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    text = (f"{day:02d}.{month:02d}.{year}", f"'{year % 100:02d} {month} {day}", f"{year} {month:02d} {day:02d}")
    height, width = picture.shape[:2]
    font = ImageFont.load_default(size=max(8.0, min(height, width) * float(rng.uniform(0.035, 0.06))))
    over = _clear(picture)
    chosen = text[int(rng.integers(3))]
    x = width * 0.96 - font.getlength(chosen) if rng.random() < 0.75 else width * 0.04
    ink = (255, 140, 0, 255) if rng.random() < 0.7 else (255, 235, 120, 255)
    ImageDraw.Draw(over).text((x, height * 0.95), chosen, font=font, fill=ink, anchor="ls")
    return _laid_over(picture, over)


def watermarked(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """One half transparent mark, in a corner or across the middle."""
    over = _clear(picture)
    label, (wide, high) = _drawn(picture, _words(rng), 0.6, rng, opacity=int(rng.integers(90, 200)))
    free_x, free_y = max(0, picture.shape[1] - wide), max(0, picture.shape[0] - high)
    share_x, share_y = (0.5, 0.5) if rng.random() < 0.3 else (rng.choice([0.04, 0.96]), rng.choice([0.04, 0.96]))
    over.alpha_composite(label, (int(free_x * share_x), int(free_y * share_y)))
    return _laid_over(picture, over)


def tiled(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """The same half transparent mark all over, level or aslant."""
    label, _ = _drawn(picture, _words(rng), 0.3, rng, opacity=int(rng.integers(50, 130)))
    if rng.random() < 0.5:
        label = label.rotate(float(rng.uniform(15, 45)), expand=True, resample=Image.Resampling.BICUBIC)
    wide, high = label.size
    over = _clear(picture)
    step_x, step_y = round(wide * float(rng.uniform(1.2, 1.8))), round(high * float(rng.uniform(1.6, 3)))
    for row, y in enumerate(range(0, picture.shape[0], max(4, step_y))):
        for x in range(-(step_x // 2) * (row % 2), picture.shape[1], max(4, step_x)):
            if x >= 0:
                over.alpha_composite(label, (x, y))
    return _laid_over(picture, over)


def stickered(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """A few filled shapes that hide what is below them, as stickers and drawn hearts do."""
    over = _clear(picture)
    pen, (height, width) = ImageDraw.Draw(over), picture.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        radius = min(height, width) * float(rng.uniform(0.04, 0.09))
        x, y = float(rng.uniform(0.1, 0.9)) * width, float(rng.uniform(0.1, 0.9)) * height
        fill = (*(int(value) for value in rng.integers(0, 256, size=3)), 255)
        if rng.random() < 0.5:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
        else:
            pen.regular_polygon((x, y, radius), int(rng.integers(3, 7)), float(rng.uniform(0, 90)), fill=fill)
    return _laid_over(picture, over)

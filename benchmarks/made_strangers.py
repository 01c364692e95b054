"""Made-up pictures that look alike and are no copies: sky, snow, dark, documents, forms, textures, walls, flat ones."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from twinlens.domain.fingerprint import Float32Array, UInt8Array

SIZE = (960, 720)
EACH = 30
_Rng = np.random.Generator
_LETTERS = "aaabcdeeeeefghiiiklmnnnooprrssstttuvwy"


def _noise(rng: _Rng, sigma_px: float, spread: float) -> Float32Array:
    """Soft random ground [h, w] with the given spread, detail of about ``sigma_px``."""
    factor = max(1.0, sigma_px / 3)
    size = (max(8, round(SIZE[0] / factor)), max(8, round(SIZE[1] / factor)))
    rough = rng.standard_normal((size[1], size[0]), dtype=np.float32)
    soft = cv2.GaussianBlur(rough, (0, 0), max(0.4, sigma_px / factor))
    large = cv2.resize(soft, SIZE, interpolation=cv2.INTER_CUBIC)
    return np.asarray(large / max(1e-6, float(large.std())) * spread, dtype=np.float32)


def _picture(base: Float32Array, colour: tuple[float, float, float], rng: _Rng, grain: float) -> UInt8Array:
    levels = base[..., None] + np.array(colour, dtype=np.float32)
    levels = levels + rng.standard_normal(levels.shape, dtype=np.float32) * np.float32(grain)
    return np.asarray(np.rint(levels).clip(0, 255), dtype=np.uint8)


def _slope(strength: float) -> Float32Array:
    return np.repeat(np.linspace(-strength, strength, SIZE[1], dtype=np.float32)[:, None], SIZE[0], axis=1)


def _sky(rng: _Rng) -> UInt8Array:
    clouds = _noise(rng, float(rng.uniform(30, 90)), float(rng.uniform(0, 9)))
    return _picture(_slope(30) + np.maximum(clouds, -4), (120, 160, 215), rng, 1.5)


def _snow(rng: _Rng) -> UInt8Array:
    return _picture(_noise(rng, 60, 5) + _noise(rng, 3, 2), (232, 236, 242), rng, 1.0)


def _dark(rng: _Rng) -> UInt8Array:
    base = _noise(rng, 120, 2.5)
    for _ in range(int(rng.integers(0, 4))):
        x, y = int(rng.integers(SIZE[0])), int(rng.integers(SIZE[1]))
        cv2.circle(base, (x, y), int(rng.integers(2, 6)), float(rng.uniform(30, 120)), -1)
    return _picture(base, (9, 9, 12), rng, 2.5)


def _line(rng: _Rng, words: int) -> str:
    return " ".join("".join(rng.choice(list(_LETTERS), int(rng.integers(2, 10)))) for _ in range(words))


def _document(rng: _Rng) -> UInt8Array:
    page = Image.new("RGB", SIZE[::-1], (250, 250, 248))
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=17)
    for row in range(36):
        words = 9 if row % 9 else int(rng.integers(2, 6))
        pen.text((60, 50 + row * 24), _line(rng, words)[:62], fill=(25, 25, 30), font=font)
    return np.asarray(page, dtype=np.uint8)


def _form(rng: _Rng) -> UInt8Array:
    """The same printed form, filled in by somebody else."""
    page = Image.new("RGB", SIZE[::-1], (252, 252, 250))
    pen = ImageDraw.Draw(page)
    head, body = ImageFont.load_default(size=34), ImageFont.load_default(size=20)
    pen.text((60, 50), "RECEIPT OF DELIVERY", fill=(20, 20, 60), font=head)
    for row, name in enumerate(("Name", "Street", "Town", "Date", "Goods", "Number", "Price", "Tax", "Sum", "Sign")):
        y = 150 + row * 72
        pen.text((60, y), name, fill=(20, 20, 60), font=body)
        pen.rectangle((200, y - 10, 660, y + 38), outline=(90, 90, 120), width=2)
        pen.text((212, y), _line(rng, 3)[:32], fill=(15, 15, 15), font=body)
    return np.asarray(page, dtype=np.uint8)


def _texture(rng: _Rng) -> UInt8Array:
    return _picture(_noise(rng, 2.5, 22) + _noise(rng, 12, 8), (96, 120, 62), rng, 2.0)


def _wall(rng: _Rng) -> UInt8Array:
    """Bricks: the pattern repeats, every brick has a tone of its own."""
    base = np.full((SIZE[1], SIZE[0]), 60.0, np.float32)
    shift_x, shift_y = int(rng.integers(80)), int(rng.integers(40))
    for row, y in enumerate(range(-shift_y, SIZE[1], 40)):
        for x in range(-shift_x - 40 * (row % 2), SIZE[0], 80):
            tone = float(rng.normal(0, 9))
            cv2.rectangle(base, (x + 3, y + 3), (x + 77, y + 37), tone, -1)
    return _picture(base + _noise(rng, 2, 4), (150, 88, 66), rng, 2.0)


def _flat(rng: _Rng) -> UInt8Array:
    tone = float(rng.choice([40, 128, 200, 245]))
    return _picture(_slope(float(rng.uniform(0, 2))), (tone, tone, tone), rng, float(rng.uniform(0.3, 1.5)))


KINDS: dict[str, Callable[[_Rng], UInt8Array]] = {
    "sky": _sky, "snow": _snow, "dark": _dark, "document": _document,
    "form": _form, "texture": _texture, "wall": _wall, "flat": _flat,
}  # fmt: skip


def make_strangers(folder: Path, each: int = EACH) -> dict[str, list[str]]:
    """Write ``each`` of every kind, unless they are there; gives their full paths by kind."""
    made: dict[str, list[str]] = {}
    for number, (kind, draw) in enumerate(KINDS.items()):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for at in range(each):
            path = folder / kind / f"{kind}-{at:03d}.jpg"
            if not path.exists():
                Image.fromarray(draw(np.random.default_rng([number, at]))).save(path, quality=90)
            made.setdefault(kind, []).append(str(path.resolve()))
    return made

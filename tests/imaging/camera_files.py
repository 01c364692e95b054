"""Camera files with embedded previews, genuine and stale, put together from real photos."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, JpegImagePlugin

from benchmarks.made_previews import IN_EXIF, MULTI_PICTURE, camera_encoded, camera_exif, preview_of, with_previews
from tests.conftest import SHARED
from twinlens.domain.fingerprint import UInt8Array
from twinlens.imaging.bounds import DEFAULT_BOUNDS
from twinlens.imaging.embedded.believe import Judgement, judge_preview
from twinlens.imaging.embedded.claims import Claims
from twinlens.imaging.formats import format_named
from twinlens.imaging.metadata import fields_of_image
from twinlens.imaging.picture_file import PictureFile
from twinlens.imaging.scale import FOR_STUDY

KINDS = (MULTI_PICTURE, IN_EXIF)
WHEN = "2024:05:17 11:32:08"
SIZE = (2400, 1800)


@cache
def picture(name: str = "series_tree/IMG_1027.JPG", size: tuple[int, int] = SIZE) -> Image.Image:
    """A real photo of 12 megapixels, at the size of a small camera."""
    with Image.open(SHARED / "photos" / name) as opened:
        return opened.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


@cache
def main_jpeg(restart_rows: int = 0) -> bytes:
    """The unedited picture as a camera encodes it."""
    return camera_encoded(picture(), restart_rows=restart_rows)


@cache
def preview_jpeg(side_px: int = 640) -> bytes:
    """The preview of the unedited picture."""
    return preview_of(picture(), side_px, quality=45)


def camera_file(
    kind: str, main: bytes | None = None, preview: bytes | None = None, size: tuple[int, int] = SIZE, **exif: Any
) -> bytes:
    """A file with a preview; without arguments the genuine one. Container and EXIF always fit the main picture."""
    main, preview = main or main_jpeg(), preview or preview_jpeg()
    inside = preview if kind == IN_EXIF else None
    return with_previews(
        main, camera_exif(size, WHEN, thumbnail=inside, **exif), preview if kind == MULTI_PICTURE else None
    )


def judged(data: bytes, claims: Claims | None = None, decode: Callable[[], UInt8Array] | None = None) -> Judgement:
    """What is decided about a file's previews, with claims of its own."""
    with (
        PictureFile(data, format_named("JPEG"), DEFAULT_BOUNDS) as ordinary,
        JpegImagePlugin.JpegImageFile(io.BytesIO(data)) as image,
    ):
        fields = fields_of_image(image)
        return judge_preview(
            data, image, fields, FOR_STUDY, decode or (lambda: ordinary.small(FOR_STUDY)), claims or Claims()
        )


def ordinary_pixels(data: bytes) -> UInt8Array:
    """The small pixels of the main picture itself."""
    with PictureFile(data, format_named("JPEG"), DEFAULT_BOUNDS) as file:
        return file.small(FOR_STUDY)


def jpegs_below(folder: Path) -> list[Path]:
    """All files of a folder that begin like a JPEG."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if path.read_bytes()[:3] == b"\xff\xd8\xff"]

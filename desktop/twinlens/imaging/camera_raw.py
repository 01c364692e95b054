"""RAW files through LibRaw: the preview that the camera embedded if it is large enough, else the sensor at half size."""

import io

import numpy as np
import rawpy
from msgspec.structs import replace
from PIL import Image

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import ImageFacts, ShotMetadata
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging.bounds import DecodeBounds, check_pixels
from twinlens.imaging.formats import Format, format_named
from twinlens.imaging.metadata import ExifFields, read_metadata
from twinlens.imaging.opening import DAMAGE, TOO_EARLY
from twinlens.imaging.picture_file import PictureFile
from twinlens.imaging.profile import profile_digest
from twinlens.imaging.scale import Wanted, shrink
from twinlens.imaging.tones import rgb_pixels
from twinlens.imaging.upright import swaps_sides, upright_image

EXIF_FOR_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}  # LibRaw's "flip" -> EXIF orientation
EXIFREAD_DIRECTORIES = {"Image": 0, "EXIF": 1, "GPS": 2}


class RawFile:
    """One opened RAW file. Every method may raise PhotoUnreadable; a context manager."""

    def __init__(self, data: bytes, entry: Format, bounds: DecodeBounds) -> None:
        self._data, self._entry, self._bounds = data, entry, bounds
        try:
            self._raw = rawpy.imread(io.BytesIO(data))
        except (rawpy.LibRawError, *DAMAGE) as error:
            raise PhotoUnreadable(sentence(error)) from error
        sizes = self._raw.sizes
        self._orientation = EXIF_FOR_FLIP.get(sizes.flip, 1)
        self._size = (sizes.width, sizes.height)  # as the sensor stores it
        check_pixels(*self._size, bounds)

    def __enter__(self) -> "RawFile":
        return self

    def __exit__(self, *_error: object) -> None:
        self._raw.close()

    def study(self, wanted: Wanted) -> StudyPicture:
        """Facts, metadata and small upright RGB pixels, those of the camera's own preview if it is large enough."""
        embedded = self._embedded(wanted)
        pixels = self._developed_small(wanted) if embedded is None else embedded
        facts = replace(self._facts(), from_preview=embedded is not None)
        return StudyPicture(pixels, facts, raw_metadata(self._data))

    def _developed_small(self, wanted: Wanted) -> UInt8Array:
        """Upright RGB pixels from the sensor's data, at least as large as ``wanted`` if the sensor is."""
        image = Image.fromarray(self._developed(half_size=max(self._size) // 2 >= wanted.long_px))
        return rgb_pixels(shrink(image, wanted))

    def full(self) -> FullPicture:
        """The sensor's picture developed with the camera's white balance; comparable only with its like."""
        return FullPicture(self._developed(half_size=False), self._facts(), profile_digest(None, "developed from RAW"))

    def _embedded(self, wanted: Wanted) -> UInt8Array | None:
        """The embedded preview, upright, if it is large enough and intact."""
        try:
            thumb = self._raw.extract_thumb()
            if isinstance(thumb.data, bytes):
                with PictureFile(thumb.data, format_named("JPEG"), self._bounds) as picture:
                    studied = picture.study(wanted)
                pixels = studied.pixels
                full_size = (studied.facts.width_px, studied.facts.height_px)
                turned = studied.metadata.orientation != 1
            else:
                pixels, turned = np.asarray(thumb.data, dtype=np.uint8), False
                full_size = (pixels.shape[1], pixels.shape[0])
        except (rawpy.LibRawError, PhotoUnreadable, *DAMAGE):
            return None
        short, long = sorted(full_size)
        if short < wanted.short_px or long < wanted.long_px:
            return None
        lies_as_stored = (full_size[0] >= full_size[1]) == (self._size[0] >= self._size[1])
        image = Image.fromarray(pixels)
        if not turned and (lies_as_stored or not swaps_sides(self._orientation)):
            image = upright_image(image, self._orientation)
        return rgb_pixels(shrink(image, wanted))

    def _developed(self, *, half_size: bool) -> UInt8Array:
        try:
            pixels = np.ascontiguousarray(
                self._raw.postprocess(use_camera_wb=True, half_size=half_size, output_bps=8), dtype=np.uint8
            )
        except (rawpy.LibRawError, *DAMAGE) as error:
            raise PhotoUnreadable(sentence(error)) from error
        if pixels.ndim != 3 or pixels.shape[2] != 3:
            raise PhotoUnreadable("the camera's raw data is of a kind that cannot be shown")
        if pixels.min() == pixels.max():
            raise PhotoUnreadable("the file holds no picture: all of its sensor data is alike")
        return pixels

    def _facts(self) -> ImageFacts:
        width_px, height_px = self._size[::-1] if swaps_sides(self._orientation) else self._size
        bits = int(self._raw.white_level or 0).bit_length()
        return ImageFacts("RAW", width_px, height_px, min(max(bits, 8), 16), 1)


def sentence(error: BaseException) -> str:
    """One sentence about what LibRaw says, which it says in bytes."""
    if isinstance(error, rawpy.LibRawIOError):
        return TOO_EARLY
    detail = error.args[0] if error.args else type(error).__name__
    said = detail.decode("ascii", "replace") if isinstance(detail, bytes) else str(detail)[:200]
    return f"the camera's raw data cannot be read ({said})"


def raw_metadata(data: bytes) -> ShotMetadata:
    """Metadata of a RAW file through ExifRead, which knows the containers of more makers than Pillow."""
    import exifread

    directories: tuple[dict[int, object], dict[int, object], dict[int, object]] = ({}, {}, {})
    try:
        tags = exifread.process_file(io.BytesIO(data), details=False)
    except (*DAMAGE, RecursionError):
        return ShotMetadata()
    for name, entry in tags.items():
        directory = EXIFREAD_DIRECTORIES.get(name.partition(" ")[0])
        if directory is not None and hasattr(entry, "tag"):
            directories[directory][entry.tag] = entry.values
    xmp = directories[0].get(0x02BC)
    packet = bytes(xmp) if isinstance(xmp, list) and all(isinstance(v, int) and 0 <= v < 256 for v in xmp) else b""
    return read_metadata(ExifFields(*directories, packet))

"""Decoding with Pillow's plugins (pillow-heif is one too): one open for facts, metadata and pixels."""

import io

from msgspec.structs import replace
from PIL import Image, ImageFile, JpegImagePlugin

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import ImageFacts
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging import jpeg_facts
from twinlens.imaging.bounds import DecodeBounds, check_pixels
from twinlens.imaging.depth import as_array, bits_per_channel, deep_pixels, lossy_step
from twinlens.imaging.formats import Format
from twinlens.imaging.metadata import BAD_EXIF, ORIENTATION, fields_of_image, read_metadata
from twinlens.imaging.opening import TOO_EARLY, damage_as_unreadable, open_picture
from twinlens.imaging.profile import profile_digest
from twinlens.imaging.scale import FOR_STUDY, Wanted, scale_while_decoding, shrink
from twinlens.imaging.tones import DEEP_MODES, SMOOTH_MODES, has_alpha, rgb_pixels, smooth, without_opaque_alpha
from twinlens.imaging.upright import upright_array, upright_image, upright_size, valid_orientation

ALTERNATIVES = frozenset(("PSD", "ICO"))  # layers, or sizes of one picture: not frames


class PictureFile:
    """One opened file. Every method may raise PhotoUnreadable; close it, or use it as a context manager."""

    def __init__(self, data: bytes, entry: Format, bounds: DecodeBounds) -> None:
        self._data, self._entry, self._bounds = data, entry, bounds
        with damage_as_unreadable(entry):
            self._image: ImageFile.ImageFile = open_picture(data, entry)
            self._stored_size = self._image.size
            self._bits = bits_per_channel(self._image, data)

    def __enter__(self) -> "PictureFile":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the decoder and its memory."""
        self._image.close()

    def study(self, wanted: Wanted) -> StudyPicture:
        """Facts, metadata and small upright RGB pixels; those of a preview inside the file where it is proven to serve."""
        image, fields, shown = self._image, None, None
        if isinstance(image, JpegImagePlugin.JpegImageFile) and wanted == FOR_STUDY:
            # It needs OpenCV, which those who only look at pictures do not.
            from twinlens.imaging.embedded.believe import judge_preview

            with damage_as_unreadable(self._entry):
                fields = fields_of_image(image)
                shown = judge_preview(self._data, image, fields, wanted, lambda: self.small(wanted)).pixels
        pixels = self.small(wanted) if shown is None else shown
        with damage_as_unreadable(self._entry):
            metadata = read_metadata(fields or fields_of_image(image))
            return StudyPicture(pixels, replace(self._facts(), from_preview=shown is not None), metadata)

    def small(self, wanted: Wanted) -> UInt8Array:
        """Upright RGB pixels, scaled as far as ``wanted`` allows."""
        with damage_as_unreadable(self._entry):
            scale_while_decoding(self._image, wanted)
            self._load()
            image: Image.Image = self._image
            if image.mode in SMOOTH_MODES and not has_alpha(image):
                image = shrink(image, wanted)
            else:
                image = shrink(smooth(image, self._bits), wanted)
            return rgb_pixels(upright_image(image, self._orientation()))

    def full(self) -> FullPicture:
        """All pixels, in the canonical form in which equal pictures are equal arrays."""
        with damage_as_unreadable(self._entry):
            check_pixels(*self._stored_size, self._bounds)
            deep = deep_pixels(self._data, self._entry.name, self._image, self._bits)
            if deep is not None:
                pixels16 = upright_array(deep, self._orientation())
                return FullPicture(pixels16, self._facts(), self._profile(""))
            self._load()
            image: Image.Image = self._image
            loss = lossy_step(image, self._bits)
            image = smooth(image, self._bits) if image.mode in DEEP_MODES else image
            canonical = without_opaque_alpha(image)
            pixels = upright_array(as_array(canonical), self._orientation())
            return FullPicture(pixels, self._facts(), self._profile(loss))

    def _load(self) -> None:
        image = self._image
        if isinstance(image, JpegImagePlugin.JpegImageFile) and jpeg_facts.holds_too_little(image, self._data):
            raise PhotoUnreadable(TOO_EARLY)
        drafted = isinstance(image, JpegImagePlugin.JpegImageFile) and not image.info.get("progressive")
        check_pixels(*(image.size if drafted else self._stored_size), self._bounds)
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            image.decodermaxblock = len(self._data)  # in pieces of 64 KB it takes a fortieth longer
        try:
            image.load()
        except OSError as error:
            is_jpeg = isinstance(image, JpegImagePlugin.JpegImageFile)
            if not is_jpeg or "truncated" not in str(error) or not jpeg_facts.only_the_end_is_missing(self._data):
                raise
            image.fp = io.BytesIO(self._data + b"\xff\xd9")
            image.load()
        if image.size != self._stored_size and not isinstance(image, JpegImagePlugin.JpegImageFile):
            self._stored_size = image.size  # an icon's header may lie about the picture inside
            check_pixels(*image.size, self._bounds)

    def _orientation(self) -> int:
        if "original_orientation" in self._image.info:
            return 1  # turned by libheif already
        try:
            return valid_orientation(self._image.getexif().get(ORIENTATION))
        except BAD_EXIF:
            return 1

    def _facts(self) -> ImageFacts:
        image = self._image
        name, quality, library_tables = self._entry.name, None, None
        frames = 1 if name in ALTERNATIVES else int(getattr(image, "n_frames", 1) or 1)
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            quality = jpeg_facts.estimated_quality(image.quantization)
            library_tables = jpeg_facts.has_library_tables(image.quantization)
            frames = jpeg_facts.frame_count(image)
            name = "MPO" if frames > 1 else name
        width_px, height_px = upright_size(self._stored_size, self._orientation())
        return ImageFacts(name, width_px, height_px, self._bits, max(1, frames), quality, library_tables=library_tables)

    def _profile(self, loss: str) -> bytes:
        return profile_digest(self._image.info.get("icc_profile"), loss)

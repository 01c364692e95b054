"""Metadata of one shot, out of EXIF and XMP, whatever the format they came in."""

import struct
from collections.abc import Mapping

from msgspec import Struct, field
from PIL import ExifTags, Image

from twinlens.domain.photo import ShotMetadata
from twinlens.imaging.exif_values import degrees, moment, number, text, whole
from twinlens.imaging.upright import valid_orientation
from twinlens.imaging.xmp import xmp_rating

MAKE, MODEL, SOFTWARE, ORIENTATION, RATING = 0x010F, 0x0110, 0x0131, 0x0112, 0x4746
EXPOSURE, APERTURE, ISO, BIAS, FOCAL_LENGTH, LENS = 0x829A, 0x829D, 0x8827, 0x9204, 0x920A, 0xA434
TAKEN, TAKEN_SUBSECONDS, DIGITISED, DIGITISED_SUBSECONDS = 0x9003, 0x9291, 0x9004, 0x9292
RECORDED_WIDTH, RECORDED_HEIGHT = 0xA002, 0xA003
LATITUDE_SIDE, LATITUDE, LONGITUDE_SIDE, LONGITUDE = 1, 2, 3, 4
XMP_TIFF_TAG = 0x02BC

COMPANY_WORDS = frozenset(
    ("co", "ltd", "corporation", "corp", "company", "inc", "gmbh", "ag", "electric", "optical", "imaging")
)

# What Pillow's EXIF reader raises on damaged blocks.
BAD_EXIF = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError, EOFError, struct.error,
    RecursionError, AssertionError,
)  # fmt: skip


class ExifFields(Struct, frozen=True):
    """The three directories of an EXIF block by tag number, and the XMP packet beside it."""

    image: Mapping[int, object] = field(default_factory=dict)
    photo: Mapping[int, object] = field(default_factory=dict)
    gps: Mapping[int, object] = field(default_factory=dict)
    xmp: bytes = b""


def read_metadata(fields: ExifFields) -> ShotMetadata:
    """What the fields say of the exposure. Never raises; whatever is absent, damaged or implausible is None.

    The time is DateTimeOriginal, else DateTimeDigitized (a scan, or a camera that writes only that). The plain DateTime
    is the time of the last change: editors rewrite it, and a copy would seem to be another exposure. Better no time.
    """
    taken, has_subseconds = moment(fields.photo.get(TAKEN), fields.photo.get(TAKEN_SUBSECONDS))
    if taken is None:
        taken, has_subseconds = moment(fields.photo.get(DIGITISED), fields.photo.get(DIGITISED_SUBSECONDS))
    rating = whole(fields.image.get(RATING), -1, 5)
    return ShotMetadata(
        taken=taken,
        has_subseconds=has_subseconds,
        camera=camera_name(text(fields.image.get(MAKE)), text(fields.image.get(MODEL))),
        lens=text(fields.photo.get(LENS)),
        exposure_s=number(fields.photo.get(EXPOSURE), 1e-7, 1e6),
        aperture_f=number(fields.photo.get(APERTURE), 0.1, 1000),
        iso=whole(fields.photo.get(ISO), 1, 10_000_000),
        focal_length_mm=number(fields.photo.get(FOCAL_LENGTH), 0.1, 100_000),
        exposure_bias_ev=number(fields.photo.get(BIAS), -100, 100),
        latitude_deg=degrees(fields.gps.get(LATITUDE), fields.gps.get(LATITUDE_SIDE), 90, "S"),
        longitude_deg=degrees(fields.gps.get(LONGITUDE), fields.gps.get(LONGITUDE_SIDE), 180, "W"),
        rating=rating if rating is not None else xmp_rating(fields.xmp),
        software=text(fields.image.get(SOFTWARE)),
        orientation=valid_orientation(fields.image.get(ORIENTATION)),
        field_count=len(fields.image) + len(fields.photo) + len(fields.gps),
        recorded_width_px=whole(fields.photo.get(RECORDED_WIDTH), 1, 1_000_000),
        recorded_height_px=whole(fields.photo.get(RECORDED_HEIGHT), 1, 1_000_000),
    )


def camera_name(make: str | None, model: str | None) -> str | None:
    """Make and model as one name, without saying the make twice: "Canon", "Canon EOS 6D" is "Canon EOS 6D".

    What a company calls itself beside its name is left out: "NIKON CORPORATION" is "NIKON".
    """
    if not make or not model:
        return model or make
    brand = [word for word in make.replace(",", ", ").split() if word.casefold().strip(".,") not in COMPANY_WORDS]
    said = model.split()[0].casefold()
    repeated = any(said.startswith(word.casefold()) for word in brand if len(word) > 2)
    return model if repeated or not brand else f"{' '.join(brand)} {model}"


def fields_of_image(image: Image.Image) -> ExifFields:
    """The fields of an opened picture; what is damaged counts as absent."""
    try:
        exif = image.getexif()
        main: dict[int, object] = dict(exif)
    except BAD_EXIF:
        return ExifFields(xmp=_xmp_of(image))
    directories = []
    for directory in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
        try:
            directories.append(dict(exif.get_ifd(directory)) if directory in main else {})
        except BAD_EXIF:
            directories.append({})
    if "original_orientation" in image.info:  # libheif has turned the picture and pillow-heif reset the field
        main[ORIENTATION] = image.info["original_orientation"]
    return ExifFields(main, directories[0], directories[1], _xmp_of(image) or _as_bytes(main.get(XMP_TIFF_TAG)))


def _xmp_of(image: Image.Image) -> bytes:
    return _as_bytes(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"))


def _as_bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return value if isinstance(value, bytes) else b""

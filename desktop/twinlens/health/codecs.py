"""Which formats can be decoded here: a tiny picture of each is encoded and decoded for real."""

import io

from twinlens.domain.errors import PhotoUnreadable
from twinlens.health.check import Check, State
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import FORMATS, RAW_SUFFIXES, Format, is_installed

AREA = "codecs"
JPEG_XL_OF_PILLOW = "JXL"
SIDE_PX = 48
_BOUNDS = DecodeBounds(max_pixels=1_000_000, max_file_bytes=1_000_000, timeout_s=20.0)


def codec_checks() -> list[Check]:
    """One check for each format of the registry."""
    return [_check(entry) for entry in FORMATS]


def _check(entry: Format) -> Check:
    decoder = "rawpy (LibRaw)" if entry.decoder == "raw" else entry.decoder.partition(":")[0]
    module = "rawpy" if entry.decoder == "raw" else decoder
    if not is_installed(entry):
        return Check(AREA, entry.name, State.LIMITED, f"no decoder: {entry.package or module} is not installed")
    if entry.name == "RAW":
        import rawpy

        version = ".".join(str(part) for part in rawpy.libraw_version)
        return Check(AREA, entry.name, State.WORKS, f"LibRaw {version}, {len(RAW_SUFFIXES)} kinds of camera files")
    sample = _sample(entry.name)
    if sample is None:
        return Check(AREA, entry.name, State.WORKS, f"{decoder}; not tried, as nothing here writes the format")
    return _decoded(entry, sample, decoder)


def _decoded(entry: Format, sample: bytes, decoder: str) -> Check:
    from twinlens.imaging.decode import decode_for_study

    try:
        picture = decode_for_study(sample, f"sample{entry.suffixes[0]}", _BOUNDS)
    except PhotoUnreadable as error:
        return Check(AREA, entry.name, State.LIMITED, f"{decoder}: {error}")
    height, width = picture.pixels.shape[:2]
    if not (0.5 < width / height < 2.0) or min(height, width) < 1:
        return Check(AREA, entry.name, State.BROKEN, f"{decoder} gave {width} x {height} pixels of a square")
    return Check(AREA, entry.name, State.WORKS, f"{decoder}, in a process of its own")


def _sample(name: str) -> bytes | None:
    """A small square of two colours in this format; None where nothing here can write it."""
    from PIL import Image

    if name in ("HEIF", "AVIF"):
        return _heif_sample(name)
    Image.init()
    name = JPEG_XL_OF_PILLOW if name == "JPEGXL" else name
    if name not in Image.SAVE:
        return None
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), (200, 40, 40))
    image.paste((40, 40, 200), (0, 0, SIDE_PX // 2, SIDE_PX))
    if name == "GIF":
        image = image.convert("P")
    out = io.BytesIO()
    try:
        image.save(out, name)
    except (OSError, KeyError, ValueError):
        return None  # compiled without the encoder
    return out.getvalue()


def _heif_sample(name: str) -> bytes | None:
    from PIL import Image

    if name == "AVIF":
        from PIL import features

        if not features.check("avif"):
            return None
        Image.init()
        out = io.BytesIO()
        Image.new("RGB", (SIDE_PX, SIDE_PX), (200, 40, 40)).save(out, "AVIF")
        return out.getvalue()
    import pillow_heif

    picture = pillow_heif.from_bytes(mode="RGB", size=(SIDE_PX, SIDE_PX), data=bytes(SIDE_PX * SIDE_PX * 3))
    out = io.BytesIO()
    try:
        picture.save(out, quality=50)
    except (OSError, RuntimeError, ValueError):
        return None  # compiled without the encoder
    return out.getvalue()

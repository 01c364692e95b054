"""What a photo's own words tell of its history: whether it still is what the camera wrote.

Decided conservatively: a doubt costs a full decode, a wrong belief would show an old picture.
"""

import re

from twinlens.imaging.embedded.layout import JpegLayout
from twinlens.imaging.exif_values import moment, text, whole
from twinlens.imaging.metadata import DIGITISED, MAKE, MODEL, SOFTWARE, TAKEN, ExifFields

CHANGED, PROCESSING_SOFTWARE, WIDTH, HEIGHT = 0x0132, 0x000B, 0xA002, 0xA003
EDITOR_TAGS = frozenset(
    (PROCESSING_SOFTWARE, 0xA438, 0xA43A, 0xA43B)
)  # EXIF 3.0: editor, RAW developer, editing software
JFIF, PHOTOSHOP, ADOBE, COMMENT = 0xE0, 0xED, 0xEE, 0xFE
# Cameras write EXIF alone. These segments come from libraries that saved the picture anew.
FOREIGN_SEGMENTS = {JFIF: "JFIF", PHOTOSHOP: "Photoshop", ADOBE: "Adobe", COMMENT: "comment"}
# In XMP: what tells of a tool, a history or a development. A rating, a panorama or a depth map does not.
XMP_OF_EDITORS = (
    b"CreatorTool", b"History", b"DerivedFrom", b"crs:", b"photoshop:", b"darktable:", b"digiKam:", b"lr:", b"stEvt:",
    b"acdsee",
)  # fmt: skip
NOT_DEVELOPED = (b'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"', b"crs:Version", b'crs:HasSettings="False"',
                 b'crs:HasCrop="False"', b'crs:AlreadyApplied="False"')  # drones say so of every photo  # fmt: skip
XMP_DATE = re.compile(rb"(?:ModifyDate|MetadataDate)\s*[=>]\s*[\"']?([^\"'<]{0,40})")
SECONDS_LATER = 2  # between the exposure and the file's own time, when the camera writes both
WORD = re.compile(r"[^\W\d_]{3,}")
FIRMWARE_WORDS = frozenset(("ver", "version", "firmware", "camera", "digital", "hdr"))
EDITORS = re.compile(
    "photoshop|lightroom|gimp|picasa|snapseed|aperture|capture|nx|acd|viewer|paint|irfan|xnview|studio|darktable|pillow|magick"
)
PIXEL_LIMIT = 1_000_000


def sign_of_editing(fields: ExifFields, layout: JpegLayout) -> str:
    """Why this file may not be as the camera wrote it; empty when nothing says so and the camera says enough."""
    foreign = [name for marker, name in FOREIGN_SEGMENTS.items() if marker in layout.applications]
    if foreign:
        return f"a {foreign[0]} segment: something saved it anew"
    if _of_xmp(fields):
        return "its XMP tells of a program"
    if EDITOR_TAGS & (fields.image.keys() | fields.photo.keys()):
        return "its EXIF names a program"
    return _of_camera(fields) or _of_time(fields) or _of_size(fields, layout)


def _of_xmp(fields: ExifFields) -> bool:
    packet = fields.xmp
    for harmless in NOT_DEVELOPED:
        packet = packet.replace(harmless, b"")
    if any(word in packet for word in XMP_OF_EDITORS):
        return True
    taken = (text(fields.photo.get(TAKEN)) or "").replace(" ", "T").encode("utf-8", "replace")
    for said in XMP_DATE.findall(packet):
        date = said.replace(b"-", b":")[: len(taken)]
        if len(date) < len("2016:06:23") or not taken.startswith(date):
            return True
    return False


def _of_camera(fields: ExifFields) -> str:
    make, model = text(fields.image.get(MAKE)), text(fields.image.get(MODEL))
    if not make or not model:
        return "no camera is named"
    software = text(fields.image.get(SOFTWARE)) or ""
    known = FIRMWARE_WORDS | {word.lower() for word in WORD.findall(f"{make} {model}")}
    words = [word.lower() for word in re.split(r"[^A-Za-z0-9]+", software) if word]
    strange = any(word.isalpha() and len(word) > 2 and word not in known for word in words)
    if strange or EDITORS.search(" ".join(word for word in words if word not in known)):
        return "its software is no camera's"
    return ""


def _of_time(fields: ExifFields) -> str:
    taken, _ = moment(fields.photo.get(TAKEN), None)
    if taken is None:
        return "it has no time of exposure"
    changed, _ = moment(fields.image.get(CHANGED), None)
    digitised, _ = moment(fields.photo.get(DIGITISED), None)
    for other in (changed, digitised):
        if other is not None and abs((other - taken).total_seconds()) > SECONDS_LATER:
            return "it was changed after the exposure"
    return ""


def _of_size(fields: ExifFields, layout: JpegLayout) -> str:
    width_px = whole(fields.photo.get(WIDTH), 1, PIXEL_LIMIT)
    height_px = whole(fields.photo.get(HEIGHT), 1, PIXEL_LIMIT)
    if (width_px, height_px) != (layout.width_px, layout.height_px):
        return "it is not as large as its EXIF says"
    return ""

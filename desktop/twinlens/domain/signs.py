"""What a photo's own header and name say of where it comes from: out of a camera, out of an editor, over a messenger."""

import re
from enum import IntFlag


class Sign(IntFlag):
    """Signs of one photo.

    ``EDITED``, ``SENT``: an editor or a messenger has written it. ``RECORDED_SIZE``: the metadata of the camera name a
    size, ``OTHER_SIZE``: and it is another than the file has. ``OWN_TABLES``: the quantisation tables of a JPEG are a
    camera's or an editor's own, ``LIBRARY_TABLES``: those that most programs write.
    """

    EDITED = 1 << 0
    SENT = 1 << 1
    OTHER_SIZE = 1 << 2
    OWN_TABLES = 1 << 3
    LIBRARY_TABLES = 1 << 4
    RECORDED_SIZE = 1 << 5


_EDITORS = re.compile(
    r"photoshop|lightroom|gimp|picasa|snapseed|capture one|affinity|pixelmator|darktable|rawtherapee|paint|acdsee|"
    r"xnview|irfanview|photoscape|luminar|dxo|imagemagick|graphicsmagick|photo editor|photo gallery|photos? \d|picmonkey|"
    r"canva|vsco|corel|paintshop|fotor|polarr|aperture|iphoto|zoner|digikam|shotwell|photo booth|facetune",
    re.IGNORECASE,
)
_SENDERS = re.compile(
    r"whatsapp|instagram|facebook|telegram|signal|wechat|viber|snapchat|messenger|twitter", re.IGNORECASE
)

# How messengers and web sites name what they send; found in the name of the file, in lower case.
SENT_NAMES = (
    b"-wa0",
    b"fb_img_",
    b"received_",
    b"signal-20",
    b"mmexport",
    b"screenshot",
    b"whatsapp image",
    b"photo_20",
)


def signs_of_software(software: str | None) -> Sign:
    """What the name of the program that wrote the file says; a camera's firmware says nothing."""
    if not software:
        return Sign(0)
    if _SENDERS.search(software):
        return Sign.SENT
    return Sign.EDITED if _EDITORS.search(software) else Sign(0)

"""The little that is wanted from an XMP packet: the rating. Parsed with defusedxml, and only if it can contain one."""

from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_PACKET_BYTES = 1_000_000
RATING = "{http://ns.adobe.com/xap/1.0/}Rating"


def xmp_rating(packet: bytes) -> int | None:
    """``xmp:Rating``, -1 (rejected) to 5; None if the packet has none, is damaged or larger than a megabyte."""
    if b"Rating" not in packet or len(packet) > MAX_PACKET_BYTES:
        return None
    try:
        root = fromstring(packet.strip(b"\x00 \t\r\n"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    for element in root.iter():
        value = element.get(RATING) or (element.text if element.tag == RATING else None)
        if value:
            return _rating(value)
    return None


def _rating(value: str) -> int | None:
    try:
        rating = round(float(value[:20]))
    except (ValueError, OverflowError):
        return None
    return rating if -1 <= rating <= 5 else None

"""The first bytes by which formats are known. Every test takes the head of a file and never looks past 32 bytes."""

from collections.abc import Callable

HEIF_BRANDS = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2")
)
AVIF_BRANDS = frozenset((b"avif", b"avis"))
CODING_NEUTRAL_BRANDS = frozenset((b"mif1", b"msf1", b"mif2"))


def starts(*prefixes: bytes) -> Callable[[bytes], bool]:
    """A test for files that begin with one of ``prefixes``."""

    def test(head: bytes) -> bool:
        return head.startswith(prefixes)

    return test


def bytes_at(offset: int, *values: bytes) -> Callable[[bytes], bool]:
    """A test for files that have one of ``values`` at ``offset``."""

    def test(head: bytes) -> bool:
        return head.startswith(values, offset)

    return test


def never(_head: bytes) -> bool:
    """For formats that have no signature."""
    return False


def webp(head: bytes) -> bool:
    """A RIFF file whose form is WEBP."""
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


def _brands(head: bytes) -> tuple[bytes, frozenset[bytes]]:
    """Major and compatible brands of an ISO base media file, as far as the head shows them."""
    if head[4:8] != b"ftyp":
        return b"", frozenset()
    box_bytes = min(int.from_bytes(head[:4], "big"), len(head))
    return head[8:12], frozenset(head[at : at + 4] for at in range(16, box_bytes - 3, 4))


def avif(head: bytes) -> bool:
    """AVIF, also where the major brand only says that it is an image of some coding."""
    major, compatible = _brands(head)
    return major in AVIF_BRANDS or (major in CODING_NEUTRAL_BRANDS and bool(compatible & AVIF_BRANDS))


def heif(head: bytes) -> bool:
    """HEIF with any coding but AV1."""
    return _brands(head)[0] in HEIF_BRANDS and not avif(head)


def tiff(head: bytes) -> bool:
    """TIFF and BigTIFF of either byte order."""
    return head.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"))


def camera_raw(head: bytes) -> bool:
    """RAW files with a signature of their own. Those that look like plain TIFF are told by their suffix."""
    return (
        head[4:12] == b"ftypcrx "  # Canon CR3
        or (tiff(head) and head[8:10] == b"CR")  # Canon CR2
        or head.startswith((b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\x00", b"FOVb", b"\x00MRM"))
        or head[6:14] == b"HEAPCCDR"  # Canon CRW
    )


def photoshop(head: bytes) -> bool:
    """A Photoshop document; version 2, for very large pictures, is not decoded by anything here."""
    return head.startswith(b"8BPS\x00\x01")


def jpeg_2000(head: bytes) -> bool:
    """A JPEG 2000 file or bare code stream."""
    return head.startswith((b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"))


def netpbm(head: bytes) -> bool:
    """Portable bitmaps: P1 to P6, and the float maps Pf and PF."""
    return head[:1] == b"P" and head[1:2] in b"123456fF" and head[2:3] in (b" ", b"\t", b"\n", b"\r", b"#")


def icon(head: bytes) -> bool:
    """A Windows icon with a plausible number of pictures."""
    return (
        head.startswith(b"\x00\x00\x01\x00")
        and 0 < int.from_bytes(head[4:6], "little") <= 256
        and head[9:10] == b"\x00"
    )

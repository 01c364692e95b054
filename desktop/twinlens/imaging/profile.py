"""Colour profiles as far as telling pictures apart needs them: which profile, not what it does."""

import hashlib

DIGEST_BYTES = 16
MAX_TAGS = 200


def profile_digest(icc_profile: object, lossy_step: str = "") -> bytes:
    """A digest of the profile, empty for none and for sRGB.

    ``lossy_step`` names what was lost on the way to the pixels ("CMYK", "12 to 8 bits"): equal pixels are then no proof
    of equal pictures, so such a picture is equal only to one that lost the same.
    """
    profile = icc_profile if isinstance(icc_profile, bytes) else b""
    if (not profile or is_srgb(profile)) and not lossy_step:
        return b""
    digest = hashlib.blake2b(b"" if is_srgb(profile) else profile, digest_size=DIGEST_BYTES)
    digest.update(b"\x00" + lossy_step.encode())
    return digest.digest()


def is_srgb(profile: bytes) -> bool:
    """Whether the profile's description begins with "sRGB" (ICC.1:2022, 9.2.41; both forms of text)."""
    for tag in range(min(int.from_bytes(profile[128:132], "big"), MAX_TAGS)):
        entry = profile[132 + 12 * tag : 144 + 12 * tag]
        if entry[:4] == b"desc":
            start, size = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:12], "big")
            return _description(profile[start : start + min(size, 4096)]).startswith("sRGB")
    return False


def _description(tag: bytes) -> str:
    if tag[:4] == b"desc":
        return tag[12:].split(b"\x00", 1)[0].decode("ascii", "replace").strip()
    if tag[:4] == b"mluc":
        length, start = int.from_bytes(tag[20:24], "big"), int.from_bytes(tag[24:28], "big")
        return tag[start : start + length].decode("utf-16-be", "replace").strip()
    return ""

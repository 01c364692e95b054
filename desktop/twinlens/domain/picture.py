"""Decoded pictures on their way from a decoder to the fingerprints. Never stored as they are."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Fingerprints, Float32Array, UInt8Array
from twinlens.domain.photo import FileStamp, ImageFacts, ShotMetadata, VolumeId

PREVIEW_SIDE_PX = 320  # longest side of a stored thumbnail, which is also what verification compares


class StudyPicture(Struct, frozen=True):
    """One photo decoded at reduced scale for all fingerprints at once.

    ``pixels``: uint8 RGB [h, w, 3], upright, C-contiguous, at least 212 on the shorter and 320 on the longer side unless
    the photo itself is smaller. ``facts`` describes the full picture, ``metadata`` the exposure.
    """

    pixels: UInt8Array
    facts: ImageFacts
    metadata: ShotMetadata


class FullPicture(Struct, frozen=True):
    """One photo at full resolution, upright.

    ``pixels``: uint8 or uint16, [h, w, 3] or [h, w, 4] where the alpha is not opaque throughout. ``profile``: digest of
    the colour profile, empty for none and for sRGB.
    """

    pixels: NDArray[np.uint8] | NDArray[np.uint16]
    facts: ImageFacts
    profile: bytes


class PhotoRecord(Struct, frozen=True):
    """All that the study of one file found, ready for the catalog. ``relative_path`` is relative to the volume's root.

    ``embedding``: float32 [d], L2-normalised, with its ``embedding_norm`` before normalising; None without a network.
    ``copy_vector``: float32 [c], L2-normalised; None without a network that gives one.
    ``thumbnail``: JPEG, longest side at most ``PREVIEW_SIDE_PX``, upright, without metadata.
    """

    volume: VolumeId
    relative_path: str
    stamp: FileStamp
    facts: ImageFacts
    metadata: ShotMetadata
    content: bytes
    fingerprints: Fingerprints
    embedding: Float32Array | None
    embedding_norm: float | None
    thumbnail: bytes
    copy_vector: Float32Array | None = None

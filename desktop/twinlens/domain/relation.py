"""How two photos are related: the six classes, the transforms, and one relation with its score."""

from enum import IntEnum, StrEnum

from msgspec import Struct

from twinlens.domain.difference import Difference
from twinlens.domain.photo import PhotoId


class PhotoClass(StrEnum):
    """The classes of PRODUCT, strongest first. They are never mixed in one list."""

    IDENTICAL_FILE = "identical-file"
    IDENTICAL_PIXELS = "identical-pixels"
    SAME_SHOT = "same-shot"
    EDITED = "edited"
    BURST = "burst"
    LOOKALIKE = "lookalike"

    @property
    def rank(self) -> int:
        """0 for the strongest class; also the code the catalog stores."""
        return _RANKS[self]

    @classmethod
    def from_rank(cls, rank: int) -> "PhotoClass":
        """The class with this rank; raises IndexError for a rank that does not exist."""
        return tuple(cls)[rank]

    @property
    def may_be_preselected(self) -> bool:
        """Whether a photo of this class may be suggested for removal without a rule that says so."""
        return self.rank <= PhotoClass.SAME_SHOT.rank


_RANKS = {photo_class: rank for rank, photo_class in enumerate(PhotoClass)}


class Transform(StrEnum):
    """What must be done to the picture to get from the keeper to this copy. Turns are counter-clockwise.

    The first eight are the orientations of a rectangle, in the order in which perceptual hashes are stored:
    ``MIRRORED`` swaps left and right, ``FLIPPED`` top and bottom, ``TRANSPOSED`` swaps the axes,
    ``TRANSVERSED`` swaps them along the other diagonal. The last two say how another exposure of one view was made.
    """

    NONE = "none"
    ROTATED_90 = "rotated-90"
    ROTATED_180 = "rotated-180"
    ROTATED_270 = "rotated-270"
    MIRRORED = "mirrored"
    FLIPPED = "flipped"
    TRANSPOSED = "transposed"
    TRANSVERSED = "transversed"
    RESIZED = "resized"
    CROPPED = "cropped"
    BORDERED = "bordered"
    TONED = "toned"
    TURNED_SLIGHTLY = "turned-slightly"
    MIXED = "mixed"
    EXPOSED = "other-exposure"
    FOCUSED = "other-focus"

    @property
    def code(self) -> int:
        """The number the catalog stores."""
        return _CODES[self]

    @classmethod
    def from_code(cls, code: int) -> "Transform":
        """The transform with this number; raises IndexError for a number that does not exist."""
        return tuple(cls)[code]


_CODES = {transform: code for code, transform in enumerate(Transform)}

ORIENTATIONS = tuple(Transform)[:8]


class Verdict(IntEnum):
    """What the user said of a pair, remembered by content."""

    NOT_DUPLICATES = 1


class Relation(Struct, frozen=True):
    """A verified relation between two photos, ``first`` < ``second``.

    ``score``: 0 to 1, how sure; 1 only for identical ones. ``transform``: how ``second`` differs from ``first``.
    ``coverage``: the part of the larger picture's area that both show, 0 to 1. ``gap_s``: seconds between the two
    exposures where both times are known. ``aligned_error``: mean absolute difference of the aligned luma, 0 to 255; of a
    burst 0 where the camera stood still from the one to the other, else unknown.
    ``difference``: how the second lies over the first and what was done to it, where verification has seen both.
    """

    first: PhotoId
    second: PhotoId
    photo_class: PhotoClass
    score: float
    transform: Transform = Transform.NONE
    coverage: float = 1.0
    gap_s: float | None = None
    aligned_error: float | None = None
    difference: Difference | None = None

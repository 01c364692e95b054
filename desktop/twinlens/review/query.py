"""What is looked for: a photo of the library, a file, or a picture; the whole of it or a part."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.group import Match
from twinlens.domain.photo import PhotoId

if TYPE_CHECKING:
    from twinlens.review.similar import SimilarFinder

Region = tuple[float, float, float, float]


class Query(Struct, frozen=True, eq=False):
    """Exactly one of ``photo_id``, ``path`` and ``pixels`` (uint8 RGB [h, w, 3]) is given.

    ``region``: x, y, width, height as fractions of the upright picture; None for all of it. ``label`` names it to the user.
    """

    label: str
    photo_id: PhotoId | None = None
    path: str | None = None
    pixels: UInt8Array | None = None
    region: Region | None = None

    def part(self, region: Region | None) -> "Query":
        """The same, but only this part of it."""
        return replace(self, region=region)

    def ask(self, finder: "SimilarFinder", limit: int) -> list[Match]:
        """The lookalikes, best first; of a part, first those that contain it."""
        if self.photo_id is not None:
            return finder.to_photo(self.photo_id, limit, self.region)
        if self.path is not None:
            return finder.to_file(self.path, limit, self.region)
        if self.pixels is not None:
            return finder.to_picture(self.pixels, limit, self.region)
        raise ValueError("a query needs a photo, a file or a picture")

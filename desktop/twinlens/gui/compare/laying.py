"""Where each photo lies in the frame of the first: laid over it by content, or whole in its middle where that is not known."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtGui import QTransform

from twinlens.domain.columns import Float64Array
from twinlens.domain.photo import Photo
from twinlens.gui.canvas.geometry import Extent
from twinlens.gui.compare.alignments import Alignments, Pair
from twinlens.gui.compare.arrangement import laid_by, laid_whole
from twinlens.gui.looking.photo_layer import extent_of
from twinlens.gui.pictures.want import Level, want

Stored = Callable[[int, int], Float64Array | None]
"""From a frame and a photo, by their ids, to what the library knows of how they lie."""


class Laying:
    """``frame``: the photo whose pixels are the measure; it stays while others come and go, so that nothing jumps."""

    def __init__(self, alignments: Alignments) -> None:
        self._alignments = alignments
        self.frame: Photo | None = None
        self.by_content = True
        self.stored: Stored = lambda _frame_id, _photo_id: None

    def extent(self) -> Extent:
        """The size of the frame."""
        return Extent(1, 1) if self.frame is None else extent_of(self.frame)

    def ask(self, photos: Sequence[Photo], ahead: Sequence[Photo]) -> None:
        """Find out how these lie."""
        if self.frame is None or not self.by_content:
            self._alignments.want(())
            return
        self._alignments.want(self._pair(photo) for photo in (*photos, *ahead) if self._is_other(photo))

    def matrix(self, photo: Photo) -> Float64Array | None:
        """From fractions of the photo to those of the frame; None where that is not known."""
        if not self._is_other(photo):
            return np.eye(3)
        if not self.by_content or self.frame is None:
            return None
        found = self._alignments.of(self._pair(photo))
        return self.stored(self.frame.id, photo.id) if found is None else found.matrix

    def between(self, first: Photo, second: Photo) -> Float64Array | None:
        """From fractions of the second to those of the first, by way of the frame; None while that is being found out."""
        one, two = self.matrix(first), self.matrix(second)
        if (one is None and not self.is_lost(first)) or (two is None and not self.is_lost(second)):
            return None if self.by_content else np.eye(3)
        if one is None or two is None:
            return np.eye(3)
        return np.asarray(np.linalg.inv(one) @ two, np.float64)

    def lies(self, photo: Photo) -> QTransform:
        """From the photo's pixels to those of the frame."""
        matrix, extent = self.matrix(photo), extent_of(photo)
        return laid_whole(extent, self.extent()) if matrix is None else laid_by(matrix, extent, self.extent())

    def is_lost(self, photo: Photo) -> bool:
        """Whether nothing was found that the photo and the frame have in common."""
        return self.by_content and self.matrix(photo) is None and self._alignments.known(self._pair(photo))

    def _is_other(self, photo: Photo) -> bool:
        return self.frame is not None and photo.id != self.frame.id

    def _pair(self, photo: Photo) -> Pair:
        assert self.frame is not None
        return want(self.frame, Level.SCREEN), want(photo, Level.SCREEN)

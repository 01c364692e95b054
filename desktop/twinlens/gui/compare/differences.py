"""Pictures of what differs between two photos, made off the GUI thread; the threshold is a table of colours, so it is free."""

import logging
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QImage

from twinlens.gui.jobs import Task
from twinlens.gui.pictures.picture import Picture
from twinlens.gui.pictures.want import Want
from twinlens.gui.thumbnails.runner import Runner

if TYPE_CHECKING:
    from twinlens.matching.congruence import Matrix
    from twinlens.matching.differing import Differing

log = logging.getLogger(__name__)

WORK_PX = 1600
FAINT, STRONG = (255, 176, 0), (255, 45, 120)
STRONG_LEVELS = 96  # above the threshold


class Asked(Struct, frozen=True):
    """Which difference. ``matrix`` is told apart by its bytes."""

    first: Want
    second: Want
    matrix: bytes
    exposure_explained: bool
    pixels: tuple[int, int]


class Differences(QObject):
    """Holds the newest difference asked for."""

    made = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._has: tuple[Asked, Differing] | None = None
        self._task = Task(runner, self)
        self._task.done.connect(self._take)
        self._task.failed.connect(self._fail)

    def ask(
        self, wants: tuple[Want, Want], pictures: tuple[Picture, Picture], matrix: "Matrix", *, exposure_explained: bool
    ) -> None:
        """Make it, unless it is the one that is there or on its way."""
        one, two = (picture.pixels_for(WORK_PX) for picture in pictures)
        asked = Asked(*wants, matrix.tobytes(), exposure_explained, (max(one.shape), max(two.shape)))
        if asked == self._asked:
            return
        self._asked = asked

        def work() -> "tuple[Asked, Differing]":
            from twinlens.matching.differing import differing  # loads OpenCV

            return asked, differing(one, two, matrix, exposure_explained=exposure_explained)

        self._task.run(work)

    def image(self, first: Want, second: Want, threshold: int) -> QImage | None:
        """What differs by at least ``threshold`` levels in colours, all else transparent; None while it is not there."""
        if self._has is None or (self._has[0].first, self._has[0].second) != (first, second):
            return None
        levels = self._has[1].levels
        height, width = levels.shape
        padded = np.zeros((height, (width + 3) // 4 * 4), np.uint8)  # Qt's rows begin at multiples of four bytes
        padded[:, :width] = levels
        image = QImage(padded.data, width, height, padded.shape[1], QImage.Format.Format_Indexed8).copy()
        image.setColorTable(colours(threshold))
        return image

    def share(self, threshold: int) -> float | None:
        """The part of what both show that differs by at least so much."""
        return None if self._has is None else self._has[1].share_from(max(1, threshold))

    @Slot(object)
    def _take(self, answer: "tuple[Asked, Differing]") -> None:
        if answer[0] == self._asked:
            self._has = answer
            self.made.emit()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        log.info("a difference could not be made: %s", sentence)
        self._asked = None


def colours(threshold: int) -> list[int]:
    """A colour for each of 256 levels: none below the threshold, then from amber to magenta, ever less transparent."""
    found = []
    for level in range(256):
        if level < max(1, threshold):
            found.append(0)
            continue
        part = min(1.0, (level - threshold) / STRONG_LEVELS)
        red, green, blue = (round(faint + (strong - faint) * part) for faint, strong in zip(FAINT, STRONG, strict=True))
        found.append(QColor(red, green, blue, round(150 + 105 * part)).rgba())
    return found

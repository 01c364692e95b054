"""What a comparison needs: pictures for what is seen, what lies how, what differs."""

from collections.abc import Sequence

from twinlens.domain.photo import Photo
from twinlens.gui.canvas.layers import Layer, stretched
from twinlens.gui.compare.differences import Differences
from twinlens.gui.compare.laying import Laying
from twinlens.gui.compare.stage import Stage
from twinlens.gui.compare.together import Mode
from twinlens.gui.looking.photo_layer import wants_of
from twinlens.gui.pictures.picture import screen_side_px
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.pictures.want import Level, want

LEVELS = 255


class Asking:
    """Asks again whatever is not there; all of it may be called at every change."""

    def __init__(self, pictures: Pictures, laying: Laying, differences: Differences, stage: Stage) -> None:
        self._pictures, self._laying, self._differences, self._stage = pictures, laying, differences, stage
        self.exposure_explained = True

    def ask(self, ahead: Sequence[Photo]) -> None:
        """Screen pictures first, then full ones where one looks near enough; the frame too, it is the measure."""
        stage = self._stage
        photos = list(stage.shown.photos)
        room = stage.window() if stage.window() is not None else stage
        self._pictures.set_screen_px(screen_side_px(room.width(), room.height(), stage.devicePixelRatioF()))
        frame = self._laying.frame
        needed = photos if frame is None or frame in photos else [*photos, frame]
        screens = [want(photo, Level.SCREEN) for photo in needed if photo.online]
        sharper = [one for photo in photos for one in wants_of(photo, self._pictures, stage.longest_px(photo))]
        full = [one for one in sharper if one.level is Level.FULL]
        next_ones = [want(photo, Level.SCREEN) for photo in ahead[: self._pictures.most_ahead()] if photo.online]
        self._pictures.want([*screens, *full], next_ones)
        self._laying.ask(photos, [photo for photo in ahead if photo not in photos][:4])

    def difference(self) -> Layer | None:
        """What differs, as far as it is made; asked for where the mode shows it."""
        stage, pair = self._stage, self._stage.shown.pair
        if stage.shown.mode is not Mode.DIFFERENCE or pair is None:
            return None
        wants = want(pair[0], Level.SCREEN), want(pair[1], Level.SCREEN)
        one, two = (self._pictures.best(each) for each in wants)
        matrix = self._laying.between(*pair)
        if one is not None and two is not None and matrix is not None:
            self._differences.ask(wants, (one, two), matrix, exposure_explained=self.exposure_explained)
        image = self._differences.image(*wants, self.threshold())
        if image is None or self._laying.frame is None:
            return None
        facts = pair[0].facts
        return Layer(image, stretched(image, facts.width_px, facts.height_px) * self._laying.lies(pair[0]))

    def threshold(self) -> int:
        """Levels of 255."""
        return round(self._stage.shown.amounts[Mode.DIFFERENCE] * LEVELS)

    def share(self) -> float | None:
        """The part of what both show that differs so much."""
        return self._differences.share(self.threshold())

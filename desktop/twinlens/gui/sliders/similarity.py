"""How sure a match must be to be shown."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from twinlens.domain.settings import SIMILARITY
from twinlens.gui.sliders.scale import similarity_scale
from twinlens.gui.sliders.value_slider import ValueSlider
from twinlens.gui.thumbnails.words import percent_words


class SimilaritySlider(ValueSlider):
    """0.50 to 1.00, at first the calibrated cut of 0.75."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SimilaritySlider", "&Similarity")
        super().__init__(title, similarity_scale(), float(str(SIMILARITY.default)), parent)
        self.setToolTip(
            self.tr("How sure a match must be to be shown. From 75 % up matches are trusted; below, look twice.")
        )

    def words(self, value: float) -> str:
        """The value in per cent."""
        return percent_words(value + 1e-9)

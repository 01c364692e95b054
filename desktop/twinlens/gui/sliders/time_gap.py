"""The longest pause between two neighbours of a burst."""

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from twinlens.domain.settings import TIME_GAP
from twinlens.gui.sliders.scale import time_gap_scale
from twinlens.gui.sliders.value_slider import ValueSlider


class TimeGapSlider(ValueSlider):
    """0 to 60 seconds, finer where it is short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("TimeGapSlider", "&Time gap")
        super().__init__(title, time_gap_scale(), float(str(TIME_GAP.default)), parent, counts_above=False)
        self.setToolTip(self.tr("The longest pause between two photos that follow each other in a burst."))

    def words(self, value: float) -> str:
        """The value in seconds."""
        digits = 0 if value >= 10 or value == int(value) else 1 if round(value * 10) == value * 10 else 2
        return self.tr("{} s").format(QLocale().toString(value, "f", digits))

"""What a rule is applied to: the selection, the groups shown, those reviewed, or all."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from twinlens.gui.rules.words import extent_words
from twinlens.gui.theme.spacing import UNIT_PX
from twinlens.review.rules.scope import Around, Extent


class ScopeBar(QWidget):
    """Offers only what there is."""

    edited = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self.extent, self.undecided = QComboBox(self), QCheckBox(self.tr("Only &undecided groups"), self)
        self.extent.setAccessibleName(self.tr("Applies to"))
        self.extent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.undecided.setToolTip(self.tr("Leave out groups in which a photo is marked already"))
        self.undecided.setChecked(True)
        self._offer(around)
        label = QLabel(self.tr("Applies &to"), self)
        label.setBuddy(self.extent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT_PX)
        for widget in (label, self.extent, self.undecided):
            row.addWidget(widget)
        self.extent.currentIndexChanged.connect(self._chosen)
        self.undecided.clicked.connect(self.edited)

    def chosen(self) -> tuple[Extent, bool]:
        """The extent, and whether only groups without a mark count."""
        extent = Extent(self.extent.currentData())
        return extent, self.undecided.isChecked() and extent is not Extent.REVIEWED

    def choose(self, extent: Extent) -> None:
        """Apply to this, where it is offered."""
        at = self.extent.findData(extent)
        if at >= 0:
            self.extent.setCurrentIndex(at)

    def _offer(self, around: Around) -> None:
        offered: list[tuple[Extent, int | None]] = []
        if around.shown:
            offered.append((Extent.SHOWN, sum(map(len, around.shown))))
        if around.selected:
            offered.append((Extent.SELECTION, None))
        offered.append((Extent.ALL, sum(map(len, around.lists))))
        if len(around.marked):
            offered.append((Extent.REVIEWED, None))
        for extent, count in offered:
            self.extent.addItem(extent_words(extent, count), extent)

    @Slot()
    def _chosen(self) -> None:
        self.undecided.setEnabled(self.chosen()[0] is not Extent.REVIEWED)
        self.edited.emit()

"""How many photos and bytes are marked to go, and the button that moves them to the quarantine."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from twinlens.gui.theme.icons import icon
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, strong
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.words import file_size_words

BETWEEN = ", "


class Hint(ElidedLabel):
    """A sentence in parts: as many of them as there is room for, and none that is cut off."""

    def shown_text(self) -> str:
        """The parts that fit."""
        parts = self.text().split(BETWEEN)
        for count in range(len(parts), 0, -1):
            words = BETWEEN.join(parts[:count])
            if self.fontMetrics().horizontalAdvance(words) <= self.width():
                return words
        return ""


class Footer(QWidget):
    """One button acts; it says on what."""

    def __init__(self, act: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self._may_act = True
        self._keys = ""
        self._marked, self._hint = QLabel(self), Hint(self)
        self._marked.setAccessibleName(self.tr("Marked photos"))
        self._button = QPushButton(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(act.trigger)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX)
        layout.setSpacing(WIDE_PX)
        layout.addWidget(self._marked)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._button)
        self.setAutoFillBackground(True)
        self.show_marked(0, 0)
        self.restyle()

    def show_marked(self, count: int, size_bytes: int) -> None:
        """So many photos would go, and so many bytes."""
        self._act.setEnabled(count > 0 and self._may_act)
        self._button.setEnabled(count > 0 and self._may_act)
        if not count:
            self._marked.setText(self.tr("Nothing marked"))
            self._hint.setText(self._keys if self._may_act else "")
            self._button.setText(self.tr("Move rejects to quarantine"))
        else:
            photos = self.tr("%Ln photo(s) rejected", "", count)
            self._marked.setText(f"{photos}  ·  {file_size_words(size_bytes)}")
            self._hint.setText(self.tr("They wait in the quarantine and can be put back."))
            self._button.setText(self.tr("Move %Ln to quarantine", "", count))
        self._button.setAccessibleDescription(self._marked.text())

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Teach these keys, of "keep", "reject" and "accept", while nothing is marked."""
        words = (
            (keys["accept"], self.tr("{} accepts")),
            (keys["keep"], self.tr("{} keeps")),
            (keys["reject"], self.tr("{} rejects")),
        )
        self._keys = BETWEEN.join(text.format(key) for key, text in words if key)
        if not self._act.isEnabled():
            self.show_marked(0, 0)

    def show_beside_button(self, widget: QWidget) -> None:
        """Give this a place before the button."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def forbid_changes(self) -> None:
        """Say what is marked, and act no more."""
        self._may_act = False
        self._button.hide()
        self.show_marked(0, 0)

    def texts(self) -> tuple[str, str]:
        """What is shown: the marked photos, and the button."""
        return self._marked.text(), self._button.text()

    @Slot()
    def restyle(self) -> None:
        """Fonts, icon and quiet colours from the palette in force."""
        set_in(strong, self._marked)
        self._hint.setPalette(quieted(self.palette()))
        self._button.setIcon(icon("quarantine"))

"""The metadata of a photo as a table of two columns whose values can be selected and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from twinlens.gui.theme.type_scale import caption, set_in


class FactTable(QWidget):
    """Rows are made once and reused, so that walking through photos creates no widgets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these names and values instead."""
        while len(self._rows) < len(lines):
            self._add_row()
        for number, (name, value) in enumerate(self._rows):
            shown = number < len(lines)
            name.setText(lines[number][0] if shown else "")
            value.setText(lines[number][1] if shown else "")
            value.setAccessibleName(f"{lines[number][0]}: {lines[number][1]}" if shown else "")
            name.setVisible(shown)
            value.setVisible(shown)

    def lines(self) -> list[tuple[str, str]]:
        """What is shown."""
        return [(name.text(), value.text()) for name, value in self._rows if name.text()]

    def _add_row(self) -> None:
        name, value = QLabel(self), QLabel(self)
        for label in (name, value):
            set_in(caption, label)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        name.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, len(self._rows), 0)
        self._grid.addWidget(value, len(self._rows), 1)
        self._rows.append((name, value))

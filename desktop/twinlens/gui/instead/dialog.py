"""Link, move or copy instead of removing: which photos, which way, and what it frees, before anything is touched."""

import os
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from twinlens.domain.plan import DisposalKind
from twinlens.gui.desks.outlook_desk import OutlookDesk
from twinlens.gui.desks.removal_desk import InsteadWish
from twinlens.gui.instead.words import WAYS, button_words, outlook_words, way_words
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, set_in, strong
from twinlens.gui.thumbnails.words import photos_words
from twinlens.review.instead import INTO_A_FOLDER, Outlook

WIDTH_PX = 560
INDENT_PX = 24
_UNKNOWN = Outlook(DisposalKind.HARDLINK, 0, 0, 0, 0, "")


class InsteadDialog(QDialog):
    """Asks ``ask`` with each change what would happen; ``wanted`` tells the wish when the button is pressed."""

    wanted = Signal(object)  # InsteadWish

    def __init__(
        self,
        desk: OutlookDesk,
        ask: Callable[[InsteadWish], None],
        rejected: int,
        selected: tuple[int, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Link, move or copy instead"))
        self.setMinimumWidth(WIDTH_PX)
        self._ask_desk, self._selected, self._outlook = ask, selected, _UNKNOWN
        self.rejects = QRadioButton(self.tr("All rejected photos (%Ln)", "", rejected), self)
        self.selection = QRadioButton(self.tr("The selection: {}").format(photos_words(len(selected))), self)
        self.rejects.setEnabled(rejected > 0)
        self.selection.setEnabled(bool(selected))
        self.ways = {kind: QRadioButton(way_words(kind)[0], self) for kind in WAYS}
        self._photos, self._ways = self._grouped(self.rejects, self.selection), self._grouped(*self.ways.values())
        (self.rejects if rejected else self.selection).setChecked(True)
        self.ways[DisposalKind.HARDLINK].setChecked(True)
        self.folder, self.choose, self.preview = QLineEdit(self), QPushButton(self.tr("C&hoose…"), self), QLabel(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.act = self.buttons.addButton(self.tr("Link"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._connect(desk)
        self._changed()

    def wish(self) -> InsteadWish:
        """What is chosen."""
        kind = next(kind for kind, button in self.ways.items() if button.isChecked())
        folder = self.folder.text().strip() if kind in INTO_A_FOLDER else ""
        chosen = self._selected if self.selection.isChecked() else None
        return InsteadWish(kind, os.path.abspath(os.path.expanduser(folder)) if folder else None, chosen)

    def show_kinds(self, kind: DisposalKind, folder: str) -> None:
        """Begin with the way and the folder of the last time."""
        self.folder.setText(folder)
        self.ways[kind].setChecked(True)

    def accept(self) -> None:
        """Do what was shown."""
        if self._outlook.count:
            self.wanted.emit(self.wish())
            super().accept()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self._title(self.tr("Which photos")))
        layout.addWidget(self.rejects)
        layout.addWidget(self.selection)
        layout.addSpacing(UNIT_PX)
        layout.addWidget(self._title(self.tr("What happens with them")))
        for kind, button in self.ways.items():
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(button)
            pair.addLayout(self._note(kind, button))
            layout.addLayout(pair)
        line = QHBoxLayout()
        line.setContentsMargins(INDENT_PX, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose)
        layout.addLayout(line)
        self.folder.setAccessibleName(self.tr("Folder to move or copy to"))
        self.folder.setPlaceholderText(self.tr("Folder to move or copy to"))
        self.preview.setWordWrap(True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAccessibleName(self.tr("What would happen"))
        self.preview.setMinimumHeight(3 * self.preview.fontMetrics().lineSpacing())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(UNIT_PX)
        layout.addWidget(self.preview)
        layout.addStretch(1)
        layout.addWidget(without_pictures(self.buttons))

    def _title(self, text: str) -> QLabel:
        title = QLabel(text, self)
        set_in(strong, title)
        return title

    def _grouped(self, *buttons: QRadioButton) -> QButtonGroup:
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
        return group

    def _note(self, kind: DisposalKind, button: QRadioButton) -> QHBoxLayout:
        note = QuietLabel(way_words(kind)[1], self)
        note.setWordWrap(True)
        set_in(caption, note)
        button.setAccessibleDescription(note.text())
        line = QHBoxLayout()
        line.setContentsMargins(INDENT_PX, 0, 0, 0)
        line.addWidget(note)
        return line

    def _connect(self, desk: OutlookDesk) -> None:
        self._photos.buttonToggled.connect(self._changed)
        self._ways.buttonToggled.connect(self._changed)
        self.folder.textChanged.connect(self._changed)
        self.choose.clicked.connect(self._choose)
        desk.told.connect(self._show)
        desk.failed.connect(self._show)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @Slot()
    def _changed(self) -> None:
        wish = self.wish()
        into = wish.kind in INTO_A_FOLDER
        self.folder.setEnabled(into)
        self.choose.setEnabled(into)
        self._outlook = _UNKNOWN
        self.act.setEnabled(False)
        if into and wish.folder is None:
            self.preview.setText(self.tr("Choose the folder that they are to go to."))
            return
        self._ask_desk(wish)

    @Slot()
    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.choose.text().replace("&", ""), self.folder.text())
        if folder:
            self.folder.setText(folder)

    @Slot(object)
    def _show(self, answer: object) -> None:
        if not isinstance(answer, Outlook):
            self.preview.setText(str(answer))
            return
        if answer.kind is not self.wish().kind:
            return  # of a question before the newest
        self._outlook = answer
        self.preview.setText(outlook_words(answer))
        self.act.setEnabled(answer.count > 0)
        self.act.setText(button_words(answer))

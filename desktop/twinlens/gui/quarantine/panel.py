"""Files that wait in the quarantine: put back, or removed for good."""

import os.path
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from twinlens.domain.plan import Receipt
from twinlens.gui.records.model import Column
from twinlens.gui.records.moments import moment_words
from twinlens.gui.records.panel import RecordPanel
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.words import class_words, file_size_words


class QuarantinePanel(RecordPanel):
    """Asks for restoring and for removing; the window confirms the latter."""

    restoreRequested = Signal(object)  # list of Receipt
    purgeRequested = Signal(object)  # list of Receipt
    currentChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Quarantine"), self._columns(), parent, sign="quarantine")
        self.empty.say(
            self.tr("The quarantine is empty"),
            self.tr(
                "Photos you remove wait here, on the same volume, until you put them back or remove them for good."
            ),
        )
        self.restore = self.add_button(self.tr("Put &back"), self.tr("Move the selected photos back to their folders"))
        self.purge = self.add_button(
            self.tr("Remove permanently…"), self.tr("Delete the selected photos for good; asks before it does")
        )
        self.restore.clicked.connect(self._restore)
        self.purge.clicked.connect(self._purge)
        self.sort_by(3, Qt.SortOrder.DescendingOrder)
        self.table.selectionModel().currentChanged.connect(self.currentChanged)
        self.model.modelReset.connect(self.currentChanged)
        self.show_values(())

    def show_receipts(self, receipts: Sequence[Receipt], freeing_bytes: int) -> None:
        """Show what waits, and what emptying would free: less than its size where other names share the bytes."""
        size = file_size_words(freeing_bytes)
        photos = self.tr("%Ln photo(s) in the quarantine.", "", len(receipts))
        space = self.tr("Removing permanently would free {}.").format(size)
        self.summary.setText(f"{photos} {space}" if receipts else photos)
        self.show_values(receipts)

    def current_receipt(self) -> Receipt | None:
        """The photo under the cursor."""
        receipt: Receipt | None = self.current()
        return receipt

    def update_buttons(self) -> None:
        """Say how many the buttons act on; with nothing selected they act on all."""
        rows, total = len(self.table.selectionModel().selectedRows()), self.model.rowCount()
        if rows and rows < total:
            self.restore.setText(self.tr("Put %Ln &back", "", rows))
            self.purge.setText(self.tr("Remove %Ln permanently…", "", rows))
        else:
            self.restore.setText(self.tr("Put all &back"))
            self.purge.setText(self.tr("Remove all permanently…"))
        for button in (self.restore, self.purge):
            button.setEnabled(total > 0)

    @Slot()
    def _restore(self) -> None:
        self.restoreRequested.emit(self._chosen())

    @Slot()
    def _purge(self) -> None:
        self.purgeRequested.emit(self._chosen())

    def _chosen(self) -> list[Receipt]:
        selected: list[Receipt] = self.selected()
        return selected or [self.model.value(row) for row in range(self.model.rowCount())]

    def _columns(self) -> list[Column[Receipt]]:
        return [
            Column(self.tr("Photo"), lambda r: printable(os.path.basename(r.path)), width_px=168, tip=_reason),
            Column(self.tr("From folder"), lambda r: printable(os.path.dirname(r.path)), tip=_path),
            Column(self.tr("Size"), lambda r: file_size_words(r.size_bytes), lambda r: r.size_bytes, True, 80),
            Column(self.tr("Moved"), lambda r: moment_words(r.at), lambda r: r.at.timestamp(), width_px=136),
            Column(self.tr("Why"), lambda r: class_words(r.photo_class), width_px=112, tip=_reason),
        ]


def _path(receipt: Receipt) -> str:
    return printable(receipt.path)


def _reason(receipt: Receipt) -> str:
    return f"{printable(receipt.path)}\n{receipt.reason}"

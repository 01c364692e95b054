"""The one question this program asks: before something is gone for good."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from twinlens.domain.plan import Receipt
from twinlens.gui.thumbnails.words import file_size_words, photos_words


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("PurgeConfirmation", text)


def purge_question(receipts: Sequence[Receipt], volumes: Collection[str]) -> QMessageBox:
    """A message box that names count, bytes and volumes; made apart from asking, so that it can be looked at."""
    box = QMessageBox()
    size = file_size_words(sum(receipt.size_bytes for receipt in receipts))
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Remove permanently"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Remove {} ({}) from {} for good?").format(photos_words(len(receipts)), size, ", ".join(volumes)))
    box.setInformativeText(tr("This cannot be undone. Each has a copy that stays, named in the history."))
    remove = box.addButton(tr("Remove permanently"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    remove.setAutoDefault(False)
    remove.setObjectName("remove")
    return box


def confirm_purge(parent: QWidget, receipts: Sequence[Receipt], volumes: Collection[str]) -> bool:
    """Ask; True when the user wants it."""
    box = purge_question(receipts, volumes)
    box.setParent(parent, box.windowFlags())
    box.exec()
    pressed = box.clickedButton()
    wanted = pressed is not None and pressed.objectName() == "remove"
    box.deleteLater()
    return wanted

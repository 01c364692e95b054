"""Undo and redo in the menu Edit: they say what they would do, and a toast says what they did."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from twinlens.gui.history.deed_words import deed_words
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.domain.deed import Deed
    from twinlens.review.decisions import Horizon, Turned


class UndoFeature(QObject):
    """Follows the desk of decisions."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._session, self._toast = parts.session, parts.toast
        self._actions: Mapping[str, QAction] = {}

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The two actions, and what the desk tells. They are always enabled: the newest mark may still be on its way."""
        self._actions = actions
        actions["undo"].triggered.connect(self._session.undo)
        actions["redo"].triggered.connect(self._session.redo)
        desk = self._session.decisions
        desk.horizonChanged.connect(self._show)
        desk.turned.connect(self._tell)
        desk.nothingLeft.connect(self._say_nothing_left)

    def restyle(self) -> None:
        """No colours here."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot(object)
    def _show(self, horizon: "Horizon") -> None:
        self._name(self._actions["undo"], self.tr("&Undo"), self.tr("&Undo: {}"), horizon.undo)
        self._name(self._actions["redo"], self.tr("&Redo"), self.tr("&Redo: {}"), horizon.redo)

    @staticmethod
    def _name(action: QAction, plain: str, full: str, deed: "Deed | None") -> None:
        words = "" if deed is None else deed_words(deed)
        words = words[:1].lower() + words[1:]
        action.setText(full.format(words) if words else plain)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = action.text().replace("&", "")
        action.setToolTip(f"{text} ({keys})" if keys else text)

    @Slot(object)
    def _tell(self, turned: "Turned") -> None:
        if turned.deed is None:
            return
        words = self.tr("Undone: {}.") if turned.is_undo else self.tr("Done again: {}.")
        said = deed_words(turned.deed)
        text = words.format(said[:1].lower() + said[1:])
        if turned.missing:
            text += " " + self.tr("%Ln photo(s) changed or left since, and stay as they are.", "", turned.missing)
        if turned.is_undo:
            self._toast.say(text, self.tr("Redo"), self._session.redo)
        else:
            self._toast.say(text, self.tr("Undo"), self._session.undo)

    @Slot(bool)
    def _say_nothing_left(self, was_undo: bool) -> None:
        self._toast.say(
            self.tr("There is nothing to take back.") if was_undo else self.tr("There is nothing to do again.")
        )

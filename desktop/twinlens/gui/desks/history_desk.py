"""The history, read on a worker: all deeds, those about a name, where a photo is, and what one deed did."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.deed import Deed, DeedPhoto, DeedTurn
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.whereabouts import Answer

MOST_PHOTOS = 500  # of one deed, listed below it


class HistoryList(Struct, frozen=True):
    """The deeds to be shown, newest first, and where the photos are whose name was asked for."""

    number: int
    text: str
    deeds: tuple[Deed, ...]
    total: int
    answers: "tuple[Answer, ...]"


class DeedDetail(Struct, frozen=True):
    """What is below one deed: when it was taken back, and its photos, at most ``MOST_PHOTOS`` of them."""

    deed_id: int
    text: str
    turns: tuple[DeedTurn, ...]
    photos: tuple[DeedPhoto, ...]
    obstacle: str = ""


class HistoryDesk(QObject):
    """Only the newest question about the list is answered. Belongs to the GUI thread."""

    listed = Signal(object)  # HistoryList
    detailed = Signal(object)  # DeedDetail
    obstacleKnown = Signal(int, str)  # deed, why it cannot be taken back; "" where it can
    exported = Signal(object)  # path
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._newest = 0
        self._listing, self._detailing = Task(runner, self), Task(runner, self)
        self._asking, self._exporting = Task(runner, self), Task(runner, self)
        self._listing.done.connect(self._deliver)
        self._detailing.done.connect(self.detailed)
        self._asking.done.connect(self._tell_obstacle)
        self._exporting.done.connect(self.exported)
        for task in (self._listing, self._detailing, self._asking, self._exporting):
            task.failed.connect(self.failed)

    def ask(self, text: str) -> None:
        """The deeds with a photo whose name contains ``text``, all of them for "", and where these photos are."""
        self._newest += 1
        number, library = self._newest, self._library

        def work() -> HistoryList | None:
            from twinlens.review.whereabouts import answers

            if number != self._newest:
                return None  # overtaken while it waited
            catalog = library.catalog()
            deeds = catalog.deed_list.all()
            total = len(deeds)
            if text:
                wanted = catalog.deed_list.about(text)
                deeds = [deed for deed in deeds if deed.id in wanted]
            return HistoryList(number, text, tuple(deeds), total, tuple(answers(catalog, text)))

        self._listing.run(work)

    def open_deed(self, deed: Deed, text: str = "") -> None:
        """What this deed did; with ``text`` only photos whose name contains it."""
        library = self._library

        def work() -> DeedDetail:
            from twinlens.review.deed_contents import photos_of

            catalog = library.catalog()
            photos = photos_of(catalog, deed, text, MOST_PHOTOS)
            return DeedDetail(deed.id, text, tuple(catalog.deed_list.turns(deed.id)), tuple(photos))

        self._detailing.run(work)

    def ask_obstacle(self, deed: Deed) -> None:
        """Whether this deed can be taken back."""
        library = self._library

        def work() -> tuple[int, str]:
            from twinlens.review.decisions import why_not

            catalog = library.catalog()
            return deed.id, why_not(catalog, catalog.deeds.get(deed.id))

        self._asking.run(work)

    def export(self, path: str, deed_ids: Sequence[int]) -> None:
        """Write these deeds with their photos into a file; its ending says in which form."""
        library, wanted = self._library, frozenset(deed_ids)

        def work() -> str:
            from twinlens.review.history_export import write_history

            write_history(library.catalog(), path, wanted)
            return path

        self._exporting.run(work)

    @Slot(object)
    def _deliver(self, found: HistoryList | None) -> None:
        if found is not None and found.number == self._newest:
            self.listed.emit(found)

    @Slot(object)
    def _tell_obstacle(self, answer: tuple[int, str]) -> None:
        self.obstacleKnown.emit(*answer)

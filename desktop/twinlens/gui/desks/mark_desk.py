"""The user's decisions not yet carried out: in memory at once, in the catalog soon, each a deed that can be taken back."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.deed import MarkSet, Origin
from twinlens.domain.group import Mark
from twinlens.domain.photo import Photo, PhotoId
from twinlens.gui.desks.pending_writes import PendingWrites
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.domain.fingerprint import Int64Array

_REJECT = Mark.REJECT  # looking a member up takes as long as the rest of a comparison


class _Read(Struct, frozen=True):
    """All marks, and the bytes of the photos that are marked to go."""

    number: int
    marks: dict[int, Mark]
    sizes: dict[int, int]


class _Written(Struct, frozen=True):
    """Marks are in the catalog. ``sizes``: the bytes of those of the photos ``asked`` about that are in the library."""

    order: int
    photo_ids: tuple[int, ...]
    asked: tuple[PhotoId, ...]
    sizes: dict[int, int]
    locked: frozenset[PhotoId]


class MarkDesk(QObject):
    """Marks by photo id. Belongs to the GUI thread; reads and writes on the desk's worker, one after the other.

    ``known``: a photo that is in memory. Of the others the worker says their bytes, and whether they are there at all:
    tens of thousands may be marked at once.
    """

    changed = Signal()
    marked = Signal(object, str)  # list of photos that the user gave a mark just now, and how (Origin)
    refused = Signal(int)  # so many photos are in protected folders and stay
    written = Signal()  # the journal has another newest deed
    failed = Signal(str)

    def __init__(
        self,
        library: Library,
        known: Callable[[int], Photo | None],
        runner: Runner,
        pending: PendingWrites | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._known = known
        self._marks: dict[int, Mark] = {}
        self._sizes: dict[int, int] = {}  # bytes of the rejected ones
        self._set_since: dict[int, Mark | None] = {}  # what was marked since the last reading was asked for
        self._newest = 0
        self._order = 0
        self._unwritten: dict[int, int] = {}  # the order of the newest setting that is not in the catalog yet
        self._pending = pending if pending is not None else PendingWrites()
        self._reading, self._writing = Task(runner, self), Task(runner, self)
        self._reading.done.connect(self._take)
        self._writing.done.connect(self._complete)
        for task in (self._reading, self._writing):
            task.failed.connect(self.failed)
        self._writing.failed.connect(self._show_what_is_saved)

    def marked_ids(self) -> "Int64Array":
        """The ids of all marked photos, in no order."""
        import numpy as np

        return np.fromiter(self._marks, np.int64, len(self._marks))

    @property
    def marks(self) -> Mapping[int, Mark]:
        """All marks; not to be changed."""
        return self._marks

    @property
    def rejected_count(self) -> int:
        """How many photos are marked to go."""
        return len(self._sizes)

    @property
    def rejected_bytes(self) -> int:
        """How many bytes these are."""
        return sum(self._sizes.values())

    def load(self) -> None:
        """Read the marks from the catalog: at the start, and after photos have left or come back."""
        self._newest += 1
        self._set_since = {}
        number, library = self._newest, self._library

        def read() -> _Read:
            catalog = library.catalog()
            marks = {int(photo_id): mark for photo_id, mark in catalog.marks.all().items()}
            rejected = [PhotoId(photo_id) for photo_id, mark in marks.items() if mark is Mark.REJECT]
            return _Read(number, marks, catalog.photos.sizes(rejected))

        self._reading.run(read)

    @Slot(object)
    def _take(self, answer: _Read) -> None:
        if answer.number != self._newest:
            return  # read again meanwhile
        newer, self._set_since = self._set_since, {}
        earlier_sizes, self._marks, self._sizes = self._sizes, answer.marks, answer.sizes
        self._note(newer, earlier_sizes)
        self.changed.emit()

    def before(self, photo_ids: Iterable[int]) -> dict[int, Mark | None]:
        """The marks of these photos as they are, for taking a change back."""
        return {photo_id: self._marks.get(photo_id) for photo_id in photo_ids}

    def set(self, wanted: Mapping[int, Mark | None], origin: str = Origin.HAND, detail: str = "") -> None:
        """Mark photos, or clear them with None: one deed. Photos that have gone, or are locked, are passed over."""
        have = self._marks.get
        changes = {photo_id: mark for photo_id, mark in wanted.items() if have(photo_id) is not mark}
        given = [photo_id for photo_id, mark in changes.items() if mark is not None]
        photos = {photo_id: photo for photo_id in given if (photo := self._known(photo_id)) is not None}
        locked = {photo_id for photo_id, photo in photos.items() if photo.protected and changes[photo_id] is _REJECT}
        if locked:
            changes = {photo_id: mark for photo_id, mark in changes.items() if photo_id not in locked}
            given = [photo_id for photo_id in given if photo_id not in locked]
            self.refused.emit(len(locked))
        if not changes:
            return
        self._note(changes, {photo_id: photo.stamp.size_bytes for photo_id, photo in photos.items()})
        self._set_since.update(changes)
        self._order += 1
        self._unwritten.update(dict.fromkeys(changes, self._order))
        self.changed.emit()
        if given:
            self.marked.emit(given, origin)
        self._write(changes, tuple(PhotoId(photo_id) for photo_id in given if photo_id not in photos), origin, detail)

    def _write(self, changes: dict[int, Mark | None], asked: tuple[PhotoId, ...], origin: str, detail: str) -> None:
        library, order, pending = self._library, self._order, self._pending

        def write() -> _Written:
            from twinlens.review import decisions

            lost = True
            try:
                decisions.mark(library, {PhotoId(id_): mark for id_, mark in changes.items()}, origin, detail)
                lost = False
            finally:
                pending.end(lost=lost)
            catalog = library.catalog()
            sizes = catalog.photos.sizes(asked) if asked else {}
            rejected = [id_ for id_ in asked if changes[id_] is Mark.REJECT]
            return _Written(order, tuple(changes), asked, sizes, frozenset(catalog.protection.among(rejected)))

        pending.begin()
        self._writing.run(write)

    @property
    def order(self) -> int:
        """The number of the newest setting: what is turned back now comes behind it."""
        return self._order

    def take_over(self, marks: Iterable[MarkSet], order: int) -> None:
        """The catalog has these marks since the setting ``order``; what was set later stays, for it is written later."""
        later = {photo_id for photo_id, set_in in self._unwritten.items() if set_in > order}
        taken = [change for change in marks if change.photo_id not in later]
        changes = {int(change.photo_id): change.mark for change in taken}
        self._note(changes, {change.photo_id: change.size_bytes for change in taken})
        self._set_since.update((photo_id, changes[photo_id]) for photo_id in self._set_since.keys() & changes.keys())
        self.changed.emit()

    def saving(self) -> Callable[[], None]:
        """See PendingWrites."""
        return self._pending.saving()

    @Slot(str)
    def _show_what_is_saved(self) -> None:
        """A mark that was not written must not stay on the screen."""
        self._unwritten.clear()
        self.load()

    @Slot(object)
    def _complete(self, written: _Written) -> None:
        for photo_id in written.photo_ids:
            if self._unwritten.get(photo_id) == written.order:
                del self._unwritten[photo_id]
        out = {int(id_): None for id_ in written.asked if id_ not in written.sizes or id_ in written.locked}
        self._note(out, {})
        for photo_id in out:
            self._set_since.pop(photo_id, None)
        self._sizes.update({id_: size for id_, size in written.sizes.items() if id_ in self._sizes})
        if written.asked:
            self.changed.emit()
        if written.locked:
            self.load()  # they have what they had before
            self.refused.emit(len(written.locked))
        self.written.emit()

    def _note(self, changes: Mapping[int, Mark | None], sizes: Mapping[int, int]) -> None:
        """Tens of thousands at once: whole dicts instead of photo by photo. ``sizes``: bytes by photo, 0 where not told."""
        rejected = {photo_id: sizes.get(photo_id, 0) for photo_id, mark in changes.items() if mark is _REJECT}
        self._marks.update({photo_id: mark for photo_id, mark in changes.items() if mark is not None})
        if len(rejected) < len(changes):
            for photo_id, mark in changes.items():
                if mark is None:
                    self._marks.pop(photo_id, None)
                if mark is not _REJECT:
                    self._sizes.pop(photo_id, None)
        self._sizes.update(rejected)

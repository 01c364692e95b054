"""The user's decisions not yet carried out: in memory at once, in the catalog soon, and taken back one by one."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.errors import TwinlensError
from twinlens.domain.group import Group, Mark, Suggestion
from twinlens.domain.photo import Photo, PhotoId
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library


@dataclass(frozen=True, slots=True)
class _Read:
    """All marks, and the bytes of the photos that are marked to go."""

    number: int
    marks: dict[int, Mark]
    sizes: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Written:
    """Of photos that were marked and not in memory: the bytes of those that are in the library."""

    asked: tuple[PhotoId, ...]
    sizes: dict[int, int]


class _Pending:
    """Marks on their way into the catalog. Whoever acts by the marks there waits for them, on a thread of its own."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.lost = 0

    def begin(self) -> None:
        with self._changed:
            self._count += 1

    def end(self, *, lost: bool) -> None:
        with self._changed:
            self._count -= 1
            self.lost += lost
            self._changed.notify_all()

    def wait(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0)


class MarkDesk(QObject):
    """Marks by photo id. Belongs to the GUI thread; reads and writes on the desk's worker, one after the other.

    ``known``: a photo that is in memory. Of the others the worker says their bytes, and whether they are there at all:
    tens of thousands may be marked at once.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, library: Library, known: Callable[[int], Photo | None], runner: Runner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._known = known
        self._marks: dict[int, Mark] = {}
        self._sizes: dict[int, int] = {}  # bytes of the rejected ones
        self._set_since: dict[int, Mark | None] = {}  # what was marked since the last reading was asked for
        self._newest = 0
        self._pending = _Pending()
        self._reading, self._writing = Task(runner, self), Task(runner, self)
        self._reading.done.connect(self._take)
        self._writing.done.connect(self._complete)
        for task in (self._reading, self._writing):
            task.failed.connect(self.failed)
        self._writing.failed.connect(self._show_what_is_saved)

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
        for photo_id, mark in newer.items():
            self._note(photo_id, mark, earlier_sizes.get(photo_id, 0))
        self.changed.emit()

    def before(self, photo_ids: Iterable[int]) -> dict[int, Mark | None]:
        """The marks of these photos as they are, for taking a change back."""
        return {photo_id: self._marks.get(photo_id) for photo_id in photo_ids}

    def set(self, wanted: Mapping[int, Mark | None]) -> None:
        """Mark photos, or clear them with None. Photos that have gone are passed over."""
        by_mark: dict[Mark | None, list[PhotoId]] = {}
        unknown: list[PhotoId] = []
        for photo_id, mark in wanted.items():
            if self._marks.get(photo_id) is mark:
                continue
            photo = None if mark is None else self._known(photo_id)
            if photo is None and mark is not None:
                unknown.append(PhotoId(photo_id))
            self._note(photo_id, mark, 0 if photo is None else photo.stamp.size_bytes)
            self._set_since[photo_id] = mark
            by_mark.setdefault(mark, []).append(PhotoId(photo_id))
        if not by_mark:
            return
        self.changed.emit()
        library, asked = self._library, tuple(unknown)

        def write() -> _Written:
            lost = True
            try:
                catalog = library.catalog()
                with catalog.transaction():
                    for mark, ids in by_mark.items():
                        catalog.marks.set(ids, mark)
                lost = False
            finally:
                pending.end(lost=lost)
            return _Written(asked, catalog.photos.sizes(asked) if asked else {})

        pending = self._pending
        pending.begin()
        self._writing.run(write)

    def saving(self) -> Callable[[], None]:
        """What waits, away from the GUI thread, until the catalog has all marks set so far.

        It raises TwinlensError where one of them could not be saved: then what is shown is not what would be acted on.
        """
        pending, lost_before = self._pending, self._pending.lost

        def wait() -> None:
            pending.wait()
            if pending.lost > lost_before:
                raise TwinlensError(
                    "Some of the last marks could not be saved, so no photo was moved. Mark them again."
                )

        return wait

    @Slot(str)
    def _show_what_is_saved(self) -> None:
        """A mark that was not written must not stay on the screen."""
        self.load()

    @Slot(object)
    def _complete(self, written: _Written) -> None:
        for photo_id in written.asked:
            size_bytes = written.sizes.get(photo_id)
            if size_bytes is None:
                self._note(photo_id, None, 0)
                self._set_since.pop(photo_id, None)
            elif photo_id in self._sizes:
                self._sizes[photo_id] = size_bytes
        if written.asked:
            self.changed.emit()

    def _note(self, photo_id: int, mark: Mark | None, size_bytes: int) -> None:
        if mark is None:
            self._marks.pop(photo_id, None)
        else:
            self._marks[photo_id] = mark
        if mark is Mark.REJECT:
            self._sizes[photo_id] = size_bytes
        else:
            self._sizes.pop(photo_id, None)


def suggested_marks(group: Group) -> dict[int, Mark | None]:
    """The marks that the suggestion of a group asks for."""
    return {
        member.photo_id: Mark.KEEP if member.suggestion is Suggestion.KEEP else Mark.REJECT
        for member in group.members
        if member.suggestion is not Suggestion.NONE
    }

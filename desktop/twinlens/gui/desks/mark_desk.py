"""The user's decisions not yet carried out: in memory at once, in the catalog soon, and taken back one by one."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from twinlens.domain.group import Group, Mark, Suggestion
from twinlens.domain.photo import Photo, PhotoId
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library


class MarkDesk(QObject):
    """Marks by photo id. Belongs to the GUI thread; writes on the desk's worker."""

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, library: Library, lookup: Callable[[int], Photo], runner: Runner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._lookup = lookup
        self._marks: dict[int, Mark] = {}
        self._sizes: dict[int, int] = {}  # bytes of the rejected ones
        self._task = Task(runner, self)
        self._task.failed.connect(self.failed)

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
        catalog = self._library.catalog()
        self._marks = {int(photo_id): mark for photo_id, mark in catalog.marks.all().items()}
        rejected = [PhotoId(photo_id) for photo_id, mark in self._marks.items() if mark is Mark.REJECT]
        self._sizes = {photo.id: photo.stamp.size_bytes for photo in catalog.photos.get_many(rejected)}
        self.changed.emit()

    def before(self, photo_ids: Iterable[int]) -> dict[int, Mark | None]:
        """The marks of these photos as they are, for taking a change back."""
        return {photo_id: self._marks.get(photo_id) for photo_id in photo_ids}

    def set(self, wanted: Mapping[int, Mark | None]) -> None:
        """Mark photos, or clear them with None. Photos that have gone are passed over."""
        by_mark: dict[Mark | None, list[PhotoId]] = {}
        for photo_id, mark in wanted.items():
            if self._note(photo_id, mark):
                by_mark.setdefault(mark, []).append(PhotoId(photo_id))
        if not by_mark:
            return
        self.changed.emit()
        library = self._library

        def write() -> None:
            catalog = library.catalog()
            with catalog.transaction():
                for mark, ids in by_mark.items():
                    catalog.marks.set(ids, mark)

        self._task.run(write)

    def _note(self, photo_id: int, mark: Mark | None) -> bool:
        if self._marks.get(photo_id) is mark:
            return False
        if mark is not None:
            try:
                photo = self._lookup(photo_id)
            except KeyError:
                return False
            self._marks[photo_id] = mark
            if mark is Mark.REJECT:
                self._sizes[photo_id] = photo.stamp.size_bytes
                return True
        else:
            del self._marks[photo_id]
        self._sizes.pop(photo_id, None)
        return True


def suggested_marks(group: Group) -> dict[int, Mark | None]:
    """The marks that the suggestion of a group asks for."""
    return {
        member.photo_id: Mark.KEEP if member.suggestion is Suggestion.KEEP else Mark.REJECT
        for member in group.members
        if member.suggestion is not Suggestion.NONE
    }

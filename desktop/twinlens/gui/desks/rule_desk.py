"""What a rule would mark, and the user's own rules; worked out on the desk's worker."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.folders import FolderPlace
from twinlens.domain.group import Mark
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.matching.rules.facts import Facts
    from twinlens.matching.rules.rule import Rule
    from twinlens.review.duplicates import GroupList
    from twinlens.review.rules.preview import RulePreview
    from twinlens.review.rules.scope import Around, Extent


class RuleQuestion(Struct, frozen=True):
    """What would this rule do there? ``marks``: those that there are, not to be changed any more."""

    rule: "Rule"
    extent: "Extent"
    undecided_only: bool
    around: "Around"
    marks: Mapping[int, Mark]


class _Answer(Struct, frozen=True):
    number: int
    preview: "RulePreview"


class PlaceFound(Struct, frozen=True):
    """A folder as its volume knows it."""

    place: FolderPlace
    path: str


class RuleDesk(QObject):
    """Only the newest question is answered."""

    worked_out = Signal(object)  # RulePreview
    rulesRead = Signal(object)  # dict of the user's own rules by name
    placeFound = Signal(object)  # PlaceFound
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._newest = 0
        self._facts: tuple[tuple[GroupList, ...], Facts] | None = None
        self._preview, self._reading, self._finding = (Task(runner, self) for _ in range(3))
        self._preview.done.connect(self._deliver)
        self._reading.done.connect(self.rulesRead)
        self._finding.done.connect(self.placeFound)
        for task in (self._preview, self._reading, self._finding):
            task.failed.connect(self.failed)

    def ask(self, question: RuleQuestion) -> None:
        """What would this rule do? The answer is ``worked_out``, unless another question comes before."""
        self._newest += 1
        number = self._newest

        def work() -> _Answer | None:
            from twinlens.review.rules.preview import preview
            from twinlens.review.rules.scope import scopes_of

            if number != self._newest:
                return None
            scopes = scopes_of(question.extent, question.around, undecided_only=question.undecided_only)
            facts = self._facts_of(question.around.lists)
            return _Answer(number, preview(facts, question.rule, scopes, question.marks))

        self._preview.run(work)

    def _facts_of(self, lists: "tuple[GroupList, ...]") -> "Facts":
        """On the worker: kept as long as the groups are the same."""
        from twinlens.review.rules.planning import facts_of

        if self._facts is None or self._facts[0] != lists:
            self._facts = lists, facts_of(lists)
        return self._facts[1]

    def forget(self) -> None:
        """Nobody asks any more."""
        self._newest += 1
        self._facts = None

    def read(self) -> None:
        """The user's own rules; the answer is ``rulesRead``."""
        self._read_after(lambda: None)

    def save(self, rule: "Rule") -> None:
        """Keep a rule under its name."""
        from twinlens.review.rules.finding import save_rule

        self._read_after(lambda: save_rule(self._library.catalog(), rule))

    def rename(self, name: str, other: str) -> None:
        """Give one of the user's own rules another name."""
        from twinlens.review.rules.finding import rename_rule

        self._read_after(lambda: rename_rule(self._library.catalog(), name, other))

    def delete(self, name: str) -> None:
        """Forget one of the user's own rules."""
        self._read_after(lambda: self._library.catalog().rules.remove(name))

    def find_place(self, path: str) -> None:
        """Which folder of which volume is this? The answer is ``placeFound``."""

        def work() -> PlaceFound:
            from twinlens.volumes.folder_place import place_of

            return PlaceFound(place_of(path), path)

        self._finding.run(work)

    def path_of(self, place: FolderPlace) -> str:
        """Where a folder is, or was last."""
        from twinlens.catalog.paths import absolute

        mounts = {volume.id: volume.mount_point for volume, _ in self._library.catalog().volumes.all()}
        return absolute(mounts.get(place.volume, "?"), place.relative_path)

    def _read_after(self, change: Callable[[], None]) -> None:
        library = self._library

        def work() -> object:
            from twinlens.review.rules.finding import own_rules

            change()
            return own_rules(library.catalog())

        self._reading.run(work)

    @Slot(object)
    def _deliver(self, answer: _Answer | None) -> None:
        if answer is not None and answer.number == self._newest:
            self.worked_out.emit(answer.preview)

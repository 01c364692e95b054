"""A rule as a value: which criteria in which order, for which classes of groups."""

from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.folders import FolderPlace
from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.criteria import BEST_SHOT, CRITERIA, Criterion

PRESELECTED = frozenset(photo_class for photo_class in PhotoClass if photo_class.may_be_preselected)
NEEDS_BEST_SHOT = frozenset({PhotoClass.BURST})


class Step(Struct, frozen=True):
    """One criterion of a rule. ``turned``: the other way round."""

    criterion: str
    turned: bool = False
    on: bool = True

    @property
    def asked(self) -> Criterion:
        """The criterion itself."""
        return CRITERIA[self.criterion]

    @property
    def words(self) -> str:
        """What a photo has that this step prefers."""
        return self.asked.opposite_words if self.turned and self.asked.has_direction else self.asked.words


class Rule(Struct, frozen=True):
    """The first criterion that tells the photos of a group apart decides; where none does, the group is a tie and stays.

    ``folders``: for the criterion of folders, the most preferred first. ``classes``: where the rule may act; bursts only
    where the best shot is among its criteria, lookalikes never. ``keep_all_raw``: every RAW stays beside the best photo.
    ``locked``: folders that this rule takes nothing from, beside the protected ones. ``keep``: how many frames of a burst stay,
    the best ones.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    folders: tuple[FolderPlace, ...] = ()
    classes: frozenset[PhotoClass] = PRESELECTED
    keep_all_raw: bool = False
    locked: tuple[FolderPlace, ...] = ()
    keep: int = 1

    @property
    def active(self) -> tuple[Step, ...]:
        """The steps that are on."""
        return tuple(step for step in self.steps if step.on)

    @property
    def acts_on(self) -> frozenset[PhotoClass]:
        """The classes in which it decides after all."""
        refused = {PhotoClass.LOOKALIKE}
        if not any(step.criterion == BEST_SHOT for step in self.active):
            refused |= NEEDS_BEST_SHOT
        return self.classes - refused

    def active_for(self, photo_class: PhotoClass) -> tuple[Step, ...]:
        """The same for one class: of a burst, the best shot goes before everything else; of copies it says nothing."""
        if photo_class not in NEEDS_BEST_SHOT:
            return tuple(step for step in self.active if step.criterion != BEST_SHOT)
        return tuple(sorted(self.active, key=lambda step: step.criterion != BEST_SHOT))

    def preferring(self, folders: tuple[FolderPlace, ...]) -> "Rule":
        """With these folders before its own, and the order of folders as its first criterion."""
        others = tuple(step for step in self.steps if step.criterion != "folders")
        return replace(self, folders=(*folders, *self.folders), steps=(Step("folders"), *others))

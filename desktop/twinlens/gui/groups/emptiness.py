"""What an empty list of groups says, and what to do about it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from twinlens.domain.arrangement import Arrangement
from twinlens.domain.group import Group
from twinlens.domain.relation import PhotoClass
from twinlens.gui.arranging.words import nothing_shown_words
from twinlens.gui.groups.bar import IDENTICAL, IsPart
from twinlens.gui.thumbnails.words import groups_words, nothing_words


def emptiness_words(groups: Sequence[Group], photo_class: PhotoClass, arrangement: Arrangement) -> tuple[str, str]:
    """A title and a hint, for a list without groups."""
    if isinstance(groups, IsPart) and is_narrowed(groups):
        return nothing_shown_words(arrangement, groups_words(groups.whole_count))
    hint = QCoreApplication.translate("GroupsPanel", "A lower similarity shows matches that are less sure.")
    others = QCoreApplication.translate("GroupsPanel", "What was encoded again or edited is under the other tabs.")
    return nothing_words(photo_class), others if photo_class in IDENTICAL else hint


def is_narrowed(groups: Sequence[Group]) -> bool:
    """Whether there are groups, and a filter hides them."""
    return isinstance(groups, IsPart) and groups.whole_count > 0

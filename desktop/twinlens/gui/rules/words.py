"""The words of rules on the screen."""

import os.path
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from twinlens.gui.thumbnails.words import count_words, file_size_words, photos_words
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.rule import Rule, Step
from twinlens.review.rules.preview import RulePreview
from twinlens.review.rules.scope import Extent


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Rules", text)


def rule_words(rule: Rule) -> str:
    """The title of a built-in rule, the name of one of the user's own."""
    return tr(rule.title) if rule.name in RULES else rule.name


def step_words(step: Step) -> str:
    """What a criterion asks, the way round it stands."""
    asked = step.asked
    return tr(asked.opposite_title if step.turned and asked.has_direction else asked.title)


def extent_words(extent: Extent, count: int | None = None) -> str:
    """What a rule is applied to."""
    words = {
        Extent.SELECTION: tr("The groups of the selection"),
        Extent.SHOWN: tr("The groups shown"),
        Extent.REVIEWED: tr("The groups reviewed"),
        Extent.ALL: tr("All groups"),
    }[extent]
    return words if count is None else f"{words} ({count_words(count)})"


def going_words(preview: RulePreview) -> str:
    """What would go, in one line."""
    if not len(preview.goes):
        return tr("Nothing would be marked to go.")
    photos = photos_words(len(preview.goes))
    return tr("{} would be marked to go, {}").format(photos, file_size_words(preview.goes_bytes))


def detail_words(preview: RulePreview) -> str:
    """How many groups that are, what stays open, and what would change."""
    if not preview.group_count:
        return tr("There are no such groups.")
    if not preview.acting_count:
        return tr("The rule does not act on groups of this kind: see “Where it decides”.")
    parts = [
        tr("{} of {} groups decided").format(count_words(preview.decided_count), count_words(preview.acting_count))
    ]
    unmoved = preview.acting_count - preview.decided_count - preview.tie_count
    if unmoved > 0:
        parts.append(tr("nothing goes in {}").format(count_words(unmoved)))
    if preview.tie_count:
        parts.append(tr("{} ties left open").format(count_words(preview.tie_count)))
    if preview.changed_marks:
        parts.append(tr("changes {} of your marks").format(count_words(preview.changed_marks)))
    return "  ·  ".join(parts)


def tie_words(paths: Sequence[str]) -> str:
    """Photos that are equal, by what tells their places apart."""
    folders, names = zip(*map(os.path.split, paths), strict=True)
    above = os.path.commonpath(folders)
    below = [os.path.relpath(folder, above) if folder != above else os.path.basename(above) for folder in folders]
    if len(set(names)) == 1:
        return f"{names[0]}  –  {'  =  '.join(below)}"
    return "  =  ".join(
        name if len(set(folders)) == 1 else os.path.join(folder, name)
        for folder, name in zip(below, names, strict=True)
    )


def folder_words(path: str) -> str:
    """A folder by its name and the one above."""
    above, name = os.path.split(path.rstrip("/") or "/")
    return f"{name}  –  {above}" if name else path

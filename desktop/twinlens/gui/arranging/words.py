"""Orders and filters as words on the screen."""

import os
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort
from twinlens.gui.thumbnails.card_content import printable

FILTER_FIELDS = ("undecided_only", "folder", "camera", "days", "text")  # in the order of their chips


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Arranging", text)


def sort_words(sort: Sort) -> str:
    """What the groups are sorted by."""
    return {
        Sort.BYTES: tr("Bytes to free"),
        Sort.PHOTOS: tr("Number of photos"),
        Sort.SIMILARITY: tr("Similarity"),
        Sort.TAKEN: tr("Time taken"),
        Sort.FOLDER: tr("Folder"),
    }[sort]


def direction_words(sort: Sort, *, descending: bool) -> str:
    """What comes first."""
    rising, falling = {
        Sort.BYTES: (tr("Fewest first"), tr("Most first")),
        Sort.PHOTOS: (tr("Fewest first"), tr("Most first")),
        Sort.SIMILARITY: (tr("Doubtful first"), tr("Surest first")),
        Sort.TAKEN: (tr("Oldest first"), tr("Newest first")),
        Sort.FOLDER: (tr("A to Z"), tr("Z to A")),
    }[sort]
    return falling if descending else rising


def day_words(day: date) -> str:
    """A day as the user's locale writes it."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def folder_words(folder: str) -> str:
    """The name of a folder."""
    return printable(os.path.basename(folder) or folder)


def chip_words(wanted: GroupFilter, field: str) -> str:
    """What one part of a filter asks for; empty where it asks for nothing."""
    match field:
        case "undecided_only":
            return tr("Undecided only") if wanted.undecided_only else ""
        case "folder":
            return tr("In {}").format(folder_words(wanted.folder)) if wanted.folder is not None else ""
        case "camera":
            return printable(wanted.camera) if wanted.camera is not None else ""
        case "text":
            return tr("“{}”").format(wanted.text.strip()) if wanted.text.strip() else ""
        case _:
            return _days_words(wanted.first_day, wanted.last_day)


def _days_words(first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return day_words(first) if first == last else tr("{} to {}").format(day_words(first), day_words(last))
    if first is not None:
        return tr("From {}").format(day_words(first))
    return tr("Until {}").format(day_words(last)) if last is not None else ""


def nothing_shown_words(arrangement: Arrangement, hidden: str) -> tuple[str, str]:
    """What an empty list says where a filter hides all groups; ``hidden`` is how many, in words."""
    wanted = arrangement.wanted
    if wanted == GroupFilter(undecided_only=True):
        return (
            tr("Every group here is decided"),
            tr("{} decided. What is rejected waits for the button below to move it to the quarantine.").format(hidden),
        )
    return (
        tr("No group passes these filters"),
        tr("{} hidden. Take back a filter above to see more, or all of them here.").format(hidden),
    )

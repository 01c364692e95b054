"""What was done, in a sentence for a toast."""

from PySide6.QtCore import QCoreApplication

from twinlens.domain.events import ScanFinished
from twinlens.gui.thumbnails.counts import COUNTS
from twinlens.gui.thumbnails.words import count_words, file_size_words, photos_words


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Outcomes", text)


def removed_words(count: int, size_bytes: int, refused: tuple[tuple[str, str], ...]) -> str:
    """Says "Moved 14 photos to the quarantine, 31 MB." and what was left in place, with the first reason."""
    if not count and not refused:
        return tr("There was nothing to move.")
    words = (
        tr("Moved {} to the quarantine, {}.").format(photos_words(count), file_size_words(size_bytes)) if count else ""
    )
    return " ".join(part for part in (words, refused_words(refused)) if part)


def put_back_words(count: int, refused: tuple[tuple[str, str], ...]) -> str:
    """Says "Put 14 photos back." and what could not be."""
    words = tr("Put {} back.").format(photos_words(count)) if count else ""
    return " ".join(part for part in (words, refused_words(refused)) if part) or tr("There was nothing to put back.")


def purged_words(count: int, freed_bytes: int, refused: tuple[tuple[str, str], ...]) -> str:
    """Says "Removed 14 photos permanently, 31 MB free again." and what was not."""
    words = (
        tr("Removed {} permanently; {} are free again.").format(photos_words(count), file_size_words(freed_bytes))
        if count
        else ""
    )
    return " ".join(part for part in (words, refused_words(refused)) if part)


def refused_words(refused: tuple[tuple[str, str], ...]) -> str:
    """How many were left where they were, and why the first one."""
    if not refused:
        return ""
    if len(refused) == 1:
        return tr("One photo was left where it is: {}").format(refused[0][1])
    return COUNTS.left_in_place(len(refused)).format(refused[0][1])


def scan_words(report: ScanFinished) -> str:
    """What a scan found; empty when nothing is worth a word."""
    found = report.new + report.changed
    parts = []
    if found:
        seconds = count_words(max(1, round(report.duration_s)))
        parts.append(tr("Scanned {} in {} s.").format(photos_words(found), seconds))
    if report.gone:
        parts.append(COUNTS.gone(report.gone))
    if report.stopped:
        parts.append(tr("The scan was stopped; what is done is kept."))
    if report.problems and found:
        parts.append(COUNTS.unreadable(len(report.problems)))
    return " ".join(parts)

"""Deeds in words on the screen, for the menu Edit, for toasts and for the history."""

from PySide6.QtCore import QCoreApplication

from twinlens.domain.deed import Deed, DeedKind, Origin
from twinlens.domain.plan import DisposalKind
from twinlens.gui.records.moments import moment_words
from twinlens.gui.thumbnails.words import count_words, photos_words


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Deeds", text)


def deed_words(deed: Deed) -> str:
    """What was done: "Keep 1, reject 4 photos"."""
    words = _sentence(deed)
    return words[:1].upper() + words[1:]


def _sentence(deed: Deed) -> str:
    photos = photos_words(deed.photo_count)
    if deed.kind is DeedKind.REMOVAL:
        return {
            DisposalKind.QUARANTINE: tr("move {} to the quarantine"),
            DisposalKind.TRASH: tr("move {} to the system trash"),
            DisposalKind.HARDLINK: tr("replace {} by hard links"),
            DisposalKind.REFLINK: tr("replace {} by copies that share their space"),
            DisposalKind.SYMLINK: tr("replace {} by symbolic links"),
            DisposalKind.MOVE: tr("move {} to a folder"),
            DisposalKind.COPY: tr("copy {} to a folder"),
        }[deed.disposal or DisposalKind.QUARANTINE].format(photos)
    if deed.kind is DeedKind.RESTORING:
        return tr("put {} back").format(photos)
    if deed.kind is DeedKind.VERDICTS:
        return tr("call {} no duplicates").format(photos)
    counts = ((tr("keep {}"), deed.keeps), (tr("reject {}"), deed.rejects), (tr("unmark {}"), deed.clears))
    parts = [(words, count) for words, count in counts if count]
    if not parts:
        return tr("mark no photo")
    *first, (last, count) = parts
    return ", ".join(
        [*(words.format(count_words(number)) for words, number in first), last.format(photos_words(count))]
    )


def origin_words(deed: Deed) -> str:
    """How it came to that."""
    if deed.kind is DeedKind.REMOVAL:
        return tr("what was marked") if deed.detail == "marks" else deed.detail
    if deed.origin == Origin.SUGGESTION:
        return tr("suggestion accepted")
    if deed.origin == Origin.RULE:
        from twinlens.matching.rules.built_in import RULES  # loads all criteria

        rule = RULES.get(deed.detail)
        title = QCoreApplication.translate("Rules", rule.title) if rule is not None else deed.detail
        return tr("by the rule “{}”").format(title) if title else tr("by a rule")
    if deed.origin == Origin.PROTECTION:
        return tr("folder protected")
    return tr("by hand")


def state_words(deed: Deed) -> str:
    """What holds of it now."""
    if deed.undone_at is not None:
        return tr("taken back {}").format(moment_words(deed.undone_at))
    if deed.kind is DeedKind.REMOVAL:
        parts = []
        if deed.waiting and deed.disposal is DisposalKind.QUARANTINE:
            parts.append(tr("{} in quarantine").format(count_words(deed.waiting)))
        if deed.purged:
            parts.append(tr("{} removed permanently").format(count_words(deed.purged)))
        if deed.photo_count > deed.waiting + deed.purged:
            parts.append(tr("{} put back").format(count_words(deed.photo_count - deed.waiting - deed.purged)))
        if deed.refused:
            parts.append(tr("{} left in place").format(count_words(deed.refused)))
        return ", ".join(parts)
    return "" if deed.kept_rows else tr("too long ago to be taken back")

"""Deeds in a few words, as the command line and the engine's sentences say them."""

from twinlens.domain.deed import Deed, DeedKind
from twinlens.domain.plan import DisposalKind

_REMOVED = {
    DisposalKind.QUARANTINE: "move {} to the quarantine",
    DisposalKind.TRASH: "move {} to the system's trash",
    DisposalKind.HARDLINK: "replace {} by hard links",
    DisposalKind.REFLINK: "replace {} by copies that share their space",
    DisposalKind.SYMLINK: "replace {} by symbolic links",
    DisposalKind.MOVE: "move {} to a folder",
    DisposalKind.COPY: "copy {} to a folder",
}


def deed_words(deed: Deed) -> str:
    """What was done: "keep 3 photos", "keep 1 and reject 4 photos"."""
    if deed.kind is DeedKind.REMOVAL:
        return _REMOVED[deed.disposal or DisposalKind.QUARANTINE].format(_photos(deed.photo_count))
    if deed.kind is DeedKind.RESTORING:
        return f"put {_photos(deed.photo_count)} back"
    if deed.kind is DeedKind.VERDICTS:
        return f"call {_photos(deed.photo_count)} no duplicates"
    parts = [(verb, count) for verb, count in _counts(deed) if count]
    if not parts:
        return "mark no photo"
    *first, (verb, count) = parts
    head = "".join(f"{earlier} {number:,}, " for earlier, number in first).removesuffix(", ")
    return f"{head} and {verb} {_photos(count)}" if head else f"{verb} {_photos(count)}"


def origin_words(deed: Deed) -> str:
    """How it came to that: "by hand", "by the rule suggested"."""
    if deed.origin == "hand":
        return "by hand"
    if deed.origin == "suggestion":
        return "as suggested"
    if deed.origin == "rule":
        return f"by the rule {deed.detail}" if deed.detail else "by a rule"
    if deed.origin == "protection":
        return "as their folder was protected"
    if deed.detail == "marks":
        return "as marked"
    return f"by {deed.detail}" if deed.detail else deed.origin


def _counts(deed: Deed) -> tuple[tuple[str, int], ...]:
    return ("keep", deed.keeps), ("reject", deed.rejects), ("unmark", deed.clears)


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"

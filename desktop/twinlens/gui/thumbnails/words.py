"""Numbers and classes as words on the screen. Translated by Qt; sizes as the user's locale writes them."""

import re

from PySide6.QtCore import QCoreApplication, QLocale

from twinlens.domain.group import Group, Mark, SeriesKind, Suggestion
from twinlens.domain.photo import Photo
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.gui.thumbnails.counts import COUNTS

_SIZE = re.compile(r"(\d) x (\d)")


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Words", text)


def file_size_words(size_bytes: int) -> str:
    """Bytes as "3.4 MB" or "924 kB"."""
    digits = 1 if size_bytes >= 1_000_000 else 0
    return QLocale().formattedDataSize(size_bytes, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def freed_words(photo_class: PhotoClass, size_bytes: int) -> str:
    """What removal would free; where nothing is suggested for removal, what lies beside the keepers."""
    words = tr("{} to free") if photo_class.may_be_preselected else tr("{} in the rest")
    return words.format(file_size_words(size_bytes)) if size_bytes else ""


def count_words(number: int) -> str:
    """A count with the locale's separators."""
    return QLocale().toString(number)


def photos_words(number: int) -> str:
    """A count of photos."""
    return COUNTS.photos(number)


def groups_words(number: int) -> str:
    """A count of groups."""
    return COUNTS.groups(number)


def percent_words(score: float) -> str:
    """A score of 0 to 1 as "98 %"; 100 % is reserved for what is really identical."""
    return f"{int(score * 100)}\u202f%"


def dimensions_words(photo: Photo) -> str:
    """Width and height in pixels."""
    return f"{photo.facts.width_px} × {photo.facts.height_px}"


def class_words(photo_class: PhotoClass) -> str:
    """The class as the head of a line."""
    return {
        PhotoClass.IDENTICAL_FILE: tr("Identical file"),
        PhotoClass.IDENTICAL_PIXELS: tr("Identical pixels"),
        PhotoClass.SAME_SHOT: tr("Same shot"),
        PhotoClass.EDITED: tr("Edited"),
        PhotoClass.BURST: tr("Burst"),
        PhotoClass.LOOKALIKE: tr("Lookalike"),
    }[photo_class]


def kind_words(group: Group) -> str:
    """What a group is, as the head of a line: its class, or the kind of its series."""
    return {
        SeriesKind.EXPOSURE_BRACKET: tr("Exposure bracket"),
        SeriesKind.FOCUS_STACK: tr("Focus stack"),
        SeriesKind.TIME_LAPSE: tr("Time-lapse"),
    }.get(group.kind or SeriesKind.BURST, class_words(group.photo_class))


def nothing_words(photo_class: PhotoClass) -> str:
    """What an empty list of groups says."""
    return {
        PhotoClass.IDENTICAL_FILE: tr("No file is here twice"),
        PhotoClass.IDENTICAL_PIXELS: tr("No picture is here twice in different files"),
        PhotoClass.SAME_SHOT: tr("No shot is here in several versions"),
        PhotoClass.EDITED: tr("No edited versions"),
        PhotoClass.BURST: tr("No bursts"),
        PhotoClass.LOOKALIKE: tr("No lookalikes"),
    }[photo_class]


def transform_words(transform: Transform) -> str:
    """What was done to the picture, in a word or two; empty for nothing."""
    return {
        Transform.NONE: "",
        Transform.ROTATED_90: tr("turned 90°"),
        Transform.ROTATED_180: tr("turned 180°"),
        Transform.ROTATED_270: tr("turned 90°"),
        Transform.MIRRORED: tr("mirrored"),
        Transform.FLIPPED: tr("upside down"),
        Transform.TRANSPOSED: tr("turned, mirrored"),
        Transform.TRANSVERSED: tr("turned, mirrored"),
        Transform.RESIZED: tr("resized"),
        Transform.CROPPED: tr("cropped"),
        Transform.BORDERED: tr("with a border"),
        Transform.TONED: tr("other tones"),
        Transform.TURNED_SLIGHTLY: tr("slightly turned"),
        Transform.MIXED: tr("several edits"),
        Transform.EXPOSED: tr("other exposure"),
        Transform.FOCUSED: tr("other focus"),
    }[transform]


def relation_words(relation: Relation) -> str:
    """How a photo is related to the keeper, short enough for a caption: "re-encoded, 98 %"."""
    if relation.photo_class is PhotoClass.IDENTICAL_FILE:
        return tr("same file")
    if relation.photo_class is PhotoClass.IDENTICAL_PIXELS:
        return tr("same pixels")
    if relation.photo_class is PhotoClass.BURST:
        words = _series_words(relation)
    elif relation.photo_class is PhotoClass.LOOKALIKE:
        words = tr("similar")
    else:
        words = transform_words(relation.transform) or tr("re-encoded")
    if relation.photo_class is PhotoClass.BURST and relation.gap_s is not None and transform_words(relation.transform):
        return words  # all that fits below a thumbnail
    return f"{words}, {percent_words(relation.score)}"


def _series_words(relation: Relation) -> str:
    change = transform_words(relation.transform)
    if relation.gap_s is None:
        return change or tr("another exposure")
    gap = QLocale().toString(relation.gap_s, "f", 1 if relation.gap_s < 10 else 0)
    apart = tr("{} s apart").format(gap)
    return tr("{}, {}").format(change, apart) if change else apart


def reason_words(reason: str) -> str:
    """A reason with the sign that photographers write between width and height."""
    return _SIZE.sub("\\1\u00a0×\u00a0\\2", reason)


def sentence_words(reason: str) -> str:
    """A reason as a sentence of its own."""
    words = reason_words(reason).strip()
    return f"{words[0].upper()}{words[1:].rstrip('.')}." if words else ""


def state_words(mark: Mark | None, suggestion: Suggestion) -> str:
    """What is decided or suggested for a photo, as a screen reader says it; empty for nothing."""
    if mark is not None:
        return tr("marked keep") if mark is Mark.KEEP else tr("marked reject")
    if suggestion is Suggestion.KEEP:
        return tr("suggested keeper")
    return tr("suggested reject") if suggestion is Suggestion.REJECT else ""

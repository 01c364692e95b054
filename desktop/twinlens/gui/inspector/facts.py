"""What the inspector lists of a photo, as pairs of a name and a value in words."""

import os

from PySide6.QtCore import QDate, QLocale

from twinlens.domain.group import Group, Member, Suggestion
from twinlens.domain.photo import Photo, ShotMetadata
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.trait_words import trait_words
from twinlens.gui.thumbnails.words import (
    dimensions_words,
    file_size_words,
    kind_words,
    percent_words,
    reason_words,
    sentence_words,
    tr,
)

MOST_NAMED = 3

SEEN_MEGAPIXELS = 0.1


def fact_lines(photo: Photo) -> list[tuple[str, str]]:
    """Name and value of all that is known; what is not known is left out."""
    metadata = photo.metadata
    lines = [
        (tr("Taken"), taken_words(metadata)),
        (tr("Camera"), metadata.camera or ""),
        (tr("Lens"), metadata.lens or ""),
        (tr("Exposure"), exposure_words(metadata)),
        (tr("Size"), size_words(photo)),
        (tr("File"), file_words(photo)),
        (tr("Place"), place_words(metadata)),
        (tr("Rating"), "★" * (metadata.rating or 0)),
        (tr("Software"), metadata.software or ""),
    ]
    return [(name, value) for name, value in lines if value]


def taken_words(metadata: ShotMetadata) -> str:
    """Date and time as the locale writes them, with hundredths where the camera wrote them."""
    if metadata.taken is None:
        return ""
    taken, locale = metadata.taken, QLocale()
    day = f"{taken:%Y-%m-%d}"
    if locale.language() != QLocale.Language.C:
        day = locale.toString(QDate(taken.year, taken.month, taken.day), QLocale.FormatType.ShortFormat)
    fraction = f".{taken.microsecond // 10_000:02d}" if metadata.has_subseconds else ""
    return f"{day} {taken:%H:%M:%S}{fraction}"


def exposure_words(metadata: ShotMetadata) -> str:
    """Shutter, aperture, sensitivity, focal length and bias, in the order photographers say them."""
    parts = []
    if metadata.exposure_s:
        seconds = metadata.exposure_s
        parts.append(f"1/{round(1 / seconds)} s" if seconds < 0.3 else f"{seconds:g} s")
    if metadata.aperture_f:
        parts.append(f"f/{metadata.aperture_f:.2g}")
    if metadata.iso:
        parts.append(f"ISO {round(metadata.iso)}")
    if metadata.focal_length_mm:
        parts.append(f"{metadata.focal_length_mm:.3g} mm")
    if metadata.exposure_bias_ev:
        parts.append(f"{metadata.exposure_bias_ev:+.1f} EV")
    return " · ".join(parts)


def size_words(photo: Photo) -> str:
    """Pixels, and megapixels where there are enough of them to count."""
    megapixels = photo.facts.width_px * photo.facts.height_px / 1e6
    if megapixels < SEEN_MEGAPIXELS:
        return dimensions_words(photo)
    return f"{dimensions_words(photo)} · {QLocale().toString(megapixels, 'f', 1)} MP"


def file_words(photo: Photo) -> str:
    """Format, quality, depth and bytes."""
    parts = [photo.facts.format]
    if photo.facts.jpeg_quality is not None:
        parts.append(tr("quality {}").format(photo.facts.jpeg_quality))
    if photo.facts.bits_per_channel > 8:
        parts.append(tr("{} bit").format(photo.facts.bits_per_channel))
    parts.append(file_size_words(photo.stamp.size_bytes))
    return " · ".join(parts)


def place_words(metadata: ShotMetadata) -> str:
    """Latitude and longitude."""
    if metadata.latitude_deg is None or metadata.longitude_deg is None:
        return ""
    north = "N" if metadata.latitude_deg >= 0 else "S"
    east = "E" if metadata.longitude_deg >= 0 else "W"
    return f"{abs(metadata.latitude_deg):.4f}° {north}, {abs(metadata.longitude_deg):.4f}° {east}"


def why_words(member: Member | None, group: Group | None) -> str:
    """Why a photo of a group is kept or may go, as a sentence; empty outside of groups."""
    if member is None or not member.reason:
        return ""
    if group is not None and member.photo_id == group.keeper.photo_id:
        sentence = tr("It is {}.").format(reason_words(member.reason))
    else:
        sentence = sentence_words(member.reason)
    return f"{sentence} {also_words(member, group)}".rstrip()


def also_words(member: Member, group: Group | None) -> str:
    """What else a photo of a group is related to, as a sentence: such relations are told and do not join groups."""
    bridges = [] if group is None else [one for one in group.bridges if one.relation.first == member.photo_id]
    if not bridges:
        return ""
    names = ", ".join(printable(os.path.basename(bridge.path)) for bridge in bridges[:MOST_NAMED])
    return tr("Also related, outside this group: {}.").format(names)


def chip_words(photo: Photo, member: Member | None, group: Group | None) -> list[str]:
    """A few words that matter at a glance."""
    chips = []
    if group is not None:
        chips.append(kind_words(group))
    if member is not None and member.suggestion is Suggestion.KEEP:
        chips.append(tr("Suggested keeper"))
    if member is not None and member.suggestion is Suggestion.REJECT:
        chips.append(tr("Suggested reject"))
    chips += trait_words(member)
    if member is not None and member.relation is not None and member.relation.score < 1:
        chips.append(percent_words(member.relation.score))
    if photo.facts.format == "RAW":
        chips.append("RAW")
    if photo.facts.frame_count > 1:
        chips.append(tr("{} frames").format(photo.facts.frame_count))
    if photo.protected:
        chips.append(tr("Protected"))
    if not photo.online:
        chips.append(tr("Offline"))
    return chips

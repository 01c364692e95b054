"""A relation in plain words."""

from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.difference_words import difference_words

_TRANSFORM_WORDS = {
    Transform.NONE: "re-encoded",
    Transform.ROTATED_90: "turned by 90 degrees",
    Transform.ROTATED_180: "turned by 180 degrees",
    Transform.ROTATED_270: "turned by 270 degrees",
    Transform.MIRRORED: "mirrored",
    Transform.FLIPPED: "flipped upside down",
    Transform.TRANSPOSED: "turned and mirrored",
    Transform.TRANSVERSED: "turned and mirrored",
    Transform.RESIZED: "other size",
    Transform.CROPPED: "cropped",
    Transform.BORDERED: "with a border",
    Transform.TONED: "other tone or colour",
    Transform.TURNED_SLIGHTLY: "turned slightly",
    Transform.MIXED: "edited in several ways",
    Transform.EXPOSED: "in another exposure",
    Transform.FOCUSED: "with another focus",
}
_SERIES_WORDS = {
    Transform.EXPOSED: "the same view in another exposure",
    Transform.FOCUSED: "the same view with another focus",
}


def describe(relation: Relation) -> str:
    """How the second photo of the relation differs from the first, in one phrase, such as "same exposure, cropped to 72 %,
    from the left".
    """
    match relation.photo_class:
        case PhotoClass.IDENTICAL_FILE:
            return "the same file, byte for byte"
        case PhotoClass.IDENTICAL_PIXELS:
            return "the same pixels in another file"
        case PhotoClass.SAME_SHOT | PhotoClass.EDITED if relation.difference is not None:
            return ", ".join(["same exposure", *(difference_words(relation.difference) or [_plain(relation)])])
        case PhotoClass.SAME_SHOT:
            return f"same exposure, {_TRANSFORM_WORDS[relation.transform]}"
        case PhotoClass.EDITED:
            shown = f", {relation.coverage:.0%} of the larger picture is shared" if relation.coverage < 0.97 else ""
            return f"same exposure, {_TRANSFORM_WORDS[relation.transform]}{shown}"
        case PhotoClass.BURST:
            return _SERIES_WORDS.get(relation.transform, "another exposure of the scene") + _apart(relation.gap_s)
        case _:
            return "a similar picture"


def _plain(relation: Relation) -> str:
    """Where no difference was found that has a name: what is known of the two without one."""
    return _TRANSFORM_WORDS[relation.transform if relation.photo_class is PhotoClass.SAME_SHOT else Transform.TONED]


def _apart(gap_s: float | None) -> str:
    if gap_s is None:
        return ""
    if gap_s < 1:
        return f", {gap_s * 1000:.0f} ms apart" if gap_s > 0 else ", in the same second"
    return f", {gap_s:.1f} s apart"

"""A difference in plain words, from the viewpoint of the second photo, which may go."""

from collections.abc import Sequence

from twinlens.domain.difference import Change, Difference, cut_sides

_LEAST_TURN_DEGREES = 0.4
_BORDER = 0.03  # of the area; a trimmed sky is trimmed in both

_TURNS = ("", "turned by 90 degrees", "turned by 180 degrees", "turned by 270 degrees")
_MIRRORINGS = ("flipped upside down", "turned and mirrored", "mirrored", "turned and mirrored")

_CHANGES = {
    Change.ENLARGED: "enlarged without more detail",
    Change.ENLARGEMENT_OF: "of its size before an enlargement",
    Change.ONE_COLOUR: "in one colour",
    Change.COLOURED: "in colour where the keeper is not",
    Change.BRIGHTER: "brighter",
    Change.DARKER: "darker",
    Change.MORE_CONTRAST: "with more contrast",
    Change.LESS_CONTRAST: "with less contrast",
    Change.WARMER: "warmer",
    Change.COOLER: "cooler",
    Change.MORE_SATURATED: "more saturated",
    Change.LESS_SATURATED: "less saturated",
    Change.SOFTER: "softer",
    Change.SHARPER: "sharpened",
    Change.OVERLAID: "with something over a part of it",
    Change.OVERLAY_GONE: "without what covers a part of the keeper",
}


def difference_words(difference: Difference) -> list[str]:
    """One phrase for each thing that differs, the most visible first; nothing where only the encoding does."""
    found = [*_lying_words(difference), *_frame_words(difference)]
    return [*found, *(words for change, words in _CHANGES.items() if change in difference.changes)]


def _lying_words(difference: Difference) -> list[str]:
    names = _MIRRORINGS if difference.is_mirrored else _TURNS
    found = [names[difference.quarter_turns]]
    degrees = difference.turn_degrees
    if abs(degrees) > _LEAST_TURN_DEGREES:
        found.append(f"turned by {abs(degrees):.1f} degrees")
    return [words for words in found if words]


def _frame_words(difference: Difference) -> list[str]:
    found = []
    if difference.second_is_crop:
        found.append(f"cropped to {_percent(difference.first_shared)}{_from(difference)}")
    elif difference.first_is_crop:
        shown = difference.reversed()
        found.append(f"shows more: the keeper is cropped to {_percent(shown.first_shared)}{_from(shown)}")
    elif max(difference.first_shared, difference.second_shared) < 0.95:
        found.append(f"another part of it, {_percent(min(difference.first_shared, difference.second_shared))} shared")
    if difference.second_border - difference.first_border > _BORDER:
        found.append(f"with a border of {_percent(difference.second_border)} of its area")
    elif difference.first_border - difference.second_border > _BORDER:
        found.append("without the border of the keeper")
    return found


def _from(difference: Difference) -> str:
    """Where the second, which is the crop, was cut: ", from the left and the top"."""
    sides = cut_sides(difference.cut())
    if len(sides) == 4:
        return ", from all sides"
    return f", from {_listed([f'the {side}' for side in sides])}" if sides else ""


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"

"""Why a photo is the original, in plain words."""

from collections import defaultdict
from collections.abc import Sequence

from twinlens.domain.columns import PhotoColumns
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.matching.direction import Telling, tellings

_MOST = 2  # reasons that are said
_LOOKED_AT = 24  # members of a group: what tells those apart tells the others too

_WORDS = {
    Telling.RAW: "the RAW file",
    Telling.EARLIER: "its compression is found again in the pixels of {other}",
    Telling.ENLARGED: "{other} is enlarged and shows no more detail",
    Telling.OTHER_SIZE: "{other} has another size than the camera gave it",
    Telling.SENT: "{other} was sent by a messenger or taken from a screen",
    Telling.CAMERA: "with the camera's metadata",
    Telling.CROP: "it shows more",
    Telling.COVERED: "nothing lies over it",
    Telling.COLOUR: "it has its colours",
    Telling.BORDER: "without a border",
    Telling.EDITED: "{other} was saved by an editor",
    Telling.TABLES: "compressed as cameras do it",
    Telling.LOSSLESS: "{other} is a conversion",
    Telling.FORMAT: "{other} is a conversion",
    Telling.SHAPE: "{other} is stretched",
    Telling.QUALITY: "less compressed",
    Telling.TIME: "the older file",
}


def original_words(columns: PhotoColumns, keeper: int, related: Sequence[tuple[int, Relation]]) -> list[str]:
    """Words such as "the original: it shows more"; nothing where it is not likely to be the original.

    ``related``: rows of other photos with the relation that leads to them from the keeper.
    """
    weights: dict[Telling, float] = defaultdict(float)
    size = ""
    for row, relation in related[:_LOOKED_AT]:
        if relation.photo_class not in (PhotoClass.SAME_SHOT, PhotoClass.EDITED):
            continue
        for telling, weight in tellings(columns, keeper, row, relation):
            weights[telling] += weight
            if telling is Telling.PIXELS and not size:
                size = f"{_size(columns, keeper)} instead of {_size(columns, row)}"
    if not weights:
        return []
    other = "the other" if len(related) == 1 else "another"
    said = [
        size if telling is Telling.PIXELS else _WORDS[telling].format(other=other)
        for telling in sorted(weights, key=lambda telling: -weights[telling])[:_MOST]
    ]
    return [f"the original: {', '.join(said)}"]


def _size(columns: PhotoColumns, row: int) -> str:
    return f"{columns.width_px[row]} x {columns.height_px[row]}"

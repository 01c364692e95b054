"""Finding a photo in a list by the name of its file, as one types it."""

from typing import TYPE_CHECKING

from twinlens.catalog.path_column import PathColumn
from twinlens.catalog.paths import folded
from twinlens.domain.fingerprint import Int64Array

if TYPE_CHECKING:
    from twinlens.review.data import ReviewData


def find_by_name(data: "ReviewData", ids: Int64Array, typed: str, start: int) -> int | None:
    """The row of the photo whose name begins with what was typed, or else holds it: from row ``start`` on, around the end.

    Args:
        data: what the library holds.
        ids: int64 [n], the photos of the list, in its order; ids that are not in the library are passed over.
        typed: the beginning or a part of a name; case and the form of accents do not matter.
        start: where to begin.
    """
    wanted = folded(typed.strip())
    if not wanted or not len(ids):
        return None
    paths = data.photos.paths
    names = paths.folded if isinstance(paths, PathColumn) else [folded(path) for path in paths]
    places: dict[int, int] = dict(zip(data.photos.photo_id.tolist(), range(len(names)), strict=True))
    listed: list[int] = ids.tolist()
    inside: int | None = None
    order: list[int] = [*range(start, len(listed)), *range(min(start, len(listed)))]
    for row in order:
        place = places.get(listed[row])
        if place is None:
            continue
        name = names[place].rpartition("/")[2]
        if name.startswith(wanted):
            return row
        if inside is None and wanted in name:
            inside = row
    return inside

"""Whether two photos share a group in the user's library, and by way of what."""

import numpy as np

from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.group import GroupQuery
from twinlens.domain.photo import Photo
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import SIMILARITY, TIME_GAP
from twinlens.lab.workbench import Workbench
from twinlens.library.open import Library
from twinlens.review.data import ReviewData, load_review_data
from twinlens.review.duplicates import GroupList, find_groups


def shared_groups(bench: Workbench, first: str, second: str) -> list[str]:
    """Sentences: in which groups of the library both are, or why they are in none."""
    try:
        with bench.library([]) as library:
            photos = library.catalog().photos
            one, two = photos.by_path(first), photos.by_path(second)
            missing = [path for path, photo in ((first, one), (second, two)) if photo is None]
            if one is None or two is None:
                return [f"Not in the library: {' and '.join(missing)}. So they share no group there."]
            return _in_library(library, one, two)
    except LibraryUnusable:
        return ["There is no library yet that could hold them."]


def _in_library(library: Library, one: Photo, two: Photo) -> list[str]:
    data = load_review_data(library.catalog())
    sentences = _stored(library, one, two)
    joined = False
    for photo_class in PhotoClass:
        if photo_class is PhotoClass.LOOKALIKE:
            continue
        query = GroupQuery(photo_class, library.preferences.number(SIMILARITY), library.preferences.number(TIME_GAP))
        found = find_groups(data, query)
        place = found.group_of(one.id)
        if place is not None and place == found.group_of(two.id):
            joined = True
            sentences.append(_way(data, found, place, one, two))
    if not joined:
        sentences.append("In the library they share no group.")
    return sentences


def _stored(library: Library, one: Photo, two: Photo) -> list[str]:
    for relation in library.catalog().relations.of(one.id):
        if two.id in (relation.first, relation.second):
            return [f"The library has them related as {relation.photo_class.value}, score {relation.score:.2f}."]
    return ["The library has no relation between the two themselves."]


def _way(data: ReviewData, found: GroupList, place: int, one: Photo, two: Photo) -> str:
    group = found[place]
    keeper = group.members[0].photo_id
    name = found.query.photo_class.value
    text = f"They share the group {group.id} of the class {name} with {len(group.members)} photos"
    if keeper in (one.id, two.id):
        return f"{text}, whose keeper is the {'first' if keeper == one.id else 'second'} of them."
    row = int(np.searchsorted(data.photos.photo_id, keeper))
    return f"{text}, by way of its keeper {data.photos.paths[row]}."

"""What a window shows before the library is loaded is what it would show of these photos afterwards."""

import os
from pathlib import Path

import numpy as np

from tests.review.made_library import catalogue, picture
from twinlens.domain.group import GroupQuery
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups
from twinlens.review.first_page import first_page

SAME_SHOT = GroupQuery(PhotoClass.SAME_SHOT)


def made(library: Library, photos: Path) -> list[PhotoId]:
    ids = catalogue(library, [picture(photos / f"{number}.png", number) for number in range(6)])
    pairs = ((ids[0], ids[1]), (ids[2], ids[3]))
    library.catalog().relations.save([Relation(*pair, PhotoClass.SAME_SHOT, 0.9) for pair in pairs])
    return ids


def test_the_page_keeps_its_order_and_leaves_out_what_has_gone(library: Library, photos: Path) -> None:
    ids = made(library, photos)
    library.catalog().photos.remove([ids[4]])
    page = first_page(library.catalog(), [ids[5], ids[4], ids[1], PhotoId(999)], None)
    assert page.photo_ids == (ids[5], ids[1])
    assert page.groups is None


def test_without_a_remembered_page_the_newest_come_first_as_in_the_grid(library: Library, photos: Path) -> None:
    paths = [picture(photos / f"{number}.png", number) for number in range(6)]
    for number, path in enumerate(paths):
        os.utime(path, (1_500_000_000, 1_500_000_000 + 100 * (number % 3)))
    catalogue(library, paths)
    data = load_review_data(library.catalog()).photos
    page = first_page(library.catalog(), [], None)
    when = np.where(np.isnan(data.taken_s), data.mtime_s, data.taken_s)
    assert list(page.photo_ids) == data.photo_id[np.argsort(-when, kind="stable")].tolist()


def test_the_groups_of_the_page_are_those_of_the_whole_library(library: Library, photos: Path) -> None:
    ids = made(library, photos)
    whole = find_groups(load_review_data(library.catalog()), SAME_SHOT)
    page = first_page(library.catalog(), ids[2:4], SAME_SHOT)
    assert page.groups is not None
    assert page.groups[:] == [whole[1]]
    assert first_page(library.catalog(), [], SAME_SHOT).groups is None

"""A copy without metadata belongs to the frame that it is surely of, never to the next one of the series as well."""

import numpy as np

from tests.matching.test_matching_clustering import grouped, library, relations, sets_of
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass

SAME, EDITED = PhotoClass.SAME_SHOT, PhotoClass.EDITED
FIRST_FRAME, NEXT_FRAME, COPY, CROP = range(4)


def _series():
    """Two frames from a tripod two seconds apart, and a copy and a crop of the first that know no time."""
    photos = library([0, 1, 2, 3])
    photos.taken_s[:] = [0, 2, np.nan, np.nan]
    photos.camera_key[2:] = -1
    return photos


def _edited(photos, ties, similarity=0.75):
    query = GroupQuery(EDITED, similarity=similarity)
    return [sorted(members) for members in sets_of(grouped(photos, relations(ties), query, np.arange(len(photos))))]


def test_a_copy_of_one_frame_does_not_bring_in_the_next():
    ties = [(FIRST_FRAME, COPY, 0.95, SAME), (NEXT_FRAME, COPY, 0.9, EDITED), (NEXT_FRAME, CROP, 0.8, EDITED)]
    ties += [(FIRST_FRAME, CROP, 0.97, EDITED), (COPY, CROP, 0.97, EDITED)]
    assert _edited(_series(), ties) == [[FIRST_FRAME, COPY, CROP]]
    assert _edited(_series(), ties, similarity=0.5) == [[FIRST_FRAME, COPY, CROP]]


def test_without_the_times_the_surer_tie_decides_which_frame_it_is_of():
    photos = _series()
    photos.taken_s[:] = np.nan
    ties = [(FIRST_FRAME, COPY, 0.95, SAME), (NEXT_FRAME, COPY, 0.9, EDITED)]
    assert len(_edited(photos, ties)[0]) == 3  # nothing says that these are two shots


def test_an_unsure_tie_lends_no_time():
    ties = [(FIRST_FRAME, CROP, 0.6, EDITED), (NEXT_FRAME, CROP, 0.8, EDITED)]
    assert _edited(_series(), ties) == [[NEXT_FRAME, CROP]]


def test_two_cameras_say_nothing_of_one_another():
    photos = _series()
    photos.camera_key[NEXT_FRAME] = 7
    ties = [(FIRST_FRAME, COPY, 0.95, SAME), (NEXT_FRAME, COPY, 0.9, EDITED)]
    assert _edited(photos, ties) == [[FIRST_FRAME, NEXT_FRAME, COPY]]

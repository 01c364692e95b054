"""Groups as stars: what must hold for any library and any relations."""

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from twinlens.domain.columns import PhotoColumns, RelationColumns
from twinlens.domain.group import GroupQuery, GroupRows
from twinlens.domain.relation import PhotoClass
from twinlens.matching.bridges import weak_bridges
from twinlens.matching.clustering import group_rows
from twinlens.matching.groundwork import Groundwork

NO_REFUSALS = np.zeros((0, 2), dtype=np.int64)


def grouped(photos, found, query, order, refused=NO_REFUSALS) -> GroupRows:
    return group_rows(Groundwork(photos, found, np.asarray(order, np.int64), refused), query)


def library(content: list[int], pixels: list[int] | None = None) -> PhotoColumns:
    n = len(content)
    zero = np.zeros(n, dtype=np.int64)
    return PhotoColumns(
        photo_id=np.arange(1, n + 1),
        size_bytes=zero + 1000,
        width_px=np.full(n, 640, np.int32),
        height_px=np.full(n, 480, np.int32),
        mtime_s=zero.astype(np.float64),
        taken_s=np.arange(n, dtype=np.float64),
        has_subseconds=np.zeros(n, np.bool_),
        camera_key=np.zeros(n, np.int32),
        content_key=np.array(content, dtype=np.int64),
        pixel_key=np.array(pixels if pixels is not None else [-1] * n, dtype=np.int64),
        sharpness=np.ones(n, np.float32),
        jpeg_quality=np.full(n, 90, np.int16),
        field_count=np.zeros(n, np.int16),
        rating=np.zeros(n, np.int16),
        is_raw=np.zeros(n, np.bool_),
        is_lossless=np.zeros(n, np.bool_),
        online=np.ones(n, np.bool_),
        file_key=np.full(n, -1),
        managed=np.zeros(n, np.bool_),
        paths=[f"/photos/{row}.jpg" for row in range(n)],
    )


def relations(rows: list[tuple[int, int, float, PhotoClass]]) -> RelationColumns:
    n = len(rows)
    return RelationColumns(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[3].rank for row in rows], dtype=np.int8),
        np.array([row[2] for row in rows], dtype=np.float32),
        np.zeros(n, np.int8),
        np.ones(n, np.float32),
        np.full(n, np.nan, np.float32),
        np.full(n, np.nan, np.float32),
    )


def sets_of(groups: GroupRows) -> list[list[int]]:
    return [groups.rows[groups.starts[g] : groups.starts[g + 1]].tolist() for g in range(len(groups))]


def ties_of(groups: GroupRows) -> list[tuple[list[int], list[int], list[int]]]:
    """Rows of each group, the relation that ties each, and the row that it leads to."""
    parts = (np.split(column, groups.starts[1:-1]) for column in (groups.rows, groups.via, groups.to))
    return [tuple(part.tolist() for part in group) for group in zip(*parts, strict=True)] if len(groups) else []


def pairs_of(groups: GroupRows) -> set[tuple[int, int]]:
    return {(a, b) for members in sets_of(groups) for a in members for b in members if a < b}


@st.composite
def cases(draw: st.DrawFn):
    n = draw(st.integers(2, 14))
    content = draw(st.lists(st.integers(0, n), min_size=n, max_size=n))
    pixel_of = draw(st.dictionaries(st.integers(0, n), st.integers(0, 4), max_size=n))
    photos = library(content, [pixel_of.get(key, -1) for key in content])
    edge = st.tuples(
        st.integers(0, n - 1),
        st.integers(0, n - 1),
        st.integers(50, 99).map(lambda score: score / 100),
        st.sampled_from([PhotoClass.SAME_SHOT, PhotoClass.EDITED, PhotoClass.BURST]),
    ).filter(lambda row: row[0] < row[1])
    rows = draw(st.lists(edge, max_size=40, unique_by=lambda row: row[:2]))
    refused = draw(st.lists(st.tuples(st.sampled_from(content), st.sampled_from(content)), max_size=3))
    order = np.array(draw(st.permutations(range(n))), dtype=np.int64)
    photo_class = draw(st.sampled_from(list(PhotoClass)[:5]))
    return photos, rows, np.array(refused, dtype=np.int64).reshape(-1, 2), order, photo_class


@settings(max_examples=500, deadline=None)
@given(cases(), st.integers(50, 99), st.randoms(use_true_random=False))
def test_groups_are_stars_without_refused_pairs_whatever_the_order(case, percent, random):
    photos, rows, refused, order, photo_class = case
    query = GroupQuery(photo_class, percent / 100)
    groups = grouped(photos, relations(rows), query, order, refused)
    assert len(set(groups.rows.tolist())) == len(groups.rows)
    forbidden = {frozenset(pair) for pair in refused.tolist()}
    for members, vias, centres in ties_of(groups):
        keeper = members[0]
        assert len(members) >= 2
        assert (vias[0], centres[0]) == (-1, keeper)
        if photo_class is PhotoClass.BURST:  # the best, then the others as they were taken
            assert order[keeper] == order[members].min()
            assert photos.taken_s[members[1:]].tolist() == sorted(photos.taken_s[members[1:]].tolist())
        else:
            assert order[members].tolist() == sorted(order[members].tolist())
        for member, via, centre in zip(members[1:], vias[1:], centres[1:], strict=True):
            if via >= 0:
                assert rows[via][2] >= np.float32(query.similarity) or np.isclose(rows[via][2], query.similarity)
                assert rows[via][3].rank <= photo_class.rank
                if photo_class is not PhotoClass.BURST:
                    assert all(_same(photos, end, centre) or _same(photos, end, member) for end in rows[via][:2])
            else:
                assert centre == keeper
                assert _same(photos, keeper, member)
        assert len(set(centres) - {keeper}) <= 1  # one representative, which is tied to the keeper itself
        assert all(centres[members.index(centre)] == keeper for centre in centres)
        for a in members:
            for b in members:
                key = frozenset((int(photos.content_key[a]), int(photos.content_key[b])))
                assert a == b or key not in forbidden
    shuffled = rows.copy()
    random.shuffle(shuffled)
    again = grouped(photos, relations(shuffled), query, order, refused)
    assert sets_of(again) == sets_of(groups)
    assert again.to.tolist() == groups.to.tolist()


def _same(photos: PhotoColumns, one: int, two: int) -> bool:
    if photos.content_key[one] == photos.content_key[two]:
        return True
    return bool(photos.pixel_key[one] == photos.pixel_key[two] >= 0)


@settings(max_examples=300, deadline=None)
@given(cases(), st.integers(50, 98), st.integers(1, 40))
def test_raising_the_similarity_never_makes_a_new_pair(case, percent, more):
    photos, rows, refused, order, photo_class = case
    loose = grouped(photos, relations(rows), GroupQuery(photo_class, percent / 100), order, refused)
    strict = grouped(photos, relations(rows), GroupQuery(photo_class, (percent + more) / 100), order, refused)
    assert pairs_of(strict) <= pairs_of(loose)


def test_a_chain_is_not_a_group():
    photos = library(list(range(4)))
    chain = relations([(0, 1, 0.9, PhotoClass.EDITED), (1, 2, 0.9, PhotoClass.EDITED), (2, 3, 0.9, PhotoClass.EDITED)])
    groups = grouped(photos, chain, GroupQuery(PhotoClass.EDITED), np.arange(4))
    assert sets_of(groups) == [[0, 1, 2]]
    assert groups.to.tolist() == [0, 0, 1]


def test_a_crop_of_an_edited_copy_belongs_to_the_group_and_does_not_hang_on_the_keeper():
    """Keeper 0; original 1 is tied to both; 2 is a crop that was compared with the keeper and refused."""
    photos = library(list(range(4)))
    found = relations([(0, 1, 0.8, PhotoClass.EDITED), (1, 2, 0.95, PhotoClass.EDITED)])
    groups = grouped(photos, found, GroupQuery(PhotoClass.EDITED), np.arange(4))
    assert ties_of(groups) == [([0, 1, 2], [-1, 0, 1], [0, 0, 1])]


def test_a_photo_goes_to_the_surest_representative_and_no_group_draws_a_stranger_in():
    """Two pictures of four copies each; copy 7 of the second looks, less surely, like the best photo of the first."""
    photos = library(list(range(8)))
    first = [(0, other, 0.9, PhotoClass.EDITED) for other in (1, 2, 3)] + [(1, 2, 0.9, PhotoClass.EDITED)]
    second = [(4, other, 0.9, PhotoClass.EDITED) for other in (5, 6, 7)]
    both = relations([*first, *second, (0, 7, 0.8, PhotoClass.EDITED)])
    for similarity in (0.5, 0.75, 0.85):
        ground = Groundwork(photos, both, np.arange(8), NO_REFUSALS)
        groups = group_rows(ground, GroupQuery(PhotoClass.EDITED, similarity))
        assert sets_of(groups) == [[0, 1, 2, 3], [4, 5, 6, 7]]
        bridges = weak_bridges(ground, groups)
        found = zip(bridges.own.tolist(), bridges.other.tolist(), bridges.other_group.tolist(), strict=True)
        assert list(found) == ([(0, 7, 1), (7, 0, 0)] if similarity < 0.8 else [])
        assert bridges.starts.tolist() == ([0, 1, 2] if similarity < 0.8 else [0, 0, 0])


@settings(max_examples=200, deadline=None)
@given(cases(), st.integers(50, 99))
def test_bridges_lead_out_of_their_group_by_a_relation_that_is_sure_enough(case, percent):
    photos, rows, refused, order, photo_class = case
    ground = Groundwork(photos, relations(rows), order, refused)
    groups = group_rows(ground, GroupQuery(photo_class, percent / 100))
    bridges = weak_bridges(ground, groups)
    members = sets_of(groups)
    assert len(bridges.starts) == len(groups) + 1
    for g in range(len(groups)):
        found = range(bridges.starts[g], bridges.starts[g + 1])
        assert len(found) <= 8
        for k in found:
            own, other, other_group = int(bridges.own[k]), int(bridges.other[k]), int(bridges.other_group[k])
            assert own in members[g]
            assert other not in members[g]
            assert other_group == -1 or other in members[other_group]
            assert rows[bridges.via[k]][2] >= np.float32(percent / 100)
            assert rows[bridges.via[k]][3].rank <= photo_class.rank


def test_a_group_holds_the_identical_copies_of_its_members_and_a_class_needs_its_own_tie():
    photos = library([1, 1, 2, 3, 3])
    found = relations([(0, 2, 0.9, PhotoClass.SAME_SHOT)])
    same = grouped(photos, found, GroupQuery(PhotoClass.SAME_SHOT), np.arange(5))
    assert sets_of(same) == [[0, 1, 2]]
    assert same.via.tolist() == [-1, -1, 0]
    exact = grouped(photos, found, GroupQuery(PhotoClass.IDENTICAL_FILE), np.arange(5))
    assert sets_of(exact) == [[0, 1], [3, 4]]
    assert len(grouped(photos, found, GroupQuery(PhotoClass.EDITED), np.arange(5))) == 0


def test_a_burst_shows_one_photo_of_each_exposure_and_ends_at_a_pause():
    photos = library(list(range(5)))
    photos.taken_s[:] = [0, 0, 1, 2, 30]
    ties = [(0, 1, 0.95, PhotoClass.SAME_SHOT)]
    ties += [(0, other, 0.9, PhotoClass.BURST) for other in (2, 3, 4)]
    groups = grouped(photos, relations(ties), GroupQuery(PhotoClass.BURST), np.arange(5))
    assert sets_of(groups) == [[0, 2, 3]]


def test_the_frames_of_a_burst_follow_the_keeper_as_they_were_taken():
    photos = library(list(range(5)))
    order = np.array([3, 2, 0, 4, 1])  # ranks: the third frame is the best
    ties = relations([(a, b, 0.9, PhotoClass.BURST) for a in range(5) for b in range(a + 1, 5)])
    groups = grouped(photos, ties, GroupQuery(PhotoClass.BURST), order)
    assert groups.rows.tolist() == [2, 0, 1, 3, 4]
    assert groups.via[0] == -1
    assert (groups.via[1:] >= 0).all()


def test_a_hundred_thousand_photos_group_in_a_blink():
    n = 100_000
    photos = library(list(range(n)))
    first = np.repeat(np.arange(0, n, 5), 10)
    a, b = np.triu_indices(5, 1)
    one, two = first + np.tile(a, n // 5), first + np.tile(b, n // 5)
    count = len(one)
    columns = RelationColumns(
        one, two, np.full(count, 2, np.int8), np.full(count, 0.9, np.float32), np.zeros(count, np.int8),
        np.ones(count, np.float32), np.zeros(count, np.float32), np.zeros(count, np.float32),
    )  # fmt: skip
    order = np.random.default_rng(1).permutation(n)
    start = time.process_time()
    groups = grouped(photos, columns, GroupQuery(PhotoClass.SAME_SHOT), order)
    spent = time.process_time() - start
    assert count == 200_000
    assert len(groups) == n // 5
    assert spent < 1.0  # the aim is 0.3 s; the rest is room for a busy machine

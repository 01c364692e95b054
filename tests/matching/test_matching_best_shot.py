"""The best shot of a group: what wins, by how much, and how it is said. Scores mean something within a group only."""

import numpy as np
import pytest
from numpy.typing import NDArray

from twinlens.domain.group import ShotTrait
from twinlens.domain.measures import EYES_UNKNOWN, TILES, no_measures
from twinlens.matching.best_shot import Shots, ShotScores, best_shots
from twinlens.matching.best_shot_words import explain_best, explain_other, ranking, traits


def frames(count: int) -> NDArray[np.void]:
    """Alike in everything: sharp in the middle, an even ground around it."""
    rows = no_measures(count)
    middle = np.zeros((12, 12), np.uint8)
    middle[4:8, 4:8] = 60
    rows["content"] = 30 + middle.reshape(TILES)
    rows["sharp"] = 48
    rows["luma"] = 120
    rows["mean"], rows["noise"] = 120.0, 1.0
    return rows


def scored(rows: NDArray[np.void], *lengths: int, megapixels: list[int] | None = None) -> ShotScores:
    count = len(rows)
    area = np.array(megapixels or [12] * count) * 1_000_000
    starts = np.concatenate([[0], np.cumsum(lengths or [count])])
    return best_shots(Shots(starts, rows, area, np.zeros(count, np.bool_), np.zeros(count, np.bool_)))


def test_sharpness_counts_on_the_subject():
    rows = frames(3)
    middle = (np.arange(TILES) // 12 // 4 == 1) & (np.arange(TILES) % 12 // 4 == 1)
    rows["sharp"][1, middle] = 52
    rows["sharp"][2, ~middle] = 60
    scores = scored(rows)
    assert ranking(scores)[0] == 1
    assert "sharper on the subject than the next by" in explain_best(scores, 1)
    assert "softer on the subject than the one kept by" in explain_other(scores, 0, 1)
    assert traits(scores)[1] == (ShotTrait.SHARPEST,)


def test_what_moves_through_the_picture_decides_little():
    rows = frames(3)
    rows["luma"][1, :36] = 20  # something dark and sharp passes along the upper edge
    rows["content"][1, :36] = 90
    rows["sharp"][1, :36] = 70
    rows["sharp"][2, 36:] = 51
    assert ranking(scored(rows))[0] == 2


@pytest.mark.parametrize(
    ("field", "value", "words", "trait"),
    [
        ("bright", 0.2, "clipped to white", ShotTrait.CLIPPED),
        ("dark", 0.2, "lost in black", ShotTrait.BLOCKED),
        ("noise", 6.0, "more noise than the one kept by 500%", ShotTrait.NOISY),
        ("mean", 40.0, "darker than the one kept by 3.5 EV", ShotTrait.DARK),
        ("mean", 230.0, "lighter than the one kept by 2.1 EV", ShotTrait.LIGHT),
    ],
)
def test_what_spoils_a_frame_is_said(field: str, value: float, words: str, trait: ShotTrait):
    rows = frames(3)
    rows[field][1] = value
    scores = scored(rows)
    assert ranking(scores) == [0, 2, 1]
    assert words in explain_other(scores, 1, 0)
    assert trait in traits(scores)[1]
    assert explain_best(scores, 0).startswith("the best shot, hardly better than the next")


def test_a_sharp_frame_is_not_noisy_beside_one_that_lost_its_grain_with_its_detail():
    rows = frames(3)
    rows["noise"] = 3.0
    rows["sharp"][2], rows["noise"][2] = 24, 0.5
    said = traits(scored(rows))
    assert ShotTrait.SOFT in said[2]
    assert ShotTrait.NOISY not in said[0] + said[1]


def test_only_the_group_counts():
    """A soft group has a best shot as well, and what all frames share costs none of them anything."""
    rows = frames(4)
    rows["sharp"][2:] = 20
    rows["bright"][2:] = 0.3
    rows["sharp"][3] = 24
    scores = scored(rows, 2, 2)
    alone = scored(rows[2:])
    np.testing.assert_allclose(scores.total[2:], alone.total, rtol=1e-5)
    assert scores.total[3] > scores.total[2]
    assert not any(ShotTrait.CLIPPED in mine for mine in traits(alone))


def test_eyes_count_where_another_frame_has_them_open():
    rows = frames(3)
    rows["faces"]["side"][:, :2] = 40
    rows["faces"]["sharp"][:, :2] = 40
    rows["faces"]["open"][:, :2] = 220
    rows["faces"]["open"][1, 0] = 10
    scores = scored(rows)
    assert ranking(scores)[-1] == 1
    assert "eyes open on 2 of 2 faces, the next 1 of 2" in explain_best(scored(rows[:2]), 0)
    assert "eyes closed on 1 of 2 faces" in explain_other(scores, 1, 0)
    assert traits(scores)[1] == (ShotTrait.EYES_CLOSED,)
    rows["faces"]["open"][:, 0] = 10  # in all frames: an expression
    assert np.ptp(scored(rows).total) < 1e-6


@pytest.mark.parametrize("doubt", [100, EYES_UNKNOWN])
def test_a_doubtful_eye_decides_nothing(doubt: int):
    rows = frames(2)
    rows["faces"]["side"][:, 0] = 40
    rows["faces"]["open"][:, 0] = (220, doubt)
    scores = scored(rows)
    assert scores.total[0] == scores.total[1]
    assert not any(traits(scores))


def test_pixels_and_a_frame_that_cannot_be_measured():
    rows = frames(3)
    rows[2] = no_measures(1)[0]
    scores = scored(rows, megapixels=[3, 12, 12])
    assert ranking(scores) == [1, 0, 2]
    assert "12.0 megapixels, the next 3.0 megapixels" in explain_best(scores, 1)
    assert explain_other(scores, 2, 1)

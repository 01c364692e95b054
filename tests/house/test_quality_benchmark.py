"""The quality table tells the truth: the split is the data's, a miss breaks its limit, strangers are never the same picture."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.made_strangers import KINDS, make_strangers
from benchmarks.quality_kinds import ROW_OF
from benchmarks.quality_scores import Score, limits, lookalike_rows, precision_rows, recall_rows
from twinlens.domain.relation import PhotoClass
from twinlens.lab.copies.made import Copy
from twinlens.lab.edits import EDITS


def test_every_edit_has_a_row_that_asks_no_less_than_the_edit_itself():
    for name, edit in EDITS.items():
        assert ROW_OF[name].photo_class is edit.photo_class, name
        assert ROW_OF[name].at_least == edit.at_least, name


@pytest.mark.photos
def test_copies_are_made_of_the_test_half_only(shared_data: Path):
    from benchmarks import photo_truth

    sources = photo_truth.sources()
    assert len(sources) > 200
    assert all(photo_truth.is_test_half(path) for path in sources)
    frames = [path for path in sources if "series_lund" in path]
    assert len(frames) == 12  # a series stays on one side
    families = photo_truth.families()
    assert len({families[photo_truth.full_path(path)] for path in sources}) == len(sources)


def test_a_miss_and_a_stranger_break_their_limits():
    crops = [Copy(f"a{at}", "a", "cropped-5%", PhotoClass.EDITED) for at in range(9)]
    score = Score({"a": "A", "b": "B"}, {"A"})
    missed = score.add(crops, {PhotoClass.EDITED: [["a", "b", *(f"a{at}" for at in range(8))]]}, known=2, new=9)
    assert [copy.path for copy in missed] == ["a8"]
    assert recall_rows(score, {"other": {"crop 5 %": 0.5}})[0][3:6] == ("0.889", "0.95", "BROKEN")
    broken = {limit.what for limit in limits(score, []) if not limit.kept}
    assert {"% missed: crop 5 %", "% wrong: edited", "false pairs of edited in 100,000"} <= broken
    assert precision_rows(score)[3][1:3] == ("45", "9")


def test_a_stranger_that_any_round_joined_is_counted():
    rounds = [{PhotoClass.SAME_SHOT: [["x", "y"]]}, {PhotoClass.EDITED: [["x", "y"], ["y2", "z"]]}]
    assert lookalike_rows([("sky", ("x", "y", "z"))], rounds) == [("sky", "3", "1", "0")]


def test_made_up_strangers_are_different_pictures_and_the_same_ones_every_time(tmp_path: Path):
    made = make_strangers(tmp_path / "a", each=2)
    again = make_strangers(tmp_path / "b", each=2)
    assert list(made) == list(KINDS)
    for kind, paths in made.items():
        one, two = (np.asarray(Image.open(path), dtype=np.int16) for path in paths)
        assert one.shape == two.shape
        assert np.abs(one - two).mean() > 0.2, kind
        assert [Path(path).read_bytes() for path in paths] == [Path(path).read_bytes() for path in again[kind]]

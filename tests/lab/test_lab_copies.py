"""``twinlens lab copies``: what is counted is what was found, and nothing of the user's is touched."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.small_tree import run
from twinlens.domain.relation import PhotoClass
from twinlens.lab.copies.found import Tally, Together, pairs_together, tallies
from twinlens.lab.copies.made import Copy, shuffled_kinds
from twinlens.lab.edits import EDITS

GROUPS = {
    PhotoClass.SAME_SHOT: [["a", "a-q30", "a-bright"]],
    PhotoClass.EDITED: [["a", "a-crop", "b"], ["c", "c-q30"]],
}
COPIES = [
    Copy("a-q30", "a", "q30", PhotoClass.SAME_SHOT),
    Copy("c-q30", "c", "q30", PhotoClass.SAME_SHOT),
    Copy("a-bright", "a", "bright", PhotoClass.EDITED),
    Copy("a-crop", "a", "crop", PhotoClass.EDITED),
    Copy("b-crop", "b", "crop", PhotoClass.EDITED),
]


def test_a_weaker_class_does_not_count_and_a_stronger_one_is_told():
    found = tallies(COPIES, Together(GROUPS), lambda copy: copy.kind)
    assert (found["q30"].recall, found["q30"].any_class) == (0.5, 1.0)
    assert (found["bright"].recall, found["bright"].too_strong) == (1.0, 1)
    assert (found["crop"].recall, found["crop"].any_class, found["crop"].too_strong) == (0.5, 0.5, 0)
    assert Tally().recall == 1.0


def test_pairs_of_strangers_are_wrong_where_one_of_them_is_scored():
    family_of = {"a": "A", "a-crop": "A", "b": "B", "c": "C", "c-q30": "C"}
    pairs = pairs_together(GROUPS, PhotoClass.EDITED, family_of, {"A"})
    assert (pairs.count, pairs.wrong) == (3, frozenset({("a", "b"), ("a-crop", "b")}))
    assert pairs.precision == pytest.approx(1 / 3)
    assert pairs_together(GROUPS, PhotoClass.EDITED, family_of, {"D"}).count == 0


def test_rounds_come_to_every_kind():
    kinds = shuffled_kinds([1, 5])
    assert sorted(kinds) == sorted(EDITS)
    assert kinds == shuffled_kinds([1, 5])
    assert kinds != shuffled_kinds([1, 6])


@pytest.mark.photos
def test_copies_are_made_found_and_gone(photos_dir: Path, tmp_path: Path):
    folder, library = tmp_path / "photos", tmp_path / "library"
    folder.mkdir()
    for path in sorted((photos_dir / "landscape").glob("*.jpg"))[:3]:
        shutil.copyfile(path, folder / path.name)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    options = ("--photos", "2", "--edits", "5", "--rounds", "1", "--json")
    result = run("lab", "copies", "--library", str(library), str(folder), *options)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    rows = {row["edit"]: row for row in found["tables"][0]["rows"]}
    assert sum(row["copies"] for row in rows.values()) == 10
    assert found["settings"]["photos beside them"] == 1
    assert found["measures"]["found"] >= 0.7
    assert found["measures"]["strangers"] == 0
    assert found["figures"][0]["labels"] == list(rows)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    listed = json.loads(run("duplicates", "--no-scan", "--library", str(library), "--json").stdout)
    assert listed["groups"] == []


def test_a_folder_without_photos_is_one_sentence(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    result = run("lab", "copies", "--library", str(tmp_path / "library"), str(tmp_path / "empty"))
    assert result.exit_code == 1
    assert "no photos" in result.stderr.splitlines()[-1]

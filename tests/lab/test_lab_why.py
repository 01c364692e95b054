"""``twinlens lab why``: the reason is the true one, for any two image files."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.small_tree import Tree, run
from twinlens.lab.copies.made import upright
from twinlens.lab.edits import write

pytestmark = pytest.mark.photos


def _why(one: Path | str, two: Path | str, library: Path) -> dict[str, Any]:
    result = run("lab", "why", "--library", str(library), str(one), str(two), "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_crop_is_joined_and_said_to_be_one(photos_dir: Path, tmp_path: Path):
    original = sorted((photos_dir / "series_lund").iterdir())[0]
    copy = write(upright(str(original))[0], "cropped-20%", tmp_path / "crop", np.random.default_rng(1))
    found = _why(original, copy, tmp_path / "library")
    assert found["measures"]["class"] == "edited"
    assert "Joined as edited (cropped)" in found["words"][0]
    assert "no library" in found["words"][1]
    laid = found["figures"][1]
    assert [picture["caption"] for picture in laid["pictures"]][1] == "second, laid over the first"
    left = float(laid["words"].split()[2])
    assert left < 4  # well aligned: only what the encoder left
    tables = {table["title"]: table["rows"] for table in found["tables"]}
    assert len([row for row in tables["Every channel"] if row["channel"].startswith("perceptual")]) == 8
    assert any("coverage" in row["measurement"] for row in tables["Is it one exposure, edited?"])


def test_two_frames_of_a_series_are_parted_by_their_times(photos_dir: Path, tmp_path: Path):
    first, second = sorted((photos_dir / "series_tree").iterdir())[1:3]
    found = _why(first, second, tmp_path / "library")
    assert found["measures"]["class"] in (None, "burst")
    assert "the shutter was pressed twice" in found["words"][0]


def test_strangers_are_parted_before_anybody_looks(photos_dir: Path, tmp_path: Path):
    street = sorted((photos_dir / "series_lund").iterdir())[0]
    stranger = sorted((photos_dir / "caltech101").rglob("*.jpg"))[0]
    found = _why(street, stranger, tmp_path / "library")
    assert found["measures"]["class"] is None
    assert "before anybody looked" in found["words"][0]


def test_the_group_of_the_library_is_told(scanned: Tree):
    one, two = scanned.identical
    found = _why(one, two, scanned.library)
    assert "every byte is equal" in found["words"][0]
    assert any("share the group identical-file-" in words for words in found["words"])


def test_the_same_or_a_broken_file_is_one_sentence(tree: Tree, tmp_path: Path):
    good = str(sorted((tree.photos / "card").iterdir())[0])
    shutil.copyfile(tree.broken, tmp_path / "broken.jpg")
    again = run("lab", "why", "--library", str(tree.library), good, good)
    broken = run("lab", "why", "--library", str(tree.library), good, str(tmp_path / "broken.jpg"))
    assert (again.exit_code, broken.exit_code) == (1, 1)
    assert again.stderr.splitlines()[-1].startswith("Both are the same file")
    assert "cannot be read" in broken.stderr.splitlines()[-1]
    assert not tree.library.exists()

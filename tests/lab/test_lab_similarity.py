"""``twinlens lab similarity``: real classes of photos are told apart, and the figures are what they say."""

import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.small_tree import run
from twinlens.fingerprints.model import bundled_model
from twinlens.lab.similarity.accuracy import accuracy_of, confused
from twinlens.lab.similarity.gathering import Gathered
from twinlens.lab.similarity.neighbours import nearest
from twinlens.lab.similarity.silhouette import clustered, silhouettes
from twinlens.lab.workbench import Workbench

CLASSES = ("accordion", "car_side", "dalmatian", "flamingo", "ibis")
BENCH = Workbench(lambda _folders: pytest.fail("no library is needed"))


@pytest.fixture(scope="module")
def classes(photos_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five classes of six real photos, one of them without a class, in a folder that is scanned by the first test."""
    place = tmp_path_factory.mktemp("classes")
    for name in CLASSES:
        (place / "photos" / name).mkdir(parents=True)
        for source in sorted((photos_dir / "caltech101" / name).glob("*.jpg"))[:6]:
            shutil.copyfile(source, place / "photos" / name / source.name)
    loose = next(iter((photos_dir / "caltech101" / "barrel").glob("*.jpg")))
    shutil.copyfile(loose, place / "photos" / "loose.jpg")
    return place


def measured(classes: Path, *more: str, folder: str = "photos") -> dict[str, Any]:
    result = run("lab", "similarity", str(classes / folder), "--library", str(classes / "library"), "--json", *more)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def made(vectors: np.ndarray, labels: list[int], folders: int) -> Gathered:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    names = tuple(f"{number}.jpg" for number in range(len(labels)))
    folder_names = tuple("abcdefgh"[:folders])
    return Gathered(names, np.array(labels), folder_names, unit.astype(np.float16), 0, bundled_model().identity)


def test_real_classes_are_told_apart(classes: Path):
    found = measured(classes)
    measures, settings = found["measures"], found["settings"]
    assert measures["classes"] == 5
    assert settings["photos"] == 31
    assert settings["asked"] == 30  # the loose photo has no class
    assert 0.8 < measures["similarity_accuracy"] <= 1
    assert measures["nearest_accuracy"] > 0.9
    assert 0.1 < measures["chance"] < 0.25
    worst, pairs, every = found["tables"]
    assert [row["class"] for row in worst["rows"]] == [row["class"] for row in every["rows"]]
    shares = [row["accuracy"] for row in every["rows"]]
    assert shares == sorted(shares)
    assert {pairs["rows"][0]["class"], pairs["rows"][0]["other"]} == {"flamingo", "ibis"}
    heat = next(figure for figure in found["figures"] if figure["kind"] == "heatmap")
    assert np.allclose(np.sum(heat["values"], axis=1), 1, atol=1e-5)
    assert np.all(np.argmax(heat["values"], axis=1) == np.arange(5))


def test_without_folders_clusters_are_judged(classes: Path):
    measured(classes)  # scanned, if this test runs alone
    found = measured(classes, folder="photos/ibis")
    assert -1 <= found["measures"]["silhouette"] <= 1
    assert sum(row["photos"] for row in found["tables"][0]["rows"]) == 6
    assert "no folders" in found["words"][0]
    forced = measured(classes, "--clusters", "5")
    assert forced["measures"]["clusters"] == 5
    clearest = forced["tables"][0]["rows"][0]
    assert clearest["photo"].split("/")[0] in ("car_side", "dalmatian", "accordion")
    assert clearest["photos"] == 6


def test_too_few_photos_are_one_sentence(classes: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    result = run("lab", "similarity", str(tmp_path / "empty"), "--library", str(tmp_path / "library"))
    assert result.exit_code == 1
    assert "0 photos under" in result.stderr.splitlines()[-1]


def test_neighbours_in_blocks_are_those_of_one_product(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("twinlens.lab.similarity.neighbours.ROWS", 7)
    monkeypatch.setattr("twinlens.lab.similarity.neighbours.QUERIES", 5)
    vectors = made(np.random.default_rng(0).normal(size=(40, 6)), [0] * 40, 1).vectors
    cosines = vectors.astype(np.float32) @ vectors.astype(np.float32).T
    np.fill_diagonal(cosines, -np.inf)
    asked = np.arange(0, 40, 3)
    blocks = list(nearest(vectors, asked, 9))
    assert np.array_equal(np.concatenate([rows for rows, _, _ in blocks]), asked)
    found = np.concatenate([rows for _, rows, _ in blocks])
    assert np.array_equal(found, np.argsort(-cosines[asked], axis=1, kind="stable")[:, :9])


def test_accuracy_counts_what_could_be_right():
    centres = np.eye(3, 8)[[0, 0, 0, 1, 1, 1, 2]] + np.random.default_rng(1).normal(0, 0.01, (7, 8))
    perfect = accuracy_of(BENCH, made(centres, [0, 0, 0, 1, 1, 1, 2], 3), 5, 100)
    assert perfect.overall == 1  # two others each, though five neighbours are looked at
    assert perfect.asked.tolist() == [3, 3, 0]  # a class of one cannot be right
    mixed = accuracy_of(BENCH, made(centres, [0, 0, 1, 0, 1, 1, 2], 3), 2, 100)
    assert mixed.overall == pytest.approx(1 / 3)
    assert mixed.chance == pytest.approx(2 / 6)
    assert confused(mixed)[0][:2] == (0, 1)


def test_silhouettes_are_those_of_the_definition():
    random = np.random.default_rng(2)
    photos = made(random.normal(size=(30, 5)), [0] * 30, 1)
    labels = np.array([0] * 14 + [1] * 15 + [2])
    vectors = photos.vectors.astype(np.float64)
    distances = 1 - vectors @ vectors.T
    for place, score in enumerate(silhouettes(photos.vectors, labels)):
        own = [other for other in range(30) if labels[other] == labels[place] and other != place]
        if not own:
            assert score == 0
            continue
        inside = distances[place, own].mean()
        others = [distances[place, labels == label].mean() for label in range(3) if label != labels[place]]
        assert score == pytest.approx((min(others) - inside) / max(inside, min(others)), abs=0.01)


def test_the_number_of_clusters_is_found():
    random = np.random.default_rng(3)
    centres = np.repeat(np.eye(6, 32), 20, axis=0) + random.normal(0, 0.03, (120, 32))
    found = clustered(BENCH, made(centres, [0] * 120, 1).vectors, 0)
    assert int(found.labels.max()) + 1 == 6
    for first, second in itertools.combinations(range(0, 120, 20), 2):
        assert found.labels[first] != found.labels[second]

"""``twinlens lab ann``: every index in a process of its own, its figures beside exact search; what is absent is named."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from tests.cli.small_tree import environment, run
from tests.review.made_library import catalogue, picture
from twinlens.fingerprints.model import bundled_model
from twinlens.lab.ann.contender import is_installed
from twinlens.lab.ann.contenders import CONTENDERS
from twinlens.lab.ann.measuring import Answered, Trial
from twinlens.lab.ann.tables import chosen
from twinlens.lab.ann.trial import recall
from twinlens.lab.ann.vector_file import VectorFile, family_blocks, random_blocks
from twinlens.library.open import Library

SMALL = ("--random", "600", "--dimension", "24", "--queries", "40", "--neighbours", "5")


def make_library_with_vectors(folder: Path, count: int) -> Path:
    """Small pictures with vectors in families, as photos have them."""
    paths = [picture(folder.parent / "photos" / f"{number}.png", number) for number in range(count)]
    model = bundled_model().identity
    vectors = np.concatenate(list(family_blocks(count, model.dimension, 1, max(1, count // 12))))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with Library.open(folder) as library:
        ids = catalogue(library, paths)
        catalog = library.catalog()
        catalog.fingerprints.save_vectors([(id_, v, None) for id_, v in zip(ids, vectors, strict=True)], model.sha256)
    return folder


def test_installed_indexes_are_measured_and_absent_ones_named():
    result = run("lab", "ann", "--own", "0", *SMALL, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    rows = {row["index"]: row for row in found["tables"][0]["rows"]}
    assert len(rows) == len(CONTENDERS)
    for word, make in CONTENDERS.items():
        contender = make()
        row = rows[contender.title]
        if not is_installed(contender.package):
            assert row["problem"] == "not installed"
            assert contender.title in found["words"][-1]
            continue
        assert row["problem"] == ""
        assert row["build_cpu_s"] >= 0
        assert row["memory_bytes"] >= 0
        assert row["queries_a_second"] > 0
        assert row["recall"] == 1 if word == "exact" else row["recall"] > 0.8
    every = found["tables"][1]["rows"]
    assert len([row for row in every if row["index"] == "hnswlib"]) == len(CONTENDERS["hnswlib"]().efforts)
    kinds = [figure["kind"] for figure in found["figures"]]
    assert kinds == ["lines", "bars", "bars"]


def test_the_own_vectors_of_the_library_are_measured(tmp_path: Path):
    library = make_library_with_vectors(tmp_path / "library", 400)
    result = run(
        *("lab", "ann", "--library", str(library), "--random", "0", "--queries", "50", "--only", "projected", "--json")
    )
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["settings"]["own vectors"] == "350 of 1280 numbers"
    rows = {row["index"]: row for row in found["tables"][0]["rows"]}
    assert set(rows) == {"exact", "Twinlens (projected)"}
    assert rows["Twinlens (projected)"]["recall"] > 0.9


def test_a_library_without_vectors_is_one_sentence(tmp_path: Path):
    make_library_with_vectors(tmp_path / "library", 3)
    result = run("lab", "ann", "--library", str(tmp_path / "library"), "--random", "0")
    assert result.exit_code == 1
    assert "has 3 vectors, too few" in result.stderr.splitlines()[-1]
    assert run("lab", "ann", "--own", "0", "--random", "0").exit_code == 1


@pytest.mark.usefixtures("ctrl_c_is_heeded")
def test_ctrl_c_ends_the_process_that_builds(tmp_path: Path):
    """While hnswlib builds an index that would take minutes."""
    command = (
        "lab",
        "ann",
        "--own",
        "0",
        "--random",
        "120000",
        "--dimension",
        "32",
        "--queries",
        "9",
        "--only",
        "hnswlib",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "twinlens", *command],
        env=environment(TMPDIR=str(tmp_path)),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "hnswlib" in line:
                break
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) == 130
    assert rest.splitlines()[-1] == "Interrupted."
    assert not [name for name in os.listdir(tmp_path) if name.startswith("twinlens-lab")]


def test_recall_counts_what_was_found():
    truth = np.array([[1, 2, 3], [4, 5, 6]])
    assert recall(np.array([[3, 2, 1], [4, 5, -1]]), truth) == pytest.approx(5 / 6)


def test_the_quickest_of_the_good_is_chosen():
    answers = (Answered(10, 900.0, 0.5), Answered(20, 500.0, 0.96), Answered(40, 300.0, 0.99))
    assert chosen(Trial("a", "A", "ef", 1.0, 1, answers)) is answers[1]
    assert chosen(Trial("a", "A", "ef", 1.0, 1, answers[:1])) is answers[0]
    assert chosen(Trial("a", "A", "ef", None, None, (), "not installed")) is None


@pytest.mark.parametrize(
    "blocks", [random_blocks(5_000, 16, 0), family_blocks(5_000, 16, 0, 9)], ids=["random", "families"]
)
def test_a_file_of_vectors_gives_unit_vectors(blocks):
    with tempfile.TemporaryDirectory() as folder:
        told: list[int] = []
        file = VectorFile.written(Path(folder) / "a.npy", 5_000, 16, blocks, told.append)
        assert told == [4_096, 5_000]
        _, vectors = file.of(np.array([3, 4_999]))
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert sum(len(ids) for ids, _ in file.blocks()) == 5_000

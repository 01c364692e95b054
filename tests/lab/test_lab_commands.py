"""``twinlens lab``: every experiment is a command with the same forms."""

import json
from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, run
from tests.lab.made_report import REPORT
from twinlens.cli.commands import lab
from twinlens.cli.shared import Shared
from twinlens.lab.experiment import Experiment, Option, Wants, Wishes
from twinlens.lab.workbench import NothingToMeasure, Workbench


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """An experiment that exists in this test only; tells what it was given."""
    given: list[object] = []

    def measure(bench: Workbench, wishes: Wishes):
        given.append((wishes.text("folder"), wishes.count("most"), wishes.switch("quick"), wishes.text("how")))
        with bench.library([wishes.text("folder")]) as library:
            given.append(library.catalog().photos.count())
        bench.step("Weighing", 1, 2)
        if wishes.switch("quick"):
            raise NothingToMeasure("There is nothing to weigh.")
        return REPORT

    options = (
        Option("folder", Wants.FOLDER, "Folder", argument=True, required=True),
        Option("most", Wants.COUNT, "Most", "At most so many.", default=10, least=1, most=20),
        Option("quick", Wants.SWITCH, "Quick", "Do not look closely.", default=False),
        Option("how", Wants.CHOICE, "How", "In which way.", default="a", choices=("a", "b")),
    )
    experiment = Experiment("sizes", "Sizes", "Show how large photos are.", options, measure)
    monkeypatch.setattr(lab, "experiment_named", lambda word: experiment if word == "sizes" else None)
    return given


def test_options_come_from_the_declaration(sizes: list[object], tree: Tree):
    result = run("lab", "sizes", "--help")
    for words in ("FOLDER", "--most INTEGER RANGE", "1<=x<=20", "--quick", "--how [a|b]", "--output FILE", "--window"):
        assert words in result.stdout
    assert run("lab", "sizes", "--most", "30", str(tree.photos)).exit_code == 2
    assert run("lab", "sizes").exit_code == 2
    assert run("lab", "nothing").exit_code == 2
    assert not sizes


def test_a_folder_that_was_never_scanned_is_scanned_first_and_once(sizes: list[object], tree: Tree, tmp_path: Path):
    page, sheet = tmp_path / "a.html", tmp_path / "a.png"
    shown: list[object] = []

    def show(*what: object) -> int:
        shown.append(what)
        return 0

    result = run(
        *("lab", "sizes", "--library", str(tree.library), str(tree.photos), "--most", "3", "--window", "--json"),
        *("--output", str(page), "--output", str(sheet)),
        shared=Shared(show_report=show),
    )
    assert result.exit_code == 0, result.stderr
    assert "Scanned 25 photos" in result.stderr
    assert json.loads(result.stdout)["measures"]["accuracy"] == 0.8343
    assert sizes == [(str(tree.photos), 3, False, "a"), 25]
    assert shown == [(REPORT, str(tree.library))]
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    assert sheet.read_bytes().startswith(b"\x89PNG")
    again = run("lab", "sizes", "--library", str(tree.library), str(tree.photos / "card"))
    assert again.exit_code == 0
    assert "Scanned" not in again.stderr
    assert "Title <of> it" in again.stdout


def test_what_cannot_be_answered_is_one_sentence(sizes: list[object], tree: Tree, tmp_path: Path):
    result = run("lab", "sizes", "--library", str(tree.library), str(tree.photos), "--quick")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "There is nothing to weigh."
    refused = run("lab", "sizes", str(tree.photos), "--output", str(tmp_path / "a.docx"))
    assert refused.exit_code == 1
    assert len(sizes) == 2  # refused before any work


def test_stopped_ends_with_130(sizes: list[object], tree: Tree, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("twinlens.cli.interruption.Interruption.proceed", lambda _self: len(sizes) < 2)
    result = run("lab", "sizes", "--library", str(tree.library), str(tree.photos))
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1] == "Interrupted."


def test_without_a_window_it_says_so(sizes: list[object], tree: Tree):
    result = run("lab", "sizes", "--library", str(tree.library), str(tree.photos), "--window")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].startswith("No window:")

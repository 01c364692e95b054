"""Decisions made in the window, as the command line lists them."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, document, run
from twinlens.domain.group import Mark
from twinlens.library.open import Library
from twinlens.review import decisions


@pytest.mark.photos
def test_the_history_lists_every_decision(tree: Tree, tmp_path: Path):
    where = ("--library", str(tree.library))
    assert run("scan", str(tree.photos), "--no-embedding", *where).exit_code == 0
    assert "Nothing was decided yet" in run("history", "--decisions", *where).stderr
    kept, gone = tree.identical
    with Library.open(tree.library) as library:
        photos = [library.catalog().photos.by_path(path) for path in (kept, gone)]
        decisions.mark(library, {p.id: m for p, m in zip(photos, (Mark.KEEP, Mark.REJECT), strict=True) if p})
    assert run("plan", "--output", str(tmp_path / "plan.json"), *where).exit_code == 0
    assert run("apply", str(tmp_path / "plan.json"), *where).exit_code == 0
    assert run("undo", *where).exit_code == 0
    table = run("history", "--decisions", *where).stdout
    assert "keep 1 and reject 1 photo" in table
    found = document(run("history", "--decisions", "--json", *where))["deeds"]
    assert [deed["kind"] for deed in found] == ["removal", "marks"]
    assert found[0]["turns"][0]["what"] == "taken back"
    assert [photo["after"] for photo in found[1]["photos"]] == ["keep", "reject"]
    (receipt,) = [photo for photo in found[0]["photos"] if photo["path"] == gone]
    assert (receipt["class"], receipt["keeper"]) == ("identical-file", kept)
    assert receipt["sha"] == receipt["keeper_sha"]
    assert "was removed and put back" in receipt["now"]
    lines = list(csv.DictReader(io.StringIO(run("history", "--format", "csv", *where).stdout)))
    assert {line["photo"] for line in lines if line["deed"] == str(found[1]["id"])} == {kept, gone}
    page = tmp_path / "history.html"
    assert run("history", "--output", str(page), *where).exit_code == 0
    assert kept in page.read_text()
    assert run("history", "--output", str(tmp_path / "history.doc"), *where).exit_code == 2


@pytest.mark.photos
def test_decisions_of_any_kind_are_taken_back_and_done_again(tree: Tree, tmp_path: Path):
    where = ("--library", str(tree.library))
    assert run("scan", str(tree.photos), "--no-embedding", *where).exit_code == 0
    kept, gone = tree.identical
    with Library.open(tree.library) as library:
        photo = library.catalog().photos.by_path(gone)
        assert photo is not None
        first = decisions.mark(library, {photo.id: Mark.REJECT})
    plan = tmp_path / "plan.json"
    assert run("plan", "--output", str(plan), *where).exit_code == 0
    assert run("apply", str(plan), *where).exit_code == 0
    assert not Path(gone).exists()
    refused = run("undo", "--deed", str(first), *where)
    assert refused.exit_code == 1
    assert "Put that back first" in refused.stderr
    assert "to the quarantine" in run("undo", "--decision", *where).stderr
    assert Path(gone).exists()
    assert "reject 1 photo" in run("undo", "--decision", *where).stderr
    assert run("undo", "--decision", *where).exit_code == 1
    assert document(run("redo", "--json", *where))["what"] == "reject 1 photo"
    assert run("redo", *where).exit_code == 0
    assert not Path(gone).exists()
    assert Path(kept).exists()
    assert run("redo", *where).exit_code == 1
    assert run("undo", "1", "--decision", *where).exit_code == 2

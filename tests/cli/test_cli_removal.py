"""Apply where it is refused: changed files, other volumes, several ways."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, document, run
from twinlens.cli.interruption import Interruption


@pytest.fixture
def planned(tree: Tree, tmp_path: Path) -> tuple[Tree, str]:
    library = str(tree.library)
    assert run("scan", str(tree.photos), "--library", library, "--no-embedding").exit_code == 0
    plan = str(tmp_path / "plan.json")
    assert run("plan", "--output", plan, "--library", library).exit_code == 0
    return tree, plan


def test_a_photo_that_changed_since_is_left_alone(planned: tuple[Tree, str]):
    tree, plan = planned
    changed = Path(tree.smaller[1])
    changed.write_bytes(changed.read_bytes() + b"\0")
    result = run("apply", plan, "--json", "--library", str(tree.library))
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert [refusal["path"] for refusal in report["refused"]] == [str(changed)]
    assert {step["path"] for step in report["removed"]} == {tree.identical[1], tree.turned[1]}
    assert changed.exists()
    assert str(changed) in result.stderr


def test_an_edited_plan_that_keeps_nothing_is_refused_as_a_whole(planned: tuple[Tree, str]):
    tree, plan = planned
    before = tree.contents()
    document_ = json.loads(Path(plan).read_text())
    document_["groups"][0]["keep"] = []
    Path(plan).write_text(json.dumps(document_))
    result = run("apply", plan, "--library", str(tree.library))
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert tree.contents() == before


def test_a_quarantine_on_another_volume_is_refused(planned: tuple[Tree, str]):
    tree, plan = planned
    elsewhere = "/dev/shm"
    if not os.access(elsewhere, os.W_OK) or os.stat(elsewhere).st_dev == os.stat(tree.photos).st_dev:
        pytest.skip("there is no second volume")
    before = tree.contents()
    result = run("apply", plan, "--json", "--library", str(tree.library), "--quarantine", f"{elsewhere}/twinlens-test")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["removed"] == []
    assert "another volume" in result.stderr
    assert tree.contents() == before


def test_the_quarantine_may_come_from_the_environment(
    planned: tuple[Tree, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tree, plan = planned
    monkeypatch.setenv("TWINLENS_QUARANTINE", str(tmp_path / "waiting"))
    report = document(run("apply", plan, "--json", "--library", str(tree.library)))
    assert all(step["resting_path"].startswith(str(tmp_path / "waiting")) for step in report["removed"])


def test_a_hard_link_is_taken_back_too(planned: tuple[Tree, str]):
    tree, plan = planned
    library = str(tree.library)
    # Only the identical file may become a link: the others would lose their content.
    document_ = json.loads(Path(plan).read_text())
    document_["groups"] = [group for group in document_["groups"] if group["class"] == "identical-file"]
    Path(plan).write_text(json.dumps(document_))
    before = tree.contents()
    report = document(run("apply", plan, "--to", "hardlink", "--json", "--library", library))
    assert [step["kind"] for step in report["removed"]] == ["hardlink"]
    original, copy = tree.identical
    assert os.path.samefile(original, copy)
    assert document(run("undo", str(report["session"]), "--json", "--library", library))["session"] == report["session"]
    assert not os.path.samefile(original, copy)
    assert tree.contents() == before
    shown = run("history", "--library", library).stdout
    assert "hardlink" in shown
    assert "put back" in run("history", str(report["session"]), "--library", library).stdout


def test_an_interrupted_apply_ends_with_130_and_can_be_taken_back(
    planned: tuple[Tree, str], monkeypatch: pytest.MonkeyPatch
):
    tree, plan = planned
    library = str(tree.library)
    before = tree.contents()
    asked: list[Interruption] = []

    def proceed(self: Interruption) -> bool:
        asked.append(self)
        return len(asked) < 6  # after all three are verified, between the first and the third removal

    monkeypatch.setattr(Interruption, "proceed", proceed)
    result = run("apply", plan, "--json", "--library", library)
    monkeypatch.undo()
    assert result.exit_code == 130, result.stderr
    report = json.loads(result.stdout)
    assert report["stopped"] is True
    assert 1 <= len(report["removed"]) < 3
    assert all(os.path.exists(refusal["path"]) for refusal in report["refused"])
    assert run("undo", "--library", library).exit_code == 0
    assert tree.contents() == before

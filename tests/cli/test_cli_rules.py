"""``plan`` with rules: the list, preferred folders, ties."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, document, run
from twinlens.domain.group import Mark
from twinlens.library.open import Library
from twinlens.matching.rules.built_in import RULES


@pytest.fixture
def scanned(tree: Tree) -> Tree:
    copy = tree.identical[1]
    shutil.copystat(tree.identical[0], copy)  # as a copy that keeps its times
    assert run("scan", str(tree.photos), "--library", str(tree.library), "--no-embedding").exit_code == 0
    return tree


def removed(tree: Tree, *arguments: str) -> list[str]:
    plan = document(run("plan", "--json", "--library", str(tree.library), *arguments))
    return sorted(step["path"] for group in plan["groups"] for step in group["remove"])


def test_the_rules_are_listed_with_their_criteria(scanned: Tree) -> None:
    listed = document(run("plan", "--rules", "--json", "--library", str(scanned.library)))["rules"]
    assert [rule["name"] for rule in listed] == list(RULES)
    newest = next(rule for rule in listed if rule["name"] == "keep-newest")
    assert newest["criteria"][0] == {"id": "file-date", "turned": True}
    assert newest["classes"] == ["identical-file", "identical-pixels", "same-shot"]
    table = run("plan", "--rules", "--library", str(scanned.library)).stdout
    assert "keep-shortest-name" in table
    assert "Newer file" in table


def test_a_preferred_folder_keeps_its_photos_and_says_so(scanned: Tree) -> None:
    copies = os.path.dirname(scanned.identical[1])
    kinds = (scanned.identical, scanned.smaller, scanned.turned)
    assert removed(scanned) == sorted(pair[1] for pair in kinds)
    assert removed(scanned, "--prefer", copies) == sorted(pair[0] for pair in kinds)
    plan = json.loads(run("plan", "--json", "--library", str(scanned.library), "--prefer", copies).stdout)
    assert {step["reason"].rpartition(", ")[2] for group in plan["groups"] for step in group["remove"]} == {
        "in a preferred folder"
    }
    assert removed(scanned, "--prefer", str(scanned.photos / "card"), "--prefer", copies) == removed(scanned)


def test_ties_are_told_and_stay(scanned: Tree) -> None:
    os.rename(scanned.identical[1], Path(scanned.identical[1]).with_name(os.path.basename(scanned.identical[0])))
    assert run("scan", str(scanned.photos), "--library", str(scanned.library), "--no-embedding").exit_code == 0
    result = run("plan", "--json", "--rule", "tidy-archive", "--library", str(scanned.library))
    assert not {os.path.basename(scanned.identical[0])} & {
        os.path.basename(step["path"]) for group in json.loads(result.stdout)["groups"] for step in group["remove"]
    }
    assert "leaves 1 group open" in result.stderr
    (tie,) = json.loads(result.stdout)["ties"]
    assert tie["class"] == "identical-file"
    assert {os.path.dirname(path) for path in tie["photos"]} == {
        str(scanned.photos / name) for name in ("card", "copies")
    }
    plan = str(scanned.library.parent / "ties.json")
    assert run("plan", "--rule", "tidy-archive", "--output", plan, "--library", str(scanned.library)).exit_code == 0
    assert run("apply", plan, "--dry-run", "--library", str(scanned.library)).exit_code == 0


def test_a_folder_that_is_none_is_wrong_usage(scanned: Tree) -> None:
    result = run("plan", "--prefer", "/nowhere/at all", "--library", str(scanned.library))
    assert result.exit_code == 2
    assert "is no folder" in result.stderr


def test_protected_folders_are_listed_and_never_planned(scanned: Tree) -> None:
    library = ("--library", str(scanned.library))
    copies = os.path.dirname(scanned.identical[1])
    plan = str(scanned.library.parent / "before.json")
    assert run("plan", "--output", plan, *library).exit_code == 0
    assert removed(scanned, "--protect", copies) == []
    locked = document(run("protect", copies, "--json", *library))
    assert [folder["path"] for folder in locked["folders"]] == [copies]
    assert removed(scanned) == [scanned.identical[0]]  # of two that are the same, the one that may not go stays
    with Library.open(scanned.library) as opened:
        (copy,) = opened.catalog().photos.named(os.path.basename(scanned.identical[1]))
        opened.catalog().marks.set([copy.id], Mark.REJECT)
    assert "1 photo lost the mark to go" in run("protect", copies, *library).stderr
    refused = run("apply", plan, *library)
    assert refused.exit_code == 1
    assert "in a protected folder" in refused.stderr
    assert run("protect", str(scanned.photos / "card"), "--remove", *library).exit_code == 2
    assert document(run("protect", copies, "--remove", "--json", *library))["folders"] == []
    assert len(removed(scanned)) == 3

"""Each command on a library that was scanned once."""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_tree import Tree, document, run


def looked_at(tree: Tree, command: str, *arguments: str) -> tuple[str, ...]:
    return (command, "--library", str(tree.library), *arguments)


def groups_of(tree: Tree, *arguments: str) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = document(run(*looked_at(tree, "duplicates", "--no-scan", "--json", *arguments)))[
        "groups"
    ]
    return groups


def test_copies_are_found_in_their_classes(scanned: Tree):
    members = {
        frozenset((group["class"], photo["path"]) for photo in group["photos"]): group for group in groups_of(scanned)
    }
    for photo_class, pair in (
        ("identical-file", scanned.identical),
        ("same-shot", scanned.smaller),
        ("same-shot", scanned.turned),
    ):
        group = members[frozenset((photo_class, path) for path in pair)]
        keeper, other = group["photos"]
        assert group["keeper"] == keeper["path"] == pair[0]
        assert (keeper["suggestion"], keeper["relation"]) == ("keep", None)
        assert other["suggestion"] == "reject"
        assert other["relation"]["to"] == pair[0]
        assert other["relation"]["class"] == photo_class
        assert 0 < other["relation"]["score"] <= 1
        assert group["reclaimable_bytes"] == other["bytes"] == os.path.getsize(pair[1])


def test_only_the_classes_asked_for(scanned: Tree):
    assert {group["class"] for group in groups_of(scanned, "--class", "identical-file")} == {"identical-file"}
    both = groups_of(scanned, "--class", "same-shot", "--class", "identical-file")
    assert {group["class"] for group in both} == {"identical-file", "same-shot"}
    assert groups_of(scanned, "--class", "lookalike", "--similarity", "0.99") == []


def test_only_the_folders_asked_for(scanned: Tree):
    assert groups_of(scanned, str(scanned.photos / "card")) == []
    found = document(run(*looked_at(scanned, "duplicates", "--no-scan", "--json", str(scanned.photos / "card"))))
    assert found["problems"] == []
    found = document(run(*looked_at(scanned, "duplicates", "--no-scan", "--json", str(scanned.photos))))
    assert [problem["path"] for problem in found["problems"]] == [scanned.broken]


def test_the_forms_say_the_same(scanned: Tree, tmp_path: Path):
    expected = [photo["path"] for group in groups_of(scanned) for photo in group["photos"]]
    rows = csv.DictReader(io.StringIO(run(*looked_at(scanned, "duplicates", "--no-scan", "--format", "csv")).stdout))
    assert [row["path"] for row in rows] == expected
    written = tmp_path / "groups.json"
    arguments = ("--no-scan", "--format", "json", "--output", str(written))
    result = run(*looked_at(scanned, "duplicates", *arguments))
    assert result.stdout == ""
    assert [
        photo["path"] for group in json.loads(written.read_text())["groups"] for photo in group["photos"]
    ] == expected
    table = run(*looked_at(scanned, "duplicates", "--no-scan")).stdout
    assert "identical-file" in table
    assert "copy of first.jpg" in table


@pytest.mark.parametrize("pair", ["identical", "smaller", "turned"])
def test_the_best_match_of_a_copy_is_its_original(scanned: Tree, pair: str):
    original, copy = getattr(scanned, pair)
    found = document(run(*looked_at(scanned, "similar", "--json", copy)))
    assert found["query"] == copy
    assert found["matches"][0]["path"] == original
    scores = [match["score"] for match in found["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert copy not in [match["path"] for match in found["matches"]]


def test_the_limit_and_the_region_of_a_query(scanned: Tree):
    arguments = ("--json", "--limit", "3", "--region", "0.05,0.05,0.9,0.9", scanned.smaller[0])
    found = document(run(*looked_at(scanned, "similar", *arguments)))
    assert len(found["matches"]) == 3
    assert found["matches"][0]["path"] == scanned.smaller[1]


@pytest.mark.parametrize("region", ["1,2,3", "a,b,c,d", "0,0,0,1", "0.5,0,0.6,1", "nan,0,1,1", "-0.1,0,1,1"])
def test_a_region_outside_the_image_is_wrong_usage(scanned: Tree, region: str):
    assert run(*looked_at(scanned, "similar", f"--region={region}", scanned.smaller[0])).exit_code == 2


def test_a_query_that_is_no_image(scanned: Tree):
    result = run(*looked_at(scanned, "similar", scanned.broken))
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert scanned.broken in result.stderr


def test_the_plan_is_the_one_of_the_contract(scanned: Tree):
    plan = document(run(*looked_at(scanned, "plan", "--json")))
    assert plan["rule"] == "suggested"
    assert all({"id", "class", "keep", "remove"} <= group.keys() for group in plan["groups"])
    steps = [step for group in plan["groups"] for step in group["remove"]]
    assert all({"path", "bytes", "sha", "reason"} <= step.keys() for step in steps)
    assert {scanned.identical[1], scanned.smaller[1], scanned.turned[1]} <= {step["path"] for step in steps}


def test_a_rule_that_does_not_exist(scanned: Tree):
    result = run(*looked_at(scanned, "plan", "--rule", "keep-everything"))
    assert result.exit_code == 1
    assert "keep-everything" in result.stderr


def test_a_folder_contained_in_another(scanned: Tree):
    found = document(run(*looked_at(scanned, "folders", "--no-scan", "--json", str(scanned.photos / "copies"))))
    (folder,) = found["folders"]
    assert folder["path"] == str(scanned.photos / "copies")
    assert (folder["photos"], folder["elsewhere"]) == (3, 1)
    assert folder["contained_in"] == [{"path": str(scanned.photos / "card"), "photos": 1, "fraction": 0.3333}]


def test_where_a_photo_is(scanned: Tree):
    found = document(run(*looked_at(scanned, "where", "--json", "turned.JPG")))
    assert [(answer["path"], answer["state"]) for answer in found["answers"]] == [(scanned.turned[1], "kept")]
    unknown = run(*looked_at(scanned, "where", "no such photo"))
    assert unknown.exit_code == 1


def test_a_history_without_sessions(scanned: Tree):
    assert document(run(*looked_at(scanned, "history", "--json")))["sessions"] == []
    assert run(*looked_at(scanned, "history", "7")).exit_code == 1


def test_the_forms_for_people_say_what_matters(scanned: Tree):
    plan = run(*looked_at(scanned, "plan"))
    assert scanned.identical[1] in plan.stdout
    assert "would remove 3 photos" in plan.stderr
    similar = run(*looked_at(scanned, "similar", scanned.turned[1])).stdout.splitlines()
    assert scanned.turned[0] in next(line for line in similar if "same-shot" in line)
    folders = run(*looked_at(scanned, "folders", "--no-scan")).stdout
    assert f"33%  {scanned.photos / 'card'}" in folders
    assert "similarity" in run(*looked_at(scanned, "settings", "list")).stdout
    assert f"{scanned.turned[1]}: in the library" in run(*looked_at(scanned, "where", "turned")).stdout


def test_the_forms_into_files(scanned: Tree, tmp_path: Path):
    table = tmp_path / "groups.txt"
    page = tmp_path / "groups.html"
    for form, output in (("table", table), ("html", page)):
        arguments = ("--no-scan", "--format", form, "--output", str(output))
        assert run(*looked_at(scanned, "duplicates", *arguments)).exit_code == 0
    assert scanned.identical[1] in table.read_text()
    assert page.read_text().startswith("<!DOCTYPE html>")


def test_a_library_without_the_network_still_answers(scanned: Tree, tmp_path: Path):
    library = str(tmp_path / "library")
    assert run("scan", "--no-embedding", "--threads", "1", str(scanned.photos), "--library", library).exit_code == 0
    found = document(run("similar", scanned.smaller[1], "--json", "--library", library))
    assert found["matches"][0]["path"] == scanned.smaller[0]
    assert (
        document(run("duplicates", "--class", "lookalike", "--no-scan", "--json", "--library", library))["groups"] == []
    )

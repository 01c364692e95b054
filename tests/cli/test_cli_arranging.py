"""Groups sorted and filtered on the command line as in the window."""

import json
import os
from typing import Any

import pytest

from tests.cli.small_tree import Tree, run
from twinlens.domain.group import Mark
from twinlens.library.open import Library


def groups(tree: Tree, *options: str) -> list[dict[str, Any]]:
    result = run("duplicates", "--no-scan", "--json", "--library", str(tree.library), *options)
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)["groups"]
    return found


def in_class(found: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [group for group in found if group["class"] == name]


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("bytes", lambda group: -group["reclaimable_bytes"]),
        ("photos", lambda group: -len(group["photos"])),
        ("folder", lambda group: os.path.dirname(group["keeper"])),
        ("similarity", lambda group: min(photo["relation"]["score"] for photo in group["photos"][1:])),
    ],
)
def test_each_class_is_sorted_by_itself(scanned: Tree, sort: str, key: Any):
    unsorted, found = groups(scanned), groups(scanned, "--sort", sort)
    assert sorted(group["id"] for group in found) == sorted(group["id"] for group in unsorted)
    classes = [group["class"] for group in found]
    assert classes == sorted(classes, key=classes.index)
    for name in set(classes):
        keys = [key(group) for group in in_class(found, name)]
        assert keys == sorted(keys)
        turned = [key(group) for group in in_class(groups(scanned, "--sort", sort, "--reverse"), name)]
        assert turned == sorted(keys, reverse=True)


def test_filters_are_combined_and_a_group_is_shown_whole(scanned: Tree):
    everything = groups(scanned)
    copies = groups(scanned, "--folder", str(scanned.photos / "copies"))
    assert 0 < len(copies) <= len(everything)
    for group in copies:
        assert any("/copies/" in photo["path"] for photo in group["photos"])
        assert group in everything
    name = os.path.basename(scanned.smaller[1])
    found = groups(scanned, "--folder", str(scanned.photos / "copies"), "--text", name.upper())
    assert found
    assert all(any(os.path.basename(photo["path"]) == name for photo in group["photos"]) for group in found)
    assert groups(scanned, "--camera", "no such camera") == []
    assert groups(scanned, "--text", name, "--to", "1971-01-01") == []


def test_answered_groups_are_left_out(tree: Tree):
    assert run("scan", "--library", str(tree.library), str(tree.photos)).exit_code == 0
    before = groups(tree, "--undecided")
    assert [group["id"] for group in before] == [group["id"] for group in groups(tree)]
    group = in_class(before, "identical-file")[0]
    with Library.open(tree.library) as library:
        marks = library.catalog().marks
        for photo in group["photos"]:
            known = library.catalog().photos.by_path(photo["path"])
            assert known is not None
            marks.set([known.id], Mark.KEEP)
    after = groups(tree, "--undecided")
    assert group["id"] not in [each["id"] for each in after]
    assert len(after) < len(before)


def test_a_day_that_is_none_and_an_order_that_is_none_are_wrong_usage(scanned: Tree):
    for options in (("--from", "yesterday"), ("--sort", "beauty")):
        assert run("duplicates", "--no-scan", "--library", str(scanned.library), *options).exit_code == 2

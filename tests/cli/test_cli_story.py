"""The whole way in processes of their own: scan, look, plan, apply, ask, undo."""

import base64
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_tree import Finished, Tree, twinlens

GROUP_KEYS = {"id", "class", "keeper", "reclaimable_bytes", "photos", "also_related"}
PHOTO_KEYS = {"path", "bytes", "width", "height", "taken", "suggestion", "reason", "relation"}
SCAN_KEYS = {"schema", "photos", "new", "changed", "unchanged", "gone", "seconds", "stages", "problems"}


def answer(finished: Finished, code: int = 0) -> dict[str, Any]:
    assert finished.returncode == code, finished.stderr
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def test_what_is_removed_comes_back_as_it_was(tree: Tree, tmp_path: Path):
    library = ("--library", str(tree.library))
    before = tree.contents()
    photos = str(tree.photos)

    scanned = answer(twinlens("scan", photos, "--json", *library))
    assert scanned.keys() == SCAN_KEYS
    assert (scanned["photos"], scanned["new"], scanned["gone"]) == (25, 25, 0)
    assert [problem["path"] for problem in scanned["problems"]] == [tree.broken]
    assert scanned["stages"].keys() == {"walk", "study", "match", "save"}

    again = answer(twinlens("--json", *library, "scan", photos))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 25)

    groups = answer(twinlens("duplicates", "--json", "--no-scan", *library, photos))
    assert groups.keys() == {"schema", "groups", "problems"}
    assert all(group.keys() == GROUP_KEYS for group in groups["groups"])
    assert all(photo.keys() == PHOTO_KEYS for group in groups["groups"] for photo in group["photos"])

    plan_path = tmp_path / "plan.json"
    planned = twinlens("plan", photos, "--output", str(plan_path), *library)
    assert planned.returncode == 0, planned.stderr
    plan = json.loads(plan_path.read_text())
    removed = sorted(step["path"] for group in plan["groups"] for step in group["remove"])
    assert len(removed) >= 3
    assert tree.contents() == before

    dry = answer(twinlens("apply", str(plan_path), "--dry-run", "--json", *library))
    assert dry["session"] is None
    assert sorted(step["path"] for step in dry["removed"]) == removed
    assert tree.contents() == before

    quarantine = ("--quarantine", str(tmp_path / "waiting"))
    applied = answer(twinlens("apply", str(plan_path), "--json", *library, *quarantine))
    assert sorted(step["path"] for step in applied["removed"]) == removed
    assert applied["refused"] == []
    assert all(Path(step["resting_path"]).is_relative_to(tmp_path / "waiting") for step in applied["removed"])
    assert not any(os.path.exists(path) for path in removed)

    history = answer(twinlens("history", "--json", *library))
    assert [session["id"] for session in history["sessions"]] == [applied["session"]]
    assert len(history["sessions"][0]["receipts"]) == len(removed)

    where = answer(twinlens("where", os.path.basename(removed[0]), "--json", *library))
    assert any(found["state"] == "done" and found["path"] == removed[0] for found in where["answers"])

    undone = answer(twinlens("undo", "--json", *library))
    assert sorted(step["path"] for step in undone["restored"]) == removed
    assert tree.contents() == before

    nothing = twinlens("undo", *library)
    assert nothing.returncode == 1
    assert len(nothing.stderr.strip().splitlines()) == 1


def test_without_a_screen_the_terminal_does_the_same(tree: Tree, tmp_path: Path):
    done = twinlens(str(tree.photos), cwd=tmp_path, TWINLENS_LIBRARY=str(tree.library))
    assert done.returncode == 0, done.stderr
    assert "screen" in done.stderr.splitlines()[0] or "PySide6" in done.stderr.splitlines()[0]
    report = tmp_path / "twinlens-report.html"
    assert f"Report: {report}" in done.stdout
    assert report.read_text().count("data:image/jpeg;base64,") >= 6


def test_a_name_of_any_bytes_survives_the_whole_way(scanned: Tree, tmp_path: Path):
    folder = tmp_path / "named"
    folder.mkdir()
    odd = os.fsencode(folder) + b"/caf\xe9 \xff.jpg"
    try:
        shutil.copyfile(scanned.identical[0], odd)
    except OSError:
        pytest.skip("this file system takes no name that is not UTF-8")
    shutil.copyfile(scanned.identical[0], folder / "a.jpg")
    library = ("--library", str(tmp_path / "library"))
    groups = answer(twinlens("duplicates", str(folder), "--class", "identical-file", "--json", *library))
    photos = groups["groups"][0]["photos"]
    (named,) = [photo for photo in photos if "path_bytes" in photo]
    assert base64.b64decode(named["path_bytes"]) == odd
    assert os.fsencode(named["path"]) == odd

    asked = answer(twinlens("similar", odd, "--json", *library))
    assert asked["matches"][0]["path"] == str(folder / "a.jpg")
    assert asked["matches"][0]["class"] == "identical-file"

    plan = tmp_path / "plan.json"
    assert twinlens("plan", "--output", str(plan), *library).returncode == 0
    applied = answer(twinlens("apply", str(plan), "--json", *library))
    assert len(applied["removed"]) == 1
    assert twinlens("undo", *library).returncode == 0
    assert os.path.exists(odd)
    assert sorted(os.listdir(os.fsencode(folder)))[-1] == b"caf\xe9 \xff.jpg"

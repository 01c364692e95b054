"""Watched from inside, processes of its own included: which files the program writes, and whether it ever asks for a network."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.safety.watch import watch_over

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "resources" / "sample" / "photos"
QUARANTINE = ".twinlens-quarantine"
HARMLESS = ("/dev/null", "/proc/")


@pytest.mark.skipif(sys.platform != "linux", reason="a pipe with a name")
def test_only_the_library_the_quarantine_and_what_is_removed_are_written(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    shutil.copytree(SAMPLE / "2018-11 Mountains", photos / "mountains")
    shutil.copytree(SAMPLE / "2018-11 Mountains", photos / "again")
    before = {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()}
    plan, library = tmp_path / "plan.json", tmp_path / "library"
    calls = (
        ("scan", str(photos), "--quarantine", str(photos)),
        ("plan", "--output", str(plan)),
        ("apply", str(plan), "--quarantine", str(photos)),
        ("where", "IMG"),
        ("history", "--json"),
        ("undo", "--quarantine", str(photos)),
        ("doctor", "--quarantine", str(photos)),
    )
    with watch_over(tmp_path) as watch:
        for call in calls:
            done = watch.twinlens(*call)
            assert done.returncode == 0, (call, done.stderr)
    notes = [line.partition(" ")[::2] for line in watch.lines()]
    written = {os.path.normpath(path) for what, path in notes if not what.startswith("socket")}
    removed = {step["path"] for step in json.loads(plan.read_text())["groups"][0]["remove"]}
    assert removed
    allowed = (str(library), str(photos / QUARANTINE), str(plan), str(tmp_path / "temporary"), *HARMLESS)
    outside = {path for path in written if not path.startswith(allowed)}
    outside -= {str(path) for path in before}  # renamed there and back, compared below
    outside -= {
        str(tmp_path),
        str(photos),
        str(photos / "again"),
        str(photos / "mountains"),
    }  # folders: asked for, or timed
    outside = {
        path for path in outside if not path.startswith(str(tmp_path / ".plan-"))
    }  # becomes the plan by a rename
    assert not outside
    assert {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()} == before
    assert str(library / "catalog.db") in written  # the watch works
    assert not [note for note in notes if note[0].startswith("socket")]
    assert list((tmp_path / "temporary").iterdir()) == []

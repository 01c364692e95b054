"""Names that give trouble, through every command and form of output, and out of a quarantine by hand."""

import base64
import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_tree import document, run, twinlens
from tests.odd_names import is_fit_for_the_screen, make_odd_names, photos_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux only")

PATH_KEYS = ("path", "keeper", "to", "query", "resting_path", "report")


@pytest.fixture
def odd(shared_data: Path, tmp_path: Path) -> Path:
    return make_odd_names(shared_data, tmp_path / "odd")


@pytest.fixture
def library(odd: Path, tmp_path: Path) -> tuple[str, str]:
    place = ("--library", str(tmp_path / "library"))
    found = document(run("scan", str(odd), "--no-embedding", "--json", *place))
    assert found["problems"] == []
    assert found["photos"] > 35
    return place


def paths_in(value: Any) -> Iterator[tuple[str, str | None]]:
    """Every path of a document, with the bytes that go with it."""
    if isinstance(value, list):
        for item in value:
            yield from paths_in(item)
    elif isinstance(value, dict):
        for key in PATH_KEYS:
            if isinstance(value.get(key), str):
                yield value[key], value.get(f"{key}_bytes")
        for item in value.values():
            yield from paths_in(item)


def check_paths(found: dict[str, Any]) -> set[bytes]:
    """CLI.md: surrogate escapes in the string, and the bytes as base64 where they are no UTF-8."""
    seen = set()
    for path, raw in paths_in(found):
        is_text = not re.search("[\ud800-\udfff]", path)
        assert (raw is None) == is_text, path
        if raw is not None:
            assert base64.b64decode(raw) == os.fsencode(path)
        seen.add(os.fsencode(path))
    return seen


def test_every_form_of_the_groups_carries_every_name(odd: Path, library: tuple[str, str], tmp_path: Path) -> None:
    known = set(photos_in(odd))
    groups = document(run("duplicates", "--no-scan", "--json", *library))
    named = check_paths(groups)
    assert named <= known
    assert len(named) > 35
    table = run("duplicates", "--no-scan", *library)
    assert all(is_fit_for_the_screen(line) for line in table.stdout.splitlines())
    assert "\ufffd" in table.stdout

    out = tmp_path / "groups.csv"
    assert run("duplicates", "--no-scan", "--format", "csv", "--output", str(out), *library).exit_code == 0
    text = out.read_bytes().decode("utf-8", "surrogateescape")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {os.fsencode(row["path"]) for row in rows} == named

    page = tmp_path / "report.html"
    assert run("report", "--no-scan", "--output", str(page), *library).exit_code == 0
    html = page.read_bytes().decode("utf-8")  # whatever the names are, the page is UTF-8
    assert "<b>bold" not in html
    assert "&lt;b&gt;bold" in html
    assert "<img src='x.png'>" not in html
    assert is_fit_for_the_screen(html.replace("\n", ""))


def test_removed_by_any_name_and_put_back_by_undo(odd: Path, library: tuple[str, str], tmp_path: Path) -> None:
    before = photos_in(odd)
    plan = tmp_path / "plan.json"
    assert run("plan", "--output", str(plan), *library).exit_code == 0
    check_paths(json.loads(plan.read_text("ascii")))
    applied = document(run("apply", str(plan), "--json", *library))
    check_paths(applied)
    assert applied.get("refused", []) == []
    assert len(applied["removed"]) > 30
    assert len(photos_in(odd)) == len(before) - len(applied["removed"])
    for query in (
        b"latin1-\xe9\xff.jpg",
        "café NFC.jpg".encode(),
        "cafe\u0301 nfd".encode(),
        b"new\nline.jpg",
        b"-rf.jpg",
    ):
        asked = twinlens("where", "--json", *library, "--", query)
        assert asked.returncode == 0, (query, asked.stderr)
        answers = json.loads(asked.stdout)
        check_paths(answers)
        assert answers["answers"], query
        told = twinlens("where", *library, "--", query)
        assert len(told.stdout.splitlines()) == len(answers["answers"])  # a line each, whatever the name holds
    check_paths(document(run("history", "--json", *library)))
    assert run("history", "1", *library).exit_code == 0
    assert run("undo", *library).exit_code == 0
    assert photos_in(odd) == before


def test_put_back_by_the_words_of_the_quarantine(odd: Path, library: tuple[str, str], tmp_path: Path) -> None:
    """Without Twinlens: the lines of RESTORE.txt, with nothing but Python."""
    before = photos_in(odd)
    plan = tmp_path / "plan.json"
    assert run("plan", "--output", str(plan), *library).exit_code == 0
    assert run("apply", str(plan), "--quarantine", str(tmp_path / "waiting"), *library).exit_code == 0
    quarantine = tmp_path / "waiting" / ".twinlens-quarantine"
    words = (quarantine / "RESTORE.txt").read_text("utf-8")
    code = "\n".join(line[4:] for line in words.splitlines() if line.startswith("    "))
    assert len(photos_in(odd)) < len(before)
    subprocess.run([sys.executable, "-I", "-c", code], cwd=quarantine, check=True, timeout=60)
    assert photos_in(odd) == before
    report = document(run("scan", str(odd), "--no-embedding", "--json", *library))
    assert (report["new"], report["changed"], report["gone"]) == (0, 0, 0)

"""README and docs say what is true: pages made from the code are current, pictures and links exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")])


def test_the_pages_made_from_the_code_are_current():
    script = PROJECT / "packaging" / "make_docs.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"],
        cwd=PROJECT / "desktop",
        env={"PYTHONPATH": "."},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing


def test_every_picture_is_shown_somewhere_says_what_it_shows_and_is_small():
    shown = [hit for page in PAGES for hit in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8"))]
    assert all(len(words) > 10 for words, _ in shown)
    names = {Path(target).name for _, target in shown}
    pictures = [path for path in (PROJECT / "docs" / "images").rglob("*.*") if path.is_file()]
    assert not [path.name for path in pictures if path.name not in names]
    assert not [path.name for path in pictures if path.stat().st_size > 400_000]


def test_every_dependency_earns_its_place_in_a_line():
    import tomllib

    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    table = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert not [
        name for name in (re.split(r"[<>=]", line)[0] for line in declared) if f"| {name.lower()} |" not in table
    ]


def test_every_package_comes_from_a_lock_with_hashes():
    for lock in (PROJECT / "packaging" / "locks").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_the_bundled_sample_is_small_and_names_its_authors():
    sample = PROJECT / "resources" / "sample"
    assert sum(path.stat().st_size for path in sample.rglob("*") if path.is_file()) < 8_000_000
    assert "CC-BY-4.0" in (sample / "ATTRIBUTION.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["hardships.md", "safety.md"])
def test_every_hardship_and_promise_names_a_test_that_exists(name: str):
    page = (PROJECT / "docs" / name).read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 30
    assert not [
        f"{path}::{test}" for path, test in named if f"def {test}(" not in (PROJECT / path).read_text(encoding="utf-8")
    ]

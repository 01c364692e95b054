"""The report: everything inside, nothing from outside, and names that try to be markup."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, run
from twinlens.review.report import page


class Outline(HTMLParser):
    """Collects what the tests ask about, and checks that elements are nested well."""

    VOID = frozenset({"meta", "img", "path", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def written(tree: Tree, output: Path, *more: str) -> str:
    result = run("report", "--no-scan", "--library", str(tree.library), "--output", str(output), *more)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{output}\n"
    return output.read_text(encoding="utf-8")


def test_everything_is_inside(scanned: Tree, tmp_path: Path):
    text = written(scanned, tmp_path / "report.html")
    outline = Outline(text)
    assert {"header", "nav", "main", "h1"} <= {tag for tag, _ in outline.tags}
    images = outline.all("img")
    assert len(images) == 6
    assert all((image["src"] or "").startswith("data:image/jpeg;base64,") and image["alt"] for image in images)
    assert not re.findall(r"(?:src|href)=\"(?!data:|#)", text)
    assert "<script" not in text
    anchors = {element.get("id") for _, element in outline.tags}
    assert {link["href"] for link in outline.all("a")} <= {f"#{anchor}" for anchor in anchors}
    assert text.count(">Keep</span>") == text.count(">May go</span>") == 3
    assert scanned.broken in text


def test_a_name_is_never_markup(scanned: Tree, tmp_path: Path):
    folder = tmp_path / "photos"
    folder.mkdir()
    name = '<img src=x onerror=alert(1)>\x1b[31m & "quoted".jpg'
    shutil.copyfile(scanned.identical[0], folder / name)
    shutil.copyfile(scanned.identical[0], folder / "plain.jpg")
    output = tmp_path / "report.html"
    result = run("report", str(folder), "--library", str(tmp_path / "library"), "--output", str(output))
    assert result.exit_code == 0, result.stderr
    text = output.read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert all("onerror" not in image for image in Outline(text).all("img"))
    assert "&lt;img src=x" in text
    shown = run("duplicates", "--no-scan", "--library", str(tmp_path / "library")).stdout
    assert "\x1b" not in shown


def test_a_long_list_is_cut_with_a_note(scanned: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "GROUPS_A_CLASS", 1)
    text = written(scanned, tmp_path / "report.html")
    assert "1 more groups of this class are not shown" in text
    monkeypatch.setattr(page, "PHOTOS_A_GROUP", 1)
    assert "1 more photos of this group are not shown" in written(scanned, tmp_path / "short.html")


def test_a_library_without_groups(tmp_path: Path, scanned: Tree):
    (tmp_path / "one").mkdir()
    shutil.copyfile(scanned.identical[0], tmp_path / "one" / "only.jpg")
    library = str(tmp_path / "library")
    result = run("report", str(tmp_path / "one"), "--library", library, "--output", str(tmp_path / "report.html"))
    assert result.exit_code == 0, result.stderr
    assert "No groups" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written(scanned: Tree, tmp_path: Path):
    output = str(tmp_path / "no" / "such" / "report.html")
    result = run("report", "--no-scan", "--library", str(scanned.library), "--output", output)
    assert result.exit_code == 1
    assert output in result.stderr

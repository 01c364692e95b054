"""Exit codes, streams, options before and after the command, and words that are no command."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.small_tree import PROJECT, Tree, document, run
from twinlens.cli.main import COMMANDS, cli
from twinlens.cli.no_window import NoWindow
from twinlens.cli.output import path_fields
from twinlens.cli.shared import Shared


class Window:
    """Remembers with what it was opened."""

    def __init__(self, refusal: str | None = None) -> None:
        self.refusal = refusal
        self.opened: list[tuple[list[str], str | None]] = []

    def open(self, paths: Sequence[str], library_folder: str | None) -> int:
        if self.refusal:
            raise NoWindow(self.refusal)
        self.opened.append((list(paths), library_folder))
        return 0


@pytest.fixture
def window() -> Window:
    return Window()


def test_every_command_can_be_asked_for_help():
    assert run("--help").exit_code == 0
    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0, name
        assert "--library" in result.stdout or name == "lab", name  # its experiments take it


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan",),
        ("scan", "/no/such/folder"),
        ("duplicates", "--class", "twins"),
        ("duplicates", "--similarity", "2"),
        ("duplicates", "/no/such/folder"),
        ("similar",),
        ("similar", "/no/such.jpg"),
        ("apply", "/no/such/plan.json"),
        ("undo", "last"),
        ("settings", "get", "no_such_setting"),
        ("--no-such-option",),
        ("no-such-command",),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""


@pytest.mark.parametrize("command", [("history",), ("where", "x"), ("plan",), ("duplicates", "--no-scan"), ("undo",)])
def test_what_cannot_be_done_is_one_sentence_and_1(command: tuple[str, ...]):
    result = run(*command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_plan_that_is_none(tmp_path: Path):
    plan = tmp_path / "plan.json"
    plan.write_text('{"schema": 1, "rule": "x", "groups": [{}]}')
    result = run("apply", str(plan))
    assert result.exit_code == 1
    assert str(plan) in result.stderr


def test_options_may_stand_on_either_side(scanned: Tree, monkeypatch: pytest.MonkeyPatch):
    library = str(scanned.library)
    before = document(run("--json", "--library", library, "duplicates", "--no-scan"))
    after = document(run("duplicates", "--no-scan", "--json", f"--library={library}"))
    monkeypatch.setenv("TWINLENS_LIBRARY", library)
    by_environment = document(run("duplicates", "--json", "--no-scan"))
    assert before == after == by_environment
    assert before["groups"]


def test_the_later_option_wins(scanned: Tree, tmp_path: Path):
    other = str(tmp_path / "empty")
    assert run("--library", other, "history", "--library", str(scanned.library)).exit_code == 0
    assert run("--library", str(scanned.library), "history", "--library", other).exit_code == 1


def test_folders_open_the_window(window: Window, tmp_path: Path):
    shared = Shared(open_window=window.open)
    assert run("--library", "/l", str(tmp_path), shared=shared).exit_code == 0
    assert run("gui", str(tmp_path), shared=Shared(open_window=window.open)).exit_code == 0
    assert run(shared=Shared(open_window=window.open)).exit_code == 0
    assert window.opened == [([str(tmp_path)], "/l"), ([str(tmp_path)], None), ([], None)]


def test_a_folder_with_the_name_of_a_command(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "scan").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("--", "scan", shared=Shared(open_window=window.open)).exit_code == 0
    assert run("./scan", shared=Shared(open_window=window.open)).exit_code == 0
    assert [paths for paths, _ in window.opened] == [[str(tmp_path / "scan")]] * 2


def test_the_sample_is_copied_once(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run("--sample", shared=Shared(open_window=window.open)).exit_code == 0
    photos = tmp_path / "twinlens" / "sample" / "photos"
    assert window.opened == [([str(photos)], str(photos.parent / "library"))]
    found = [path for path in photos.rglob("*") if path.is_file()]
    assert len(found) > 20
    found[0].unlink()
    assert run("--sample", shared=Shared(open_window=window.open)).exit_code == 0
    assert not found[0].exists()


def test_settings_are_listed_read_and_changed():
    listed = document(run("settings", "list", "--json"))["settings"]
    assert "similarity" in [setting["key"] for setting in listed]
    assert run("settings", "set", "similarity", "0.9").exit_code == 0
    assert run("settings", "get", "similarity").stdout == "0.9\n"
    assert run("settings", "set", "embedding", "off").exit_code == 0
    assert json.loads(run("settings", "get", "embedding", "--json").stdout)["value"] is False
    assert run("settings", "set", "ignored_names", "a", "b c").exit_code == 0
    assert run("settings", "get", "ignored_names").stdout == "a\nb c\n"
    assert run("settings", "set", "ignored_names").exit_code == 0
    assert "@eaDir" in run("settings", "get", "ignored_names").stdout
    for bad in (("similarity", "3"), ("similarity", "much"), ("embedding", "maybe"), ("theme", "pink")):
        assert run("settings", "set", *bad).exit_code == 2, bad


def test_a_path_that_is_not_utf_8_has_its_bytes_beside_it():
    assert path_fields("/a/b") == {"path": "/a/b"}
    fields = path_fields(os.fsdecode(b"/a/\xff"), "keeper")
    assert fields == {"keeper": "/a/\udcff", "keeper_bytes": "L2Ev/w=="}


def test_help_needs_nothing_of_the_engine():
    code = (
        "import sys\nfrom twinlens.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " ('numpy', 'PIL', 'cv2', 'rich', 'sqlite3', 'jinja2')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT / "desktop", capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert cli.name == "cli"


def test_a_mistyped_command_is_recognised():
    result = run("scna")
    assert result.exit_code == 2
    assert "Did you mean scan?" in result.stderr
    assert result.stderr.startswith("Usage: cli [OPTIONS] [PATH]")

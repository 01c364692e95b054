"""The entry: window or terminal."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.small_tree import Tree, run
from twinlens import application
from twinlens.cli.no_window import NoWindow
from twinlens.cli.shared import Shared
from twinlens.domain.errors import LibraryUnusable


def test_the_window_is_opened_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch):
    opened: list[tuple[list[str], str | None]] = []
    window = ModuleType("twinlens.gui.app")
    window.run = lambda paths, library: opened.append((list(paths), library)) or 7  # type: ignore[attr-defined,func-returns-value]
    monkeypatch.setitem(sys.modules, "twinlens.gui.app", window)
    monkeypatch.setattr("twinlens.health.screen.why_no_window", lambda: None)
    assert application.open_window(["/photos"], "/library") == 7
    assert opened == [(["/photos"], "/library")]


def test_no_screen_is_a_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("twinlens.health.screen.why_no_window", lambda: "the screen is off")
    with pytest.raises(NoWindow, match="the screen is off"):
        application.open_window([], None)


def test_qt_that_cannot_be_loaded_is_a_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "twinlens.gui.app", None)
    monkeypatch.setattr("twinlens.health.screen.why_no_window", lambda: None)
    with pytest.raises(NoWindow, match="PySide6 cannot be loaded"):
        application.open_window([], None)


def test_no_word_opens_the_window_without_loading_what_understands_words():
    """It takes longer to load than the library."""
    program = """
import sys
from types import ModuleType
from twinlens import application
import twinlens.health.screen
twinlens.health.screen.why_no_window = lambda: None
window = sys.modules["twinlens.gui.app"] = ModuleType("twinlens.gui.app")
window.run = lambda paths, library: 7 if not paths and library is None and "click" not in sys.modules else 8
sys.argv = ["twinlens"]
application.start()
"""
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 7


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (NoWindow("the screen is off"), 2, "No window: the screen is off. Doing the same in the terminal."),
        (LibraryUnusable("The library is damaged."), 1, "The library is damaged."),
        (PermissionError(13, "Permission denied", "/somewhere"), 1, "/somewhere"),
        (KeyboardInterrupt(), 130, "Interrupted."),
    ],
)
def test_no_word_and_no_window(
    error: BaseException,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
):
    def fail(_paths: object, _library: object) -> int:
        raise error

    monkeypatch.setattr(sys, "argv", ["twinlens"])
    monkeypatch.setenv("TWINLENS_LIBRARY", str(tmp_path))
    monkeypatch.setattr(application, "open_window", fail)
    with pytest.raises(SystemExit) as ended:
        application.start()
    assert ended.value.code == code
    assert words in capsys.readouterr().err


def test_an_empty_library_without_a_screen_asks_for_a_folder():
    result = run()
    assert result.exit_code == 2
    assert "--sample" in result.stderr


def test_a_folder_never_scanned_is_named(scanned: Tree):
    result = run("duplicates", "--no-scan", "--library", str(scanned.library), str(scanned.library))
    assert result.exit_code == 0
    assert f"no photo under {scanned.library}" in result.stderr


def test_a_system_error_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr("twinlens.library.open.Library.open", fail)
    result = run("history")
    assert result.exit_code == 1
    assert "/somewhere" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_without_a_screen_with_json(tree: Tree, tmp_path: pytest.TempPathFactory):
    import json

    def refuse(_paths: object, _library: object) -> int:
        raise NoWindow("there is none")

    output = f"{tmp_path}/groups.html"
    arguments = (str(tree.photos), "--json", "--library", str(tree.library), "--output", output)
    result = run(*arguments, shared=Shared(open_window=refuse))
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["report"] == output
    assert len(found["groups"]) == 3
    assert result.stderr.startswith("No window: there is none. Doing the same in the terminal.")

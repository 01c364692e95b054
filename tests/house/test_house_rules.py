"""The rules of the house that no linter knows: small rooms, small functions, names that say something, no Qt below the window."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = sorted((PROJECT / "desktop" / "twinlens").rglob("*.py"))
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
PROJECT_TEXTS = [
    path
    for folder in ("desktop", "docs", "packaging", "benchmarks", "tests", ".ci")
    for path in (PROJECT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".sh", ".toml", ".sql", ".txt", ".html", ".css", ""} and path.is_file()
]


Trees = list[tuple[Path, ast.Module]]


@pytest.fixture(scope="module")
def trees() -> Trees:
    """Every module of the program, read once for all rules."""
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_there_is_something_to_check():
    assert len(SOURCES) > 50


def test_no_file_is_longer_than_300_lines():
    long = {str(path.relative_to(PROJECT)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 300}
    assert not long


def test_no_class_is_longer_than_200_lines(trees: Trees):
    long = [
        f"{path.name}:{node.name} ({length(node)})"
        for path, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and length(node) > 200
    ]
    assert not long


def test_no_function_is_longer_than_40_lines(trees: Trees):
    long = [
        f"{path.name}:{node.name} ({length(node)})"
        for path, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > 40
    ]
    assert not long


def test_no_room_has_a_name_that_says_nothing():
    vague = [str(path) for path in SOURCES if VAGUE_NAMES & {path.stem, *path.relative_to(PROJECT).parts}]
    assert not vague


def test_every_module_says_what_it_is(trees: Trees):
    silent = [str(path.relative_to(PROJECT)) for path, tree in trees if ast.get_docstring(tree) is None]
    assert not silent


def test_only_the_window_imports_qt(trees: Trees):
    for path, tree in trees:
        if "gui" in path.relative_to(PROJECT / "desktop" / "twinlens").parts:
            continue
        for node in ast.walk(tree):
            modules = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in getattr(node, "names", [])]
            )
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not any(name.startswith("PySide6") for name in modules), path


def test_lists_pass_through_signals_as_they_are(trees: Trees):
    """Of an argument declared as a list or a dict Qt makes one of its own, item by item: 12 ms for 50,000 photos."""
    copied = [
        f"{path.name}:{call.lineno}"
        for path, tree in trees
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"Signal", "Slot"}
        if any(isinstance(kind, ast.Name) and kind.id in {"list", "dict"} for kind in call.args)
    ]
    assert not copied


def test_a_painter_ends_with_what_it_paints(trees: Trees):
    """One that lives on in the frames of an error ends the whole program at the next paint."""
    for path, tree in trees:
        ended = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
        made = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QPainter"
        ]
        assert not [f"{path.name}:{node.lineno}" for node in made if id(node) not in ended]


def test_no_pickle_no_eval_no_shell():
    forbidden = ("import pickle", "pickle.load", "shell=True", "os.system(", "allow_pickle=True")
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in forbidden if word in text], path


@pytest.mark.parametrize(
    "heavy", ["onnxruntime", "imagehash", "scipy", "hnswlib", "rawpy", "PySide6", "cv2", "matplotlib"]
)
def test_the_command_line_starts_without_heavy_imports(heavy: str):
    """``twinlens --help`` must not pay for the engine."""
    import subprocess
    import sys

    code = f"import sys; import twinlens.cli.main; sys.exit({heavy!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT / "desktop", check=False)
    assert done.returncode == 0

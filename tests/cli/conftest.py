"""The small tree of photos, scanned once for all tests that only look, and fresh for those that change it."""

from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, make_tree, run


@pytest.fixture(scope="session")
def scanned(photos_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree that was scanned once; tests must not change it."""
    tree = make_tree(photos_dir, tmp_path_factory.mktemp("scanned"))
    result = run("scan", "--library", str(tree.library), str(tree.photos))
    assert result.exit_code == 0, result.stderr
    return tree


@pytest.fixture
def tree(photos_dir: Path, tmp_path: Path) -> Tree:
    """A tree of this test's own, not scanned."""
    return make_tree(photos_dir, tmp_path)

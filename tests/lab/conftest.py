"""The small tree of photos of the command line's tests."""

from tests.cli.conftest import scanned, tree

__all__ = ["scanned", "tree"]

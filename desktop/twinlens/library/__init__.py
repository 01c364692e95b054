"""The library room: the catalog, its caches and the preferences of one folder, opened and closed together."""

from twinlens.library.open import Library
from twinlens.library.vectors import VectorShelf

__all__ = ["Library", "VectorShelf"]

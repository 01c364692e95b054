"""The catalog room: everything the library remembers, in SQLite."""

from twinlens.catalog.database import Catalog
from twinlens.catalog.journal import NewStep
from twinlens.catalog.photos import KnownFile
from twinlens.catalog.sources import Source
from twinlens.catalog.thumbnails import ThumbnailStore

__all__ = ["Catalog", "KnownFile", "NewStep", "Source", "ThumbnailStore"]

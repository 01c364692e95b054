"""The catalog: one connection with its tables."""

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from twinlens.catalog.away import AwayTable
from twinlens.catalog.connection import Connection
from twinlens.catalog.copy_vectors import CopyVectorTable
from twinlens.catalog.decisions import MarkTable, VerdictTable
from twinlens.catalog.deed_list import DeedList
from twinlens.catalog.deeds import DeedTable
from twinlens.catalog.exposures import ExposureTable
from twinlens.catalog.fingerprints import FingerprintTable
from twinlens.catalog.folders import FolderTable
from twinlens.catalog.journal import JournalTable
from twinlens.catalog.library_columns import LibraryColumns, load_library_columns
from twinlens.catalog.library_prints import LibraryPrints, load_library_prints
from twinlens.catalog.measures import MeasureTable
from twinlens.catalog.migration import check_readable, migrate
from twinlens.catalog.photos import PhotoTable
from twinlens.catalog.problems import ProblemTable
from twinlens.catalog.protection import ProtectionTable
from twinlens.catalog.relations import RelationTable
from twinlens.catalog.relocation import Relocations
from twinlens.catalog.rules import RuleTable
from twinlens.catalog.sources import SourceTable, VolumeTable
from twinlens.catalog.state import StateTable
from twinlens.catalog.traces import TraceTable
from twinlens.catalog.unmatched import UnmatchedTable
from twinlens.domain.errors import LibraryUnusable

CATALOG_NAME = "catalog.db"


class Catalog:
    """One connection to ``catalog.db``, bound to the thread that opened it; several may be open at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.volumes = VolumeTable(connection)
        self.sources = SourceTable(connection)
        self.photos = PhotoTable(connection)
        self.folders = FolderTable(connection)
        self.away = AwayTable(connection)
        self.fingerprints = FingerprintTable(connection)
        self.copy_vectors = CopyVectorTable(connection)
        self.exposures = ExposureTable(connection)
        self.unmatched = UnmatchedTable(connection)
        self.relations = RelationTable(connection)
        self.relocations = Relocations(connection)
        self.verdicts = VerdictTable(connection)
        self.marks = MarkTable(connection)
        self.deeds = DeedTable(connection)
        self.deed_list = DeedList(connection)
        self.journal = JournalTable(connection)
        self.problems = ProblemTable(connection)
        self.protection = ProtectionTable(connection)
        self.rules = RuleTable(connection)
        self.state = StateTable(connection)
        self.traces = TraceTable(connection)
        self.measures = MeasureTable(connection)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> "Catalog":
        """Open the catalog in ``folder``; for writing it is made, or brought up to date, where needed.

        Raises:
            LibraryUnusable: absent (read-only), of a newer Twinlens, damaged, or on a disk that refuses.
        """
        path = folder / CATALOG_NAME
        if read_only and not path.exists():
            raise LibraryUnusable(f"There is no library in {folder} yet.")
        connection = Connection(path, read_only=read_only)
        try:
            if read_only:
                check_readable(connection)
            else:
                migrate(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def close(self) -> None:
        """Close the connection; may be called from any thread, and twice."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All changes inside happen, or none; a nested use joins the outer one."""
        return self._connection.transaction()

    def columns(self, before: LibraryColumns | None = None) -> LibraryColumns:
        """All photos and relations of this moment; given those of an earlier one, only what changed since is read."""
        return load_library_columns(self._connection, before)

    def prints(self, before: LibraryPrints | None = None) -> LibraryPrints:
        """All fingerprints of this moment; given those of an earlier one, only what changed since is read."""
        return load_library_prints(self._connection, before)

    @property
    def change(self) -> int:
        """A number that grows with every embedding added, replaced or removed."""
        return self._connection.number("SELECT value FROM embedding_change")

    @property
    def outside_change(self) -> int:
        """A number that is another one when some other connection has written since."""
        return self._connection.number("PRAGMA data_version")

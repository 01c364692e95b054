"""Traces of earlier encodings and enlargements, of the photos for which it mattered."""

import json
from collections.abc import Mapping, Sequence

from twinlens.catalog.connection import Connection
from twinlens.domain.photo import PhotoId
from twinlens.domain.traces import Traces


class TraceTable:
    """One row for each photo whose pixels were looked at in full for it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, traces: Mapping[PhotoId, Traces], contents: Mapping[PhotoId, bytes]) -> None:
        """Store what was found of photos that still have these contents."""
        with self._db.transaction():
            self._db.run_many(
                "INSERT OR REPLACE INTO traces (photo_id, earlier_quality, spectrum) SELECT ?1, ?2, ?3"
                " WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1 AND content = ?4)",
                [(int(id_), one.earlier_quality, one.spectrum, contents[id_]) for id_, one in traces.items()],
            )

    def known(self, ids: Sequence[PhotoId]) -> set[PhotoId]:
        """Those of these photos that were looked at."""
        wanted = json.dumps([int(id_) for id_ in ids])
        rows = self._db.rows(
            "SELECT photo_id FROM traces WHERE photo_id IN (SELECT value FROM json_each(?))", (wanted,)
        )
        return {PhotoId(id_) for (id_,) in rows}

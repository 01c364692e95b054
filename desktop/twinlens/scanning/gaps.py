"""Closing gaps: every photo of a group gets a direct relation to the group's best keeper, where one holds."""

from typing import TYPE_CHECKING

from twinlens.catalog import Catalog
from twinlens.catalog.library_columns import LibraryColumns
from twinlens.domain.events import RelationsChanged, Stage
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import Emit, JobControl
from twinlens.scanning.progress import Progress

if TYPE_CHECKING:
    from twinlens.scanning.verification import Verification

MOST_ROUNDS = 3
_STATE = "matching.gaps"  # survives a scan that was stopped or killed before it came to the gaps


def note_gaps(catalog: Catalog) -> None:
    """Note that relations or keepers came or went, so that some group may no longer be a star."""
    if not has_gaps(catalog):
        catalog.state.set(_STATE, "open")


def has_gaps(catalog: Catalog) -> bool:
    """Whether anything happened since the gaps were last closed."""
    return catalog.state.get(_STATE) == "open"


def close_gaps(
    catalog: Catalog,
    columns: LibraryColumns,
    verification: "Verification",
    control: JobControl,
    emit: Emit,
    progress: Progress,
) -> None:
    """Verify what is missing between the best keeper of each component and the photos it only knows of.

    ``columns``: photos and relations as they were a moment ago.
    """
    from twinlens.matching.candidates import candidates_of_pairs
    from twinlens.matching.closure import refine
    from twinlens.matching.keeper import keeper_order

    tried: set[tuple[PhotoId, PhotoId]] = set()
    with progress.timed(Stage.MATCH):
        for _ in range(MOST_ROUNDS):
            columns = catalog.columns(columns)
            order = keeper_order(columns.photos, columns.relations)
            pairs = [pair for pair in refine(columns.photos, columns.relations, order) if pair not in tried]
            added = 0
            if pairs:
                tried.update(pairs)
                concerned = sorted({photo_id for pair in pairs for photo_id in pair})
                found = candidates_of_pairs(pairs, catalog.fingerprints.columns_of(concerned))
                added += sum(len(stored) for stored in verification.store(found, control))
            if not control.proceed():
                return
            if not added:
                break
            emit(RelationsChanged(added))
        catalog.state.set(_STATE, "closed")

"""Emptying the quarantine after a time that the user sets; never unless it is set."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from twinlens.catalog.database import Catalog
from twinlens.domain.plan import Receipt
from twinlens.domain.ports import JobControl
from twinlens.domain.settings import QUARANTINE_DAYS
from twinlens.library.open import Library
from twinlens.review.quarantine_contents import PurgeReport, purge, waiting
from twinlens.review.settle import settle_interrupted


def older_than(catalog: Catalog, days: float, now: datetime | None = None) -> list[Receipt]:
    """The photos in quarantine that have waited so many days or more."""
    latest = (now or datetime.now(UTC)) - timedelta(days=days)
    return [receipt for receipt in waiting(catalog) if receipt.at <= latest]


def empty_due(library: Library, control: JobControl | None = None, now: datetime | None = None) -> PurgeReport | None:
    """Remove for good what has waited as long as the settings say, each photo checked; None where they say nothing."""
    days = library.preferences.number(QUARANTINE_DAYS)
    if days <= 0:
        return None
    due = older_than(library.catalog(), days, now)
    return purge(library, [receipt.step_id for receipt in due], control=control) if due else None


def settle_and_empty(library: Library) -> list[str]:
    """What a start of the program does: settle what was interrupted, then empty what is due; the sentences of both."""
    sentences: list[str] = list(settle_interrupted(library))
    report = empty_due(library)
    if report is not None and report.purged:
        days = int(library.preferences.number(QUARANTINE_DAYS))
        sentences.append(f"{_photos(report.purged)} had waited {days} days in quarantine and were removed for good.")
    return sentences


def freeing_bytes(receipts: Sequence[Receipt]) -> int:
    """What emptying these would free: bytes that another name of the same file still holds are not counted."""
    total = 0
    for receipt in receipts:
        try:
            status = os.lstat(receipt.resting_path or "")
        except OSError:
            continue  # not here now
        total += status.st_size if status.st_nlink == 1 else 0
    return total


def _photos(receipts: Sequence[Receipt]) -> str:
    return "1 photo" if len(receipts) == 1 else f"{len(receipts):,} photos"

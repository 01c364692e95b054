"""Writing down which photos the user says are no duplicates, or taking that back. Runs on the desk's worker."""

from collections.abc import Iterable

from twinlens.domain.relation import Verdict
from twinlens.library.open import Library


def write_verdicts(library: Library, pairs: Iterable[tuple[bytes, bytes]], *, given: bool) -> None:
    """Remember these pairs of contents as no duplicates, or forget that they were ever called so; all or nothing."""
    catalog = library.catalog()
    with catalog.transaction():
        for first, second in pairs:
            change = catalog.verdicts.add if given else catalog.verdicts.remove
            change(first, second, Verdict.NOT_DUPLICATES)

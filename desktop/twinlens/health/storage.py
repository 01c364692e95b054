"""The library, and where removed photos would go on the volumes of its sources."""

import os
import shutil
from pathlib import Path

from twinlens.catalog.database import CATALOG_NAME
from twinlens.disposal.system_trash import SystemTrash
from twinlens.disposal.trial import try_quarantine
from twinlens.domain.errors import StepRefused, TwinlensError
from twinlens.health.check import Check, State
from twinlens.library.open import Library, default_folder


def storage_checks(library_folder: Path | None, quarantine: str | None) -> list[Check]:
    """The state of the library, and for each source online its quarantine, tried with a file, and its trash. Nothing stays."""
    folder = (library_folder or default_folder()).absolute()
    if not (folder / CATALOG_NAME).exists():
        return [_absent(folder)]
    try:
        with Library.open(folder, read_only=True) as library:
            return [_state(library), *_removal(library, quarantine)]
    except TwinlensError as error:
        return [Check("library", "catalog", State.BROKEN, str(error))]


def _absent(folder: Path) -> Check:
    existing = folder
    while not existing.exists():
        existing = existing.parent
    if not os.access(existing, os.W_OK | os.X_OK):
        return Check("library", "catalog", State.BROKEN, f"{folder} does not exist, and {existing} may not be written")
    return Check("library", "catalog", State.WORKS, f"none yet in {folder}; the first scan makes it")


def _state(library: Library) -> Check:
    catalog = library.catalog()
    free_gb = shutil.disk_usage(library.folder).free / 1e9
    open_steps = len(catalog.journal.unsettled())
    words = (
        f"{library.folder}: {catalog.photos.count():,} photos, {catalog.relations.count():,} relations,"
        f" {len(catalog.problems.all()):,} unreadable files, {free_gb:.1f} GB free"
    )
    if open_steps:
        return Check("library", "catalog", State.LIMITED, f"{words}; {open_steps} interrupted steps wait to be settled")
    return Check("library", "catalog", State.WORKS, words)


def _removal(library: Library, quarantine: str | None) -> list[Check]:
    checks: list[Check] = []
    for source in library.catalog().sources.all():
        if not source.online or not os.path.isdir(source.path):
            checks.append(Check("removal", source.path, State.LIMITED, "its volume is not here, or the folder is gone"))
            continue
        checks.append(_quarantine(source.path, quarantine))
        checks.append(_trash(source.path))
    return checks


def _quarantine(folder: str, override: str | None) -> Check:
    try:
        place = try_quarantine(folder, override)
    except (StepRefused, OSError) as error:
        return Check("removal", folder, State.LIMITED, f"no quarantine: {error}")
    return Check("removal", folder, State.WORKS, f"quarantine in {place}, tried with a file")


def _trash(folder: str) -> Check:
    try:
        SystemTrash().check(folder)
    except (StepRefused, OSError) as error:
        return Check("removal", folder, State.LIMITED, f"no system trash: {error}")
    return Check("removal", folder, State.WORKS, "system trash usable")

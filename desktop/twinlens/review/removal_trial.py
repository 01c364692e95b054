"""Whether photos of a folder could be removed at all: tried when it is added, not when it is needed."""

import os
from collections.abc import Sequence

from twinlens.disposal.system_trash import SystemTrash
from twinlens.disposal.trial import try_quarantine
from twinlens.disposal.wording import shown
from twinlens.domain.errors import StepRefused


def what_does_not_work(folders: Sequence[str], quarantine_folder: str | None) -> list[str]:
    """A sentence for each folder whose quarantine was tried with a file and failed. Nothing is left behind."""
    sentences = []
    for folder in folders:
        if not os.path.isdir(folder):
            continue  # the scan says so
        try:
            try_quarantine(folder, quarantine_folder)
        except (StepRefused, OSError) as error:
            sentences.append(f"Photos in {shown(folder)} cannot be removed by Twinlens: {error}{_trash(folder)}")
    return sentences


def _trash(folder: str) -> str:
    try:
        SystemTrash().check(folder)
    except (StepRefused, OSError):
        return " The system's trash does not work there either."
    return " The system's trash works there (apply --to trash)."

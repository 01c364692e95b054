"""Photos that another application keeps in a library of its own: seen and compared, never taken out of it."""

import os

from twinlens.disposal.wording import shown
from twinlens.domain.errors import StepRefused
from twinlens.domain.managed import managing_application


def refuse_managed(path: str) -> None:
    """Raise StepRefused for a photo inside such a library: its application would miss it."""
    application = managing_application(os.path.dirname(path))
    if application is not None:
        raise StepRefused(f"{shown(path)} belongs to a library of {application}; remove it there.")

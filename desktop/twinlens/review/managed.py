"""Photos that another application keeps in a library of its own: seen and compared, never taken out of it."""

import os

from twinlens.disposal.wording import shown
from twinlens.domain.errors import StepRefused

# Each is a folder that its application shows as one file, with a database that lists every original.
MANAGED = {
    ".photoslibrary": "Apple Photos",
    ".photolibrary": "iPhoto",
    ".aplibrary": "Aperture",
    ".cocatalog": "Capture One",
}


def refuse_managed(path: str) -> None:
    """Raise StepRefused for a photo inside such a library: its application would miss it."""
    for name in os.path.dirname(path).split(os.sep):
        application = MANAGED.get(os.path.splitext(name)[1].lower())
        if application is not None:
            raise StepRefused(f"{shown(path)} belongs to a library of {application}; remove it there.")

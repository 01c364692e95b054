"""Where the user wants removed photos to wait."""

import os

from twinlens.domain.settings import QUARANTINE_FOLDER, QUARANTINE_VARIABLE
from twinlens.preferences.store import Preferences


def chosen_quarantine_folder(preferences: Preferences) -> str | None:
    """The environment variable, then the setting, as it is written there; None leaves the place to each volume."""
    return os.environ.get(QUARANTINE_VARIABLE) or preferences.folder(QUARANTINE_FOLDER) or None

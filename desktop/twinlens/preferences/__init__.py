"""The preferences room: the settings of ``domain.settings``, kept in one file."""

from twinlens.preferences.store import Preferences

__all__ = ["Preferences"]

"""How Qt's binding is loaded: without its looking through the source of every module of the program."""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - loads what is changed below

FEATURES = "shibokensupport.feature"  # PySide 6.5 and later
ASKS = "_mod_uses_pyside"


def spare_the_sources() -> None:
    """Tell the binding by name which modules use it.

    It reads the source of each module that is imported from then on, and keeps it, to learn whether it may choose other names
    for Qt's methods (``from __feature__ import ...``). Nothing here does; a fifth of the start went there, and 14 MB.
    A binding that works otherwise is left as it is.
    """
    features = sys.modules.get(FEATURES)
    if hasattr(features, ASKS):
        setattr(features, ASKS, _uses_qt)


def _uses_qt(module: ModuleType) -> bool:
    return module.__name__.startswith("twinlens.gui")

"""The window's texts as a person reads them: with English plurals."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from twinlens.gui.translation import install_translations


@pytest.fixture(autouse=True)
def english_plurals(qapp: QApplication) -> Iterator[None]:
    translators = install_translations(qapp)
    yield
    for translator in translators:
        qapp.removeTranslator(translator)
        translator.deleteLater()

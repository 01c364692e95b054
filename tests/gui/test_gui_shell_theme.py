"""Palettes with enough contrast, icons in their colours, plurals as a person writes them."""

import gc
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap

import twinlens.gui
from twinlens.gui.theme.contrast import contrast
from twinlens.gui.theme.icons import application_icon, tinted
from twinlens.gui.theme.palettes import DARK, LIGHT, palette_of, quieted
from twinlens.gui.theme.theme import Theme
from twinlens.gui.translation import install_translations

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"


@pytest.mark.parametrize("greys", [DARK, LIGHT], ids=["dark", "light"])
def test_text_can_be_read(greys):
    for text in (greys.text, greys.quiet, greys.link):
        for ground in (greys.window, greys.base, greys.alternate):
            assert contrast(QColor(text), QColor(ground)) >= 4.5, (text, ground)
    assert contrast(QColor(greys.highlighted_text), QColor(greys.highlight)) >= 4.5
    assert contrast(QColor(greys.text), QColor(greys.button)) >= 4.5


@pytest.mark.parametrize("greys", [DARK, LIGHT], ids=["dark", "light"])
def test_greys_around_photos_are_neutral(greys):
    for colour in (greys.window, greys.base, greys.alternate, greys.button, greys.mid):
        assert QColor(colour).red() == QColor(colour).green() == QColor(colour).blue()


def test_quiet_labels_use_the_quiet_colour():
    assert quieted(palette_of(DARK)).color(QPalette.ColorRole.WindowText) == QColor(DARK.quiet)


def test_an_icon_is_painted_in_its_colour(qtbot):
    image = tinted("stop", "#ff0000", "#00ff00", "#0000ff").pixmap(48, 48).toImage()
    painted = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert painted
    assert all(colour.red() > 200 and colour.green() < 60 for colour in painted)


def test_each_state_of_an_icon_has_its_colour_and_is_sharp_on_every_screen(qtbot):
    made = tinted("stop", "#ff0000", "#00ff00", "#0000ff")
    strongest = []
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Disabled, QIcon.Mode.Selected):
        image = made.pixmap(QSize(24, 24), 1.5, mode).toImage()
        assert image.size() == QSize(36, 36)
        every = [image.pixelColor(x, y) for x in range(36) for y in range(36)]
        inked = [colour for colour in every if colour.alpha() == 255]
        assert inked
        parts = [(colour.red(), colour.green(), colour.blue()) for colour in inked]
        strongest.append({("red", "green", "blue")[part.index(max(part))] for part in parts})
    assert strongest == [{"red"}, {"red"}, {"green"}, {"blue"}]
    assert made.actualSize(QSize(40, 20)) == QSize(20, 20)


def test_an_icon_outlives_whoever_made_it_and_may_be_changed(qtbot):
    kept = []
    for number in range(300):
        made = tinted.__wrapped__("stop", "#ff0000", "#00ff00", f"#{number:06x}")
        changed = QIcon(made)
        changed.addPixmap(QPixmap(10, 10))
        kept.append((QIcon(made), changed))
        del made
    gc.collect()
    for icon, changed in kept:
        assert icon.pixmap(16, 16).size() == changed.pixmap(16, 16).size() == QSize(16, 16)


def test_an_icon_that_does_not_exist_is_an_error(qtbot):
    with pytest.raises(FileNotFoundError):
        tinted("no-such-icon", "#000000", "#000000", "#000000")
    assert not application_icon().isNull()


def test_the_theme_changes_at_once(qtbot, qapp):
    theme = Theme(qapp)
    with qtbot.waitSignal(theme.changed):
        theme.choose("light")
    assert not theme.is_dark()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    theme.choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)


@pytest.mark.parametrize(
    ("context", "source", "n", "words"),
    [
        ("Sidebar", "%Ln photo(s)", 1, "1 photo"),
        ("Counts", "%Ln photo(s)", 0, "0 photos"),
        ("Footer", "Move %Ln to quarantine", 2, "Move 2 to quarantine"),
    ],
)
def test_plurals(qapp, context, source, n, words):
    translators = install_translations(qapp)
    try:
        assert QCoreApplication.translate(context, source, None, n) == words
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)


def test_every_plural_in_the_window_has_its_english_forms():
    gui = Path(twinlens.gui.__file__).parent
    used = {
        text
        for path in gui.rglob("*.py")
        for text in re.findall(r'(?:tr|translate)\([^)]*?"([^"]*%L?n[^"]*)"', path.read_text())
    }
    filed = {node.text for node in ElementTree.parse(TRANSLATIONS / "twinlens_en.ts").iter("source")}
    assert used <= filed, "run packaging/make_translations.py"


def test_no_translator_is_a_python_object():
    """Qt asks translators from any thread under a lock of its own; one that waits for the interpreter stops everything."""
    gui = Path(twinlens.gui.__file__).parent
    assert not [path for path in gui.rglob("*.py") if "(QTranslator)" in path.read_text()]

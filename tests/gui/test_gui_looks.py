"""Contrast of every theme on every ground, text sizes, the grey around photos and the focus ring, changed while open."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from twinlens.gui.inspector.preview_view import PreviewView
from twinlens.gui.theme.contrast import contrast
from twinlens.gui.theme.focus_ring import FocusRing
from twinlens.gui.theme.grounds import GROUNDS, ground_palette
from twinlens.gui.theme.palettes import CONTRAST, CONTRAST_LIGHT, DARK, LIGHT, Greys
from twinlens.gui.theme.theme import Theme
from twinlens.gui.theme.type_scale import caption, set_in
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.long_list import LongListView

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

THEMES = {"dark": DARK, "light": LIGHT, "high-contrast": CONTRAST, "high-contrast-light": CONTRAST_LIGHT}


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    palette, font, sheet, style = qapp.palette(), qapp.font(), qapp.styleSheet(), qapp.style().name()
    yield Theme(qapp)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.setStyle(style)


@pytest.mark.parametrize("greys", THEMES.values(), ids=THEMES)
def test_texts_and_edges_of_controls_stand_out(greys: Greys):
    least = 7.0 if greys.high_contrast else 4.5
    for text in (greys.text, greys.quiet, greys.link):
        for ground in (greys.window, greys.base, greys.alternate, greys.tooltip):
            assert contrast(QColor(text), QColor(ground)) >= least, (text, ground)
    assert contrast(QColor(greys.text), QColor(greys.button)) >= least
    assert contrast(QColor(greys.highlighted_text), QColor(greys.highlight)) >= least - 0.01
    if greys.high_contrast:
        for edge in (greys.text, greys.mid, greys.disabled, greys.highlight):
            assert contrast(QColor(edge), QColor(greys.window)) >= 3, edge


@pytest.mark.parametrize(("name", "ground"), list(itertools.product(THEMES, ["theme", *GROUNDS])))
def test_what_is_painted_beside_photos_can_be_read_on_every_ground(name: str, ground: str):
    palette = ground_palette(THEMES[name], ground)
    colours = Colours.of(palette)
    middle = ground == "middle"  # a middle grey has 5 to 1 against white at the most
    least = 7.0 if THEMES[name].high_contrast and not middle else 4.5
    for text in (colours.text, colours.quiet_text, colours.keep, colours.reject):
        assert contrast(text, colours.base) >= least, text.name()
    assert contrast(colours.on_mark, colours.keep) >= 4.5
    assert contrast(colours.on_mark, colours.reject) >= 4.5
    for under in (colours.base, colours.raised):
        assert contrast(colours.focus, under) >= 3
    assert contrast(colours.text, colours.selected) >= 4.5 or middle
    assert colours.base.red() == colours.base.green() == colours.base.blue()


def test_the_grey_around_photos_changes_at_once_and_nothing_else_does(qtbot, theme: Theme):
    theme.choose("dark")
    window = QWidget()
    qtbot.addWidget(window)
    preview = PreviewView(window)
    preview.setGeometry(0, 0, 200, 200)
    photos = LongListView(window)
    photos.setModel(QStringListModel(window))
    photos.setGeometry(0, 200, 200, 200)
    window.show()
    theme.choose_ground("light")
    assert photos.grab().toImage().pixelColor(100, 100) == QColor(GROUNDS["light"])
    assert preview.palette().color(QPalette.ColorRole.Base) == QColor(GROUNDS["light"])
    assert preview.grab().toImage().pixelColor(4, 4) == QColor(GROUNDS["light"])
    assert window.palette().color(QPalette.ColorRole.Base) == QColor(DARK.base)
    later = PreviewView(window)
    later.ensurePolished()
    assert later.palette().color(QPalette.ColorRole.Base) == QColor(GROUNDS["light"])
    theme.choose_ground("theme")
    assert preview.palette().color(QPalette.ColorRole.Base) == QColor(DARK.base)


def test_the_size_of_all_texts_changes_at_once(qtbot, qapp, theme: Theme):
    theme.choose("dark")
    window = QWidget()
    qtbot.addWidget(window)
    plain, quiet = QLabel("Photo", window), QLabel("2 MB", window)
    set_in(caption, quiet)
    window.show()
    before = [QFontInfo(label.font()).pointSizeF() for label in (plain, quiet)]
    theme.set_text_size(200)
    after = [QFontInfo(label.font()).pointSizeF() for label in (plain, quiet)]
    assert [big / small for big, small in zip(after, before, strict=True)] == pytest.approx([2, 2], rel=0.1)
    theme.set_text_size(100)
    assert [QFontInfo(label.font()).pointSizeF() for label in (plain, quiet)] == before


def test_one_ring_follows_the_keys(qtbot, qapp, theme: Theme):
    ring = qapp.findChild(FocusRing)
    assert ring is not None
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    line, button = QLineEdit(window), QPushButton("Keep", window)
    layout.addWidget(line)
    layout.addWidget(button)
    window.show()
    window.activateWindow()
    rings = qapp.findChildren(FocusRing)
    for widget in (line, button):
        qapp.focusChanged.emit(None, widget)
        assert {made.framed() for made in rings} == {widget}
    qapp.focusChanged.emit(button, None)
    assert {made.framed() for made in rings} == {None}


@pytest.mark.parametrize("name", THEMES)
def test_the_ring_is_painted_in_every_theme(qtbot, qapp, theme: Theme, name: str):
    theme.choose(name)
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Keep", window)
    button.setGeometry(20, 20, 120, 32)
    window.show()
    without = window.grab().toImage()
    qapp.focusChanged.emit(None, button)
    image = window.grab().toImage()
    ground = QColor(THEMES[name].window)
    around = [(80, y) for y in range(12, 24)]
    changed = [image.pixelColor(*at) for at in around if image.pixelColor(*at) != without.pixelColor(*at)]
    assert changed
    assert max(contrast(colour, ground) for colour in changed) >= 3

"""Sharp and whole at 200 %: thumbnails and icons in device pixels, no text cut off, icons of one family."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

import twinlens
from tests.gui.test_gui_shell_story import press
from twinlens.gui.theme.theme import Theme
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.views import ViewId

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

ICONS = Path(twinlens.__file__).parent / "resources" / "icons"
ROOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="0 0 20 20" fill="none" '
STROKE = 'stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">'
PROBE = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from twinlens.gui.theme.icons import icon
from twinlens.gui.theme.theme import Theme
application = QApplication([])
Theme(application).choose("dark")
button = QPushButton("Keep")
button.setIcon(icon("keep"))
button.resize(120, 32)
shown = button.grab()
pixmap = icon("keep").pixmap(button.iconSize(), button.devicePixelRatio())
print(shown.devicePixelRatio(), shown.width(), pixmap.width() / button.iconSize().width())
image = pixmap.toImage()
edges = {image.pixelColor(x, image.height() // 2).alpha() for x in range(image.width())}
print(len(edges))
"""


@pytest.fixture
def at_200_per_cent(qapp: QApplication):
    palette, font, sheet = qapp.palette(), qapp.font(), qapp.styleSheet()
    theme = Theme(qapp)
    theme.choose("light")
    theme.set_text_size(200)
    yield
    theme.set_text_size(100)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_icons_have_the_pixels_of_the_screen(factor: str):
    """In a process of its own, for the scale is chosen before Qt starts."""
    environment = {**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = str(Path(twinlens.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True)
    ratio, width, pixels = map(float, done.stdout.splitlines()[0].split())
    assert ratio == float(factor)
    assert width == 120 * ratio
    assert pixels == pytest.approx(ratio, rel=0.07)  # whole pixels


@pytest.mark.parametrize("view", [ViewId.DUPLICATES, ViewId.PHOTOS, ViewId.QUARANTINE, ViewId.HISTORY], ids=str)
def test_no_text_is_cut_off_at_twice_the_size(qtbot, at_200_per_cent, open_window, drive, view: ViewId):
    window = open_window(str(drive))
    window.resize(1900, 1200)
    press(qtbot, window, f"view.{view}")
    qtbot.wait(1)
    assert window.font().pointSizeF() > 15
    assert cut_off(window) == []


def cut_off(window: QWidget) -> list[str]:
    """Texts of one line that are higher, and of buttons that are wider, than their place."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        metrics = widget.fontMetrics()
        if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap() and widget.pixmap().isNull():
            if widget.height() < metrics.height():
                found.append(f"{widget.text()!r} is {widget.height()} high of {metrics.height()}")
        elif isinstance(widget, QPushButton | QToolButton) and widget.text():
            text = widget.text().replace("&", "")
            if widget.height() < metrics.height() or widget.width() < metrics.horizontalAdvance(text):
                found.append(f"{text!r} has {widget.width()} x {widget.height()}")
    return found


def test_icons_are_drawn_alike_and_differ_from_each_other():
    drawings: dict[str, str] = {}
    for path in sorted(ICONS.glob("*.svg")):
        if path.stem == "twinlens":
            continue
        text = path.read_text().strip()
        assert text.startswith(ROOT + STROKE), path.name
        assert not re.findall(r"#[0-9a-fA-F]{3,6}", text), path.name
        drawing = text.removeprefix(ROOT + STROKE)
        assert drawing not in drawings, f"{path.stem} is drawn as {drawings[drawing]}"
        drawings[drawing] = path.stem
    assert len(drawings) > 50

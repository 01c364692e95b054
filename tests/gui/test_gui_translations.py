"""Every text on the screen can be translated: none is written into a widget as it is, and the tables are collected too."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

import twinlens.gui
from tests.gui.test_gui_shell_story import press
from twinlens.gui.main_window import MainWindow
from twinlens.gui.settings.dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PROJECT = Path(__file__).resolve().parents[2]
GUI = Path(twinlens.gui.__file__).parent
SHOWING = frozenset({
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setAccessibleName", "setAccessibleDescription",
    "setWindowTitle", "setPlaceholderText", "setTitle", "addAction", "addTab", "addButton", "addMenu", "setSuffix",
    "setPrefix", "say", "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
})  # fmt: skip
NAMES = {"Twinlens"}  # not to be translated


def bare_texts(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        text = node.args[0]
        value = text.value if isinstance(text, ast.Constant) else None
        if name in SHOWING and isinstance(value, str) and re.search(r"[A-Za-z]{2}", value) and value not in NAMES:
            found.append(f"{path.name}:{node.lineno} {value!r}")
    return found


def test_no_text_is_written_into_a_widget_untranslated():
    assert [text for path in sorted(GUI.rglob("*.py")) for text in bare_texts(path)] == []


@pytest.fixture
def pseudo(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """A language whose every text is ours in brackets: what has none was never asked for in the user's language."""
    place = PROJECT / "packaging" / "make_translations.py"
    spec = importlib.util.spec_from_file_location("make_translations", place)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tables, texts = tmp_path / "tables.py", tmp_path / "pseudo_de.ts"
    tables.write_text(tool.table_texts(), encoding="utf-8")
    sources = [str(path) for path in GUI.rglob("*.py")]
    tool.run_tool("pyside6-lupdate", "-target-language", "de", *sources, str(tables), "-ts", str(texts))
    tree = ElementTree.parse(texts)
    for message in tree.iter("message"):
        translation, source = message.find("translation"), message.findtext("source") or ""
        assert translation is not None
        translation.attrib.pop("type", None)
        for form in translation.findall("numerusform") or [translation]:
            form.text = f"[{source}]"
    tree.write(texts, encoding="utf-8", xml_declaration=True)
    tool.run_tool("pyside6-lrelease", str(texts), "-qm", str(texts.with_suffix(".qm")))
    translator = QTranslator(qapp)
    assert translator.load(str(texts.with_suffix(".qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    translator.deleteLater()


def test_the_window_speaks_another_language_throughout(qtbot, pseudo, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    actions = [action for action in window.actions_by_id.values() if action.text()]
    assert [action.text() for action in actions if not action.text().startswith("[")] == []
    assert [action.statusTip() for action in actions if not action.statusTip().startswith("[")] == []
    menus = [action.text() for action in window.menuBar().actions()]
    assert [text for text in menus if not text.startswith("[")] == []
    buttons = [button.text() for button in window.findChildren(QAbstractButton) if button.isVisible() and button.text()]
    assert len(buttons) > 4
    assert [text for text in buttons if "[" not in text] == []
    assert [name for name in names_of(window) if "[" not in name] == []
    settings = SettingsDialog(window.session.library.preferences, window)
    labels = [label.text() for label in settings.findChildren(QLabel) if label.text()]
    assert [text for text in labels if "[" not in text] == []
    settings.deleteLater()


def names_of(window: MainWindow) -> list[str]:
    """How a screen reader names what can have the focus; names of tabs and counts among them."""
    widgets = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.accessibleName()]
    return [widget.accessibleName() for widget in widgets if not isinstance(widget, QLabel)]

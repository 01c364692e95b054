"""Names that give trouble, through the whole window: cards, tooltips, spoken texts, drags, quarantine, journal, problems."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView

from tests.gui.test_gui_shell_story import press
from tests.odd_names import is_fit_for_the_screen, make_odd_names, photos_in
from twinlens.domain.group import Suggestion
from twinlens.domain.relation import PhotoClass
from twinlens.gui.inspector.panel import InspectorPanel
from twinlens.gui.main_window import MainWindow
from twinlens.gui.similar.dropped import local_file
from twinlens.gui.thumbnails.drag_out import file_url, files_as_mime, path_of

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def texts_of(model: QAbstractItemModel) -> Iterator[str]:
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            for role in TEXTS:
                text = model.data(model.index(row, column), role)
                if isinstance(text, str):
                    yield text


def all_texts(window: MainWindow) -> list[str]:
    views = window.findChildren(QAbstractItemView)
    return [text for view in views if view.model() is not None for text in texts_of(view.model())]


@pytest.fixture
def odd(shared_data: Path, tmp_path: Path) -> Path:
    folder = make_odd_names(shared_data, tmp_path / "odd")
    (folder / "broken <i>one\n.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut")
    return folder


def test_odd_names_are_shown_removed_and_put_back(qtbot, open_window, odd: Path):
    window = open_window(str(odd))
    before = photos_in(odd)
    shown = len(window.presenter._shown)
    assert shown > 35
    window.grab()  # every delegate paints what it is given
    press(qtbot, window, "view.duplicates")
    window.grab()
    (group,) = window.session.groups.groups(PhotoClass.IDENTICAL_FILE)
    rejects = [member.suggestion for member in group.members].count(Suggestion.REJECT)
    assert rejects == len(group.members) - 3  # not the keeper, nor its hard link, nor what Apple Photos keeps
    press(qtbot, window, "accept")
    press(qtbot, window, "remove")
    assert len(window.session.records.records.waiting) == rejects
    for view in ("view.quarantine", "view.history", "view.problems", "view.photos"):
        press(qtbot, window, view)
        window.grab()
    texts = all_texts(window)
    assert [text for text in texts if not is_fit_for_the_screen(text.replace("\n", ""))] == []
    for piece in (
        "latin1-\ufffd\ufffd.jpg",
        "new\ufffdline.jpg",
        "rtl\ufffdgpj.exe.jpg",
        "9.41\u202fAM",
        "\u200d\U0001f469",
    ):
        assert any(piece in text for text in texts), piece
    press(qtbot, window, "undo")
    assert photos_in(odd) == before
    assert len(window.presenter._shown) == shown


def test_names_are_never_taken_for_markup(qtbot, open_window, odd: Path):
    window = open_window(str(odd))
    press(qtbot, window, "view.problems")
    for text in all_texts(window):
        if "<b>" in text or "<img" in text:
            assert not GuiQt.mightBeRichText(text) or "&lt;" not in text
    grid = window.workspace.photos.view().photos()
    tips = [grid.data(grid.index(row), Qt.ItemDataRole.ToolTipRole) for row in range(grid.rowCount())]
    (bold,) = [tip for tip in tips if "bold" in tip]
    assert "&lt;b&gt;bold&lt;/b&gt;.jpg" in bold
    (problem,) = [text for text in all_texts(window) if "&lt;i&gt;one" in text][:1]
    assert "<i>" not in problem


def test_any_name_is_dragged_out_and_in(qtbot, open_window, odd: Path):
    window = open_window(str(odd))
    grid = window.workspace.photos.view().photos()
    paths = grid.paths(grid.ids())
    assert {os.fsencode(path) for path in paths} <= set(photos_in(odd))
    mime = files_as_mime(paths)
    assert [path_of(url) for url in mime.urls()] == paths
    assert local_file(files_as_mime(["/a/\udcff #?%.jpg"])) == "/a/\udcff #?%.jpg"
    assert path_of(QUrl("https://example.org/a.jpg")) is None
    assert path_of(file_url("/plain.jpg")) == "/plain.jpg"


def test_the_path_on_the_clipboard_is_the_path(qtbot, open_window, odd: Path):
    window = open_window(str(odd))
    inspector = window.findChild(InspectorPanel)
    for name in ("写真 2019年.jpg", "new\nline.jpg", "<b>bold</b>.jpg", "rtl\u202egpj.exe.jpg"):
        photo = window.session.library.catalog().photos.by_path(str(odd / name))
        assert photo is not None
        window.workspace.photos.show_photo(photo.id)
        inspector.copy_path()
        assert QGuiApplication.clipboard().text() == str(odd / name)

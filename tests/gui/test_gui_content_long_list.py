"""The grid of any number of photos: found by keys and pointer as in any list, laid out in no time."""

import time

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer

from tests.gui.content_samples import PumpedRunner
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.long_list import PAINT_S
from twinlens.gui.thumbnails.photo_delegate import PhotoDelegate
from twinlens.gui.thumbnails.photo_model import PhotoListModel
from twinlens.gui.thumbnails.photo_view import PhotoListView

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PHOTOS = 100_000
CHANGE_S = 0.05  # ten times what it takes on a quiet machine; Qt's own layout takes four times as long as this


@pytest.fixture
def view(qtbot):
    loader = ThumbnailLoader(lambda _ids: {}, runner=PumpedRunner())
    view = PhotoListView(loader, 160, None)
    view.setModel(PhotoListModel(view))
    view.photos().set_ids(range(1, PHOTOS + 1))
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    qtbot.waitExposed(view)
    yield view
    loader.shutdown()


def selected_rows(view: PhotoListView) -> list[int]:
    return [photo_id - 1 for photo_id in view.selected_ids()]


def centre(view: PhotoListView, row: int) -> QPoint:
    return view.visualRect(view.photos().index(row, 0)).center()


def test_every_row_is_where_it_is_painted(view):
    view.go_to(77_777)
    rows = view.visible_rows()
    assert 77_777 in rows
    for row in rows:
        assert view.indexAt(centre(view, row)).row() == row
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    view.go_to(0)
    assert view.verticalScrollBar().value() == 0
    view.go_to(PHOTOS - 1)
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    assert not view.indexAt(QPoint(5, view.viewport().height() + 5000)).isValid()


def test_an_error_while_painting_ends_the_painting(view, monkeypatch):
    """The error keeps its frames, and a painter that lives on in one of them ends the program at the next paint."""

    def fail(*_: object) -> None:
        raise ValueError("this card cannot be painted")

    monkeypatch.setattr(PhotoDelegate, "paint", fail)
    with pytest.raises(ValueError, match="this card cannot be painted") as error:
        view.viewport().repaint()
    assert error.tb is not None  # its frames are alive
    assert not view.viewport().paintingActive()


def test_keys_walk_lines_and_pages_and_stay_inside(qtbot, view):
    columns = view.columns()
    assert columns > 2
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, PHOTOS - 1),
        (Qt.Key.Key_Right, PHOTOS - 1),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == row
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    page = view.currentIndex().row()
    assert page % columns == 0
    assert page >= 2 * columns
    assert view.visualRect(view.currentIndex()).bottom() < view.viewport().height()
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() == 0


def test_shift_selects_in_reading_order_and_control_adds(qtbot, view):
    columns = view.columns()
    left, shift, control = (
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
    )
    qtbot.mouseClick(view.viewport(), left, pos=centre(view, columns - 1))
    assert selected_rows(view) == [columns - 1]
    qtbot.mouseClick(view.viewport(), left, shift, pos=centre(view, columns + 1))
    assert selected_rows(view) == [columns - 1, columns, columns + 1]
    qtbot.mouseClick(view.viewport(), left, control, pos=centre(view, 0))
    assert selected_rows(view) == [0, columns - 1, columns, columns + 1]
    qtbot.mouseClick(view.viewport(), left, pos=centre(view, 1))
    qtbot.keyClick(view, Qt.Key.Key_Down, shift)
    assert selected_rows(view) == list(range(1, columns + 2))


def test_rows_that_come_while_one_looks_far_down_move_nothing_and_cost_nothing(qtbot, view):
    view.go_to(90_000)
    before, top = view.currentIndex().row(), view.verticalScrollBar().value()
    started = time.perf_counter()
    view.photos().append_ids(range(PHOTOS + 1, PHOTOS + 65))
    view.executeDelayedItemsLayout()
    view.viewport().grab()
    assert time.perf_counter() - started < CHANGE_S
    assert (view.currentIndex().row(), view.verticalScrollBar().value()) == (before, top)
    started = time.perf_counter()
    view.selectAll()
    view.viewport().grab()
    assert time.perf_counter() - started < CHANGE_S
    view.selectionModel().clearSelection()
    view.selectionModel().select(view.photos().index(90_001, 0), QItemSelectionModel.SelectionFlag.Select)
    view.go_to(PHOTOS + 63)
    assert view.current_photo_id() == PHOTOS + 64


class Painted(PhotoDelegate):
    """Counts what is painted, and can be slow at it."""

    def __init__(self, view: PhotoListView, slow_s: float = 0.0) -> None:
        super().__init__(view._loader, view._card_painter(), view)
        self.rows: list[int] = []
        self.slow_s = slow_s

    def paint(self, painter, option, index) -> None:
        self.rows.append(index.row())
        time.sleep(self.slow_s)
        super().paint(painter, option, index)


def test_painting_that_takes_long_gives_way_and_is_finished(qtbot, view):
    painted = Painted(view, slow_s=PAINT_S / 4)
    view.setItemDelegate(painted)
    turns: list[int] = []
    timer = QTimer(view)
    timer.timeout.connect(lambda: turns.append(len(set(painted.rows))))
    timer.start(0)
    view.viewport().update()
    qtbot.waitUntil(lambda: set(view.visible_rows()) <= set(painted.rows))
    timer.stop()
    between = {count for count in turns if 0 < count < len(view.visible_rows())}
    assert len(between) >= 3  # the event loop came round while a part was painted
    painted.rows.clear()
    qtbot.wait(100)
    assert not painted.rows  # and nothing is painted for ever


def test_what_is_left_to_paint_is_painted_where_it_scrolled_to(qtbot, view):
    painted = Painted(view, slow_s=PAINT_S / 2)
    view.setItemDelegate(painted)
    view.viewport().repaint()
    assert len(painted.rows) < len(view.visible_rows())
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 300)
    painted.slow_s = 0.0
    qtbot.waitUntil(lambda: set(view.visible_rows()) <= set(painted.rows))


def test_a_picture_of_the_list_is_whole_however_long_it_takes(qtbot, view):
    qtbot.wait(50)
    painted = Painted(view, slow_s=PAINT_S / 4)
    view.setItemDelegate(painted)
    for widget in (view, view.viewport()):
        painted.rows.clear()
        widget.grab()
        assert painted.rows == list(view.visible_rows())

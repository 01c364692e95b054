"""The pages that are made behind the first photos: whoever is there before them misses nothing."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt

from tests.gui.turning import turn_until
from twinlens.domain.settings import THUMBNAIL_SIDE
from twinlens.gui.features import Features
from twinlens.gui.history.deed_model import WHAT
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import MADE_LATER

pytestmark = [pytest.mark.qt_log_ignore("does not support propagateSizeHints"), pytest.mark.photos]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Nothing late is made by itself until this is set."""
    quick, start = Event(), Features.start
    monkeypatch.setattr(Features, "start", lambda features: start(features) if quick.is_set() else None)
    return quick


def remove_one(qtbot, windows, window) -> None:
    qtbot.keyClick(window.workspace.duplicates.groups.view(), Qt.Key.Key_Return)
    window.actions_by_id["remove"].trigger()
    windows.settle()
    turn_until(lambda: not window.session.removals.busy)


def test_the_first_photos_do_not_wait_for_pages_that_nobody_sees(windows, drive, slow):
    window = windows.open(drive, view="photos")
    assert not any(window.workspace.is_made(view) for view in MADE_LATER)
    window.features.complete()
    assert all(window.workspace.is_made(view) for view in MADE_LATER)


def test_asking_for_lookalikes_before_their_page_is_there(windows, drive, slow):
    window = windows.open(drive, view="photos")
    name = Path(window.session.photos.photo(window.workspace.photos.current_photo_id()).path).name
    window.actions_by_id["results"].trigger()
    turn_until(lambda: bool(window.workspace.results.shown()))
    assert window.workspace.view is ViewId.RESULTS
    assert window.workspace.results.heading.text() == f"Similar to {name}"


def test_a_list_that_is_looked_at_at_once_is_filled(qtbot, windows, drive, slow):
    window = windows.open(drive, view="duplicates")
    remove_one(qtbot, windows, window)
    window.actions_by_id["view.quarantine"].trigger()
    (receipt,) = window.session.records.records.waiting
    quarantine = window.workspace.quarantine
    assert quarantine.table.model().rowCount() == 1
    quarantine.table.selectAll()
    quarantine.restore.click()
    turn_until(lambda: Path(receipt.path).exists() and not window.session.removals.busy)
    slow.set()
    window.actions_by_id["view.history"].trigger()  # the page is made now, and what fills it afterwards
    model = window.workspace.history.model
    turn_until(lambda: model.rowCount() > 0)
    assert "Move 1 photo to the quarantine" in [model.data(model.index(row, WHAT)) for row in range(model.rowCount())]


def test_a_page_that_is_made_late_is_as_it_was_left(windows, drive, slow):
    window = windows.open(drive, view="quarantine")
    window.session.library.preferences.set(THUMBNAIL_SIDE, 240)
    window.workspace.quarantine.table.header().resizeSection(0, 377)
    windows.close()
    windows.open(view="photos")
    windows.close()  # it was not made, and is not forgotten
    window = windows.open(view="photos")
    assert window.workspace.quarantine.table.header().sectionSize(0) == 377
    results, photos = (
        panel.view().gridSize().height() for panel in (window.workspace.results.grid, window.workspace.photos)
    )
    assert 0 < results - photos < 40  # two lines more than a photo without an answer, and as large

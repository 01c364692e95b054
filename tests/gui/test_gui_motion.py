"""Less movement: a setting and the system's wish are followed by all that moves by itself."""

import pytest
from PySide6.QtWidgets import QProgressBar

from tests.gui.burst_drive import make_burst_drive
from twinlens.domain.events import Stage, StageProgress
from twinlens.domain.settings import LESS_MOVEMENT
from twinlens.gui.theme.motion import may_move

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_nothing_moves_by_itself_where_that_is_wished(windows, qapp, photos_dir, tmp_path):
    window = windows.open(make_burst_drive(photos_dir, tmp_path / "drive"))
    bar = window.progress.findChild(QProgressBar)
    window.progress.begin()
    assert (bar.minimum(), bar.maximum()) == (0, 0)  # runs to and fro
    assert may_move(bar)

    window.session.library.preferences.set(LESS_MOVEMENT, True)
    window.commands.settings_changed([LESS_MOVEMENT])
    windows.settle()
    assert not may_move(bar)
    assert qapp.styleHints().cursorFlashTime() == 0
    window.progress.begin()
    assert (bar.value(), bar.maximum() > 0) == (0, True)
    window.progress.show_progress(StageProgress(Stage.WALK, 3, None, 0.0, None))
    assert (bar.value(), bar.maximum() > 0) == (0, True)

    window.session.library.preferences.set(LESS_MOVEMENT, False)
    window.commands.settings_changed([LESS_MOVEMENT])
    window.progress.begin()
    assert bar.maximum() == 0
    assert qapp.styleHints().cursorFlashTime() > 0

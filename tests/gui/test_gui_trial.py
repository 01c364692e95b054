"""A folder is added whose photos could not be removed: the window says so then, not when it is needed."""

from pathlib import Path

import pytest

from tests.gui.story_window import StoryWindows
from tests.review.made_library import picture
from twinlens.gui.trial.feature import Trial

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def windows(qtbot, qapp, tmp_path):
    made = StoryWindows(qtbot, qapp, tmp_path)
    yield made
    made.close_all()


def banner_of(window) -> str:
    trial = next(feature for feature in window.features if isinstance(feature, Trial))
    return trial.banner.text() if trial.banner is not None and trial.banner.isVisible() else ""


def test_a_folder_without_a_working_quarantine_is_named_when_it_is_added(
    windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(tmp_path / "good" / "a.png", 1)
    picture(tmp_path / "odd" / "a.png", 2)
    monkeypatch.setenv("TWINLENS_QUARANTINE", str(tmp_path / "removed"))
    window = windows.open(tmp_path / "good")
    assert banner_of(window) == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good", "library", "odd"]  # the trial left nothing

    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / ".twinlens-quarantine").write_text("a file where the folder would be")
    monkeypatch.setenv("TWINLENS_QUARANTINE", str(tmp_path / "taken"))
    window.library.add_folders([str(tmp_path / "odd")])
    windows.settle()
    said = banner_of(window)
    assert said.startswith(f"Photos in {tmp_path / 'odd'} cannot be removed by Twinlens: The quarantine folder")
    assert "The system's trash" in said
    trial = next(feature for feature in window.features if isinstance(feature, Trial))
    assert trial.banner is not None
    trial.banner.button().click()
    assert banner_of(window) == ""

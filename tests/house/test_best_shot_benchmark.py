"""The benchmark of best shots on one real series: the frame that was not spoilt wins."""

from pathlib import Path

import pytest

from benchmarks.best_shot import QUESTIONS, Frame, asked, frame
from twinlens.imaging.decode import close_workers

KINDS = ("blur 1.5 px", "shake 5 px", "-2 EV", "+2 EV", "noise 12")


@pytest.fixture(scope="module")
def frames(photos_dir: Path) -> list[Frame]:
    made = [frame(path, KINDS) for path in sorted((photos_dir / "series_rock").iterdir())[:3]]
    close_workers()
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_the_frame_that_was_not_spoilt_wins(frames: list[Frame], kind: str) -> None:
    answers = list(asked(frames, kind))
    assert {question for question, _ in answers} == set(QUESTIONS)
    assert all(is_right for _, is_right in answers)

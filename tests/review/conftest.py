from pathlib import Path

import pytest


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def quarantine(tmp_path: Path) -> str:
    return str(tmp_path / "removed")

from collections.abc import Iterator
from pathlib import Path

import pytest

from twinlens.library.open import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def quarantine(tmp_path: Path) -> str:
    return str(tmp_path / "removed")

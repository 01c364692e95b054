import shutil
from pathlib import Path

import pytest

from tests.scanning.scenes import make_album


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def album_template(photos_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("album")
    make_album(photos_dir, folder)
    return folder


@pytest.fixture
def album(album_template: Path, tmp_path: Path) -> Path:
    """A copy of the album for one test."""
    return Path(shutil.copytree(album_template, tmp_path / "album"))

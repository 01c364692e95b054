from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.synthetic import MOUNTED
from twinlens.catalog import Catalog


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(tmp_path) as opened:
        opened.volumes.remember(MOUNTED)
        yield opened

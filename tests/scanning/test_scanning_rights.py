"""Folders and files that may not be read, as somebody who is not root meets them."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.scanning.scenes import put
from tests.without_privileges import run_without_privileges

SCAN = """
import json, sys
from pathlib import Path
from twinlens.domain.ports import GoOn, no_events
from twinlens.library import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan
photos, folder = sys.argv[1:]
with Library.open(Path(folder)) as library:
    report = scan(library, [photos], ScanOptions(embedding=False, threads=1), GoOn(), no_events)
    noted = [problem.path for problem in library.catalog().problems.all()]
    known = [photo.path for photo in library.catalog().photos.named("")]
print(json.dumps([report.new, report.unchanged, report.gone, {p.path: p.error for p in report.problems}, noted, known]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
def test_what_may_not_be_read_is_a_line_each_and_nothing_is_lost(photos: Path, tmp_path: Path) -> None:
    put(photos / "open.jpg", 1)
    forbidden = put(photos / "forbidden.jpg", 2)
    locked = put(photos / "locked/deep/a.jpg", 3).parent.parent
    no_entry = put(photos / "no entry/b.jpg", 4).parent
    (tmp_path / "library").mkdir()

    def scan() -> tuple[int, int, int, dict[str, str], list[str], list[str]]:
        found = json.loads(run_without_privileges(SCAN, photos, tmp_path / "library"))
        return found[0], found[1], found[2], found[3], found[4], sorted(found[5])

    everything = sorted(str(path) for path in photos.rglob("*.jpg"))
    forbidden.chmod(0)
    locked.chmod(0)
    no_entry.chmod(0o400)  # its names may be read, and nothing else
    new, _, _, problems, noted, known = scan()
    assert (new, known) == (1, [str(photos / "open.jpg")])
    assert set(problems) == {str(forbidden), str(locked), str(no_entry / "b.jpg")}
    assert all("Permission denied" in error for error in problems.values())
    assert noted == [str(forbidden)]
    for place, mode in ((forbidden, 0o600), (locked, 0o700), (no_entry, 0o700)):
        place.chmod(mode)
    assert scan() == (3, 1, 0, {}, [], everything)
    locked.chmod(0)
    no_entry.chmod(0o400)
    new, unchanged, gone, problems, _, known = scan()
    assert (new, unchanged, gone, known) == (0, 2, 0, everything)
    assert set(problems) == {str(locked), str(no_entry / "b.jpg")}
    os.chmod(locked, 0o700)
    os.chmod(no_entry, 0o700)

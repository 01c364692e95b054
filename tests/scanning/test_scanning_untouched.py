"""What must not read a photo, or load what reading needs: a rescan, another threshold, a folder with another name."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.scanning.scenes import WITH_NETWORK, noise_jpeg, scanned
from tests.scanning.test_scanning_signatures import Twin
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups
from twinlens.scanning.options import ScanOptions

HEAVY = ("onnxruntime", "cv2", "PIL", "scipy", "hnswlib", "imagehash", "rawpy", "pillow_heif")
RESCAN = """
import json, sys
from pathlib import Path
from twinlens.domain.ports import GoOn, no_events
from twinlens.library.open import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan
with Library.open(Path(sys.argv[1])) as library:
    report = scan(library, [sys.argv[2]], ScanOptions(), GoOn(), no_events)
print(json.dumps([report.unchanged, report.new, [name for name in sys.argv[3:] if name in sys.modules]]))
"""


def groups_at(library: Library, similarity: float, gap_s: float) -> list[object]:
    data = load_review_data(library.catalog())
    queries = [GroupQuery(photo_class, similarity=similarity, time_gap_s=gap_s) for photo_class in PhotoClass]
    return [list(find_groups(data, query)) for query in queries]


def test_groups_of_every_class_and_threshold_need_no_photo(library: Library, album: Path) -> None:
    scanned(library, album, options=WITH_NETWORK)
    settings = [(0.5, 60.0), (0.75, 3.0), (0.97, 0.5)]
    before = [groups_at(library, *setting) for setting in settings]
    assert before[0] != before[2]
    shutil.rmtree(album)
    assert [groups_at(library, *setting) for setting in settings] == before


def test_a_rescan_that_finds_nothing_loads_nothing_heavy(tmp_path: Path, album: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        photos = scanned(library, album, options=WITH_NETWORK).photos
    command = [sys.executable, "-c", RESCAN, str(tmp_path / "library"), str(album), *HEAVY]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment, timeout=120)
    assert json.loads(done.stdout) == [photos, 0, []]


def test_a_folder_of_a_thousand_photos_may_get_another_name(tmp_path: Path, photos: Path) -> None:
    for number in range(1000):
        place = photos / "old" / f"part {number % 3}" / f"{number}.jpg"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(noise_jpeg(1)[:20] + number.to_bytes(2, "big"))
    twin = Twin(tmp_path / "library", signed=True)
    try:
        studied = twin.scan([str(photos)], ScanOptions(), None)[0]
        assert len(studied) == 1000  # type: ignore[arg-type]
        before = {path: id_ for id_, path in paths_of(twin.library)}
        (photos / "2024").mkdir()
        os.rename(photos / "old", photos / "2024" / "new name")
        found = twin.scan([str(photos)], ScanOptions(), None)
        to_study, unchanged, moved, gone = found[0], found[3], found[5], found[7]
        assert (to_study, unchanged, len(moved), gone) == ([], 1000, 1000, [])  # type: ignore[arg-type]
        after = {path.replace("2024/new name", "old"): id_ for id_, path in paths_of(twin.library)}
        assert after == before
        assert twin.scan([str(photos)], ScanOptions(), None)[3] == 1000
    finally:
        twin.library.close()


def paths_of(library: Library) -> list[tuple[int, str]]:
    columns = library.catalog().photos.columns()
    return list(zip(columns.photo_id.tolist(), columns.paths, strict=True))

"""Whatever lies on a photo drive: nothing crashes the scan, and each file that cannot be read is one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.scanning.scenes import Listener, scanned
from twinlens.library.open import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.walk import Walk

BOUNDED = ScanOptions(embedding=False, threads=2, max_megapixels=64)


def test_every_odd_file_is_a_photo_or_one_line(
    library: Library, odd_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener()
    report = scanned(library, odd_dir, options=BOUNDED, listener=listener)
    walked = [file.path for file in Walk(str(odd_dir), BOUNDED.ignored_names)]
    told = listener.problems()
    assert report.photos + len(told) == len(walked) > 100
    assert {path: len(errors) for path, errors in told.items() if len(errors) > 1} == {}
    for path, (error,) in told.items():
        assert 10 < len(error) < 250, (path, error)
        assert "\n" not in error
        assert "Traceback" not in error
        assert library.catalog().photos.by_path(path) is None
    assert {problem.path for problem in report.problems} == set(told)
    assert {problem.path for problem in library.catalog().problems.all()} == set(told)

    opened: list[str] = []
    monkeypatch.setattr("twinlens.scanning.study.study_apart", lambda path, *_: opened.append(path))
    again = scanned(library, odd_dir, options=BOUNDED)
    assert opened == []
    assert sorted(again.problems, key=lambda p: p.path) == sorted(report.problems, key=lambda p: p.path)
    assert again.photos == again.unchanged == report.photos


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_awkward_names_are_scanned_and_known_again(library: Library, shared_data: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    subprocess.run([sys.executable, str(shared_data / "make_odd.py"), str(odd)], check=True, capture_output=True)
    report = scanned(library, odd, options=BOUNDED)
    troubled = {Path(problem.path).name for problem in report.problems}
    assert "sparse_4GiB.jpg" in troubled
    assert troubled <= {"sparse_4GiB.jpg", "noread.jpg", "DSC1.ARW", "IMG_9.HEIC"}
    names = {Path(photo.path).name for photo in library.catalog().photos.named("")}
    assert {"new\nline.jpg", "latin1-\udce9\udcff.jpg", "📷🏔️ trip.jpg", "IMG_0001.JPG", "img_0001.jpg"} <= names
    again = scanned(library, odd, options=BOUNDED)
    assert (again.new, again.changed, again.gone, again.unchanged) == (0, 0, 0, report.photos)

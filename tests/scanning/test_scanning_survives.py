"""A scan survives awkward files and SIGKILL."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import twinlens
from twinlens.domain.ports import GoOn, no_events
from twinlens.library.open import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

KILLED_AFTER_S = (0.6, 1.4, 0.9, 0.7, 1.1, 0.8)
SCAN = [sys.executable, "-m", "twinlens", "scan"]


@pytest.mark.photos
def test_each_odd_file_is_a_photo_or_a_line(tmp_path: Path, odd_dir: Path):
    with Library.open(tmp_path / "library") as library:
        done = scan(library, [str(odd_dir)], ScanOptions(embedding=False), GoOn(), no_events)
        listed = {problem.path for problem in done.problems}
        known = set(library.catalog().photos.columns().paths)
    assert done.new == len(known) > 100
    assert not listed & known
    assert all(problem.error for problem in done.problems)
    for name in ("made/zero_byte.jpg", "made/text_renamed.jpg", "made/truncated_10.jpg"):
        assert str(odd_dir / name) in listed


def catalogued(library: Path) -> tuple[dict[str, tuple[bytes, bool]], set[tuple[str, str, int]]]:
    with Library.open(library) as opened:
        catalog = opened.catalog()
        columns = catalog.photos.columns()
        relations = catalog.relations.columns(columns)
        paths = list(columns.paths)
        photos = {}
        for path in paths:
            photo = catalog.photos.by_path(path)
            assert photo is not None
            photos[path] = (photo.content, opened.thumbnails.get(photo.id) is not None)
        related = set()
        rows = (relations.first_row.tolist(), relations.second_row.tolist(), relations.class_rank.tolist())
        for first, second, rank in zip(*rows, strict=True):
            one, two = sorted((paths[first], paths[second]))
            related.add((one, two, rank))
    return photos, related


@pytest.mark.photos
def test_a_killed_scan_ends_as_an_undisturbed_one(tmp_path: Path, photos_dir: Path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, path in enumerate(sorted((photos_dir / "caltech101").rglob("*.jpg"))[:60]):
        shutil.copy(path, folder / f"{number:02}.jpg")
        if number < 15:
            with Image.open(path) as image:
                image.convert("RGB").save(folder / f"{number:02}_again.jpg", quality=55)
    environment = {**os.environ, "PYTHONPATH": str(Path(twinlens.__file__).parents[1])}

    def start(library: Path) -> subprocess.Popen[bytes]:
        command = [*SCAN, str(folder), "--library", str(library)]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    assert start(tmp_path / "calm").wait() == 0
    for patience_s in KILLED_AFTER_S:
        process = start(tmp_path / "killed")
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert start(tmp_path / "killed").wait() == 0
    photos, related = catalogued(tmp_path / "calm")
    assert len(photos) == 75
    assert len(related) >= 10
    assert catalogued(tmp_path / "killed") == (photos, related)

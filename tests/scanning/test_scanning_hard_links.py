"""One file with several names is read once, and each name is a photo of its own with the same record."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scanning.scenes import Listener, groups_of, noise_jpeg, put, scanned
from tests.scanning.test_scanning_changes import numbers
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.scanning import study
from twinlens.scanning.apart import asking

pytestmark = pytest.mark.skipif(not hasattr(os, "link"), reason="there are no hard links")


def count_studies(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    studied: list[str] = []
    real: Callable[..., object] = asking.study_apart

    def study_apart(path: str, *others: object) -> object:
        studied.append(os.path.basename(path))
        return real(path, *others)

    monkeypatch.setattr(study, "study_apart", study_apart)
    return studied


def test_a_file_with_three_names_is_read_once(library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = put(photos / "a.jpg", 1)
    (photos / "sub").mkdir()
    os.link(first, photos / "b.jpg")
    os.link(first, photos / "sub/c.jpg")
    put(photos / "z.jpg", 9)
    studied = count_studies(monkeypatch)
    listener = Listener()
    report = scanned(library, photos, listener=listener)
    assert (report.photos, report.new, report.problems) == (4, 4, ())
    assert sorted(studied) == ["a.jpg", "z.jpg"]
    assert sum(len(ids) for ids in listener.catalogued()) == 4
    names = [library.catalog().photos.by_path(str(photos / name)) for name in ("a.jpg", "b.jpg", "sub/c.jpg")]
    assert len({photo.content for photo in names if photo}) == 1
    assert all(photo is not None and library.thumbnails.get(photo.id) for photo in names)
    assert library.catalog().photos.total_bytes() == len(noise_jpeg(1)) + len(noise_jpeg(9))
    assert groups_of(library, PhotoClass.IDENTICAL_FILE) == set()
    assert numbers(library, photos) == (4, 0, 0, 4, 0)
    assert len(studied) == 2


def test_a_broken_file_is_broken_under_each_of_its_names(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "a.jpg").write_bytes(noise_jpeg(1)[:150])
    os.link(photos / "a.jpg", photos / "b.jpg")
    studied = count_studies(monkeypatch)
    assert sorted(os.path.basename(p.path) for p in scanned(library, photos).problems) == ["a.jpg", "b.jpg"]
    assert len(studied) == 1


def test_a_name_that_is_taken_away_leaves_the_others(library: Library, photos: Path) -> None:
    first = put(photos / "a.jpg", 1)
    os.link(first, photos / "b.jpg")
    scanned(library, photos)
    first.unlink()
    assert numbers(library, photos) == (1, 0, 0, 1, 1)

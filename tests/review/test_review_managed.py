"""A photo that lies in another application's library is compared, and never taken out of it."""

import shutil
from pathlib import Path

import pytest

from twinlens.domain.errors import StepRefused
from twinlens.domain.group import GroupQuery, Mark
from twinlens.domain.ports import GoOn, no_events
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups
from twinlens.review.managed import refuse_managed
from twinlens.review.plan import plan_from_marks
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan


def test_an_original_of_apple_photos_stays_where_it_is(photos_dir: Path, tmp_path: Path) -> None:
    original = tmp_path / "drive" / "Photos Library.photoslibrary" / "originals" / "A" / "1.jpg"
    original.parent.mkdir(parents=True)
    shutil.copy(sorted((photos_dir / "caltech101").rglob("*.jpg"))[0], original)
    shutil.copy(original, tmp_path / "drive" / "copy.jpg")
    with Library.open(tmp_path / "library") as library:
        scan(library, [str(tmp_path / "drive")], ScanOptions(embedding=False, threads=1), GoOn(), no_events)
        catalog = library.catalog()
        groups = find_groups(load_review_data(catalog), GroupQuery(PhotoClass.IDENTICAL_FILE))
        assert len(groups) == 1
        inside, outside = (catalog.photos.by_path(str(path)) for path in (original, tmp_path / "drive" / "copy.jpg"))
        assert inside is not None
        assert outside is not None
        with catalog.transaction():
            catalog.marks.set([inside.id], Mark.REJECT)
            catalog.marks.set([outside.id], Mark.KEEP)
        report = apply_plan(library, plan_from_marks(library, groups=[groups]))
    assert original.exists()
    assert report.done == ()
    assert "belongs to a library of Apple Photos; remove it there" in report.refused[0][1]


def test_only_what_is_inside_is_refused() -> None:
    refuse_managed("/p/holiday.photoslibrary.jpg")
    refuse_managed("/p/photoslibrary/1.jpg")
    with pytest.raises(StepRefused, match="Capture One"):
        refuse_managed("/p/Wedding.cocatalog/Originals/1.jpg")

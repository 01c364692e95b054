"""A file that looks changed and holds the same bytes: restored from a backup, or touched. Nothing known of it is lost."""

import os
import shutil
from pathlib import Path

from tests.scanning.scenes import WITH_NETWORK, put, scanned, ties_of
from tests.scanning.test_scanning_changes import id_of
from twinlens.domain.group import Mark
from twinlens.library.open import Library


def test_a_folder_restored_from_a_backup_keeps_all_that_is_known(library: Library, album: Path, tmp_path: Path) -> None:
    count = scanned(library, album, options=WITH_NETWORK).photos
    ids, ties = library.catalog().photos.columns().photo_id.tolist(), ties_of(library)
    marked = id_of(library, album / "day0" / "IMG_0001.jpg")
    library.catalog().marks.set([marked], Mark.KEEP)
    shutil.copytree(album, tmp_path / "backup")
    shutil.rmtree(album)
    shutil.copytree(tmp_path / "backup", album, copy_function=shutil.copyfile)  # other inodes and other times
    report = scanned(library, album, options=WITH_NETWORK)
    assert (report.photos, report.new, report.changed, report.unchanged, report.gone) == (count, 0, 0, count, 0)
    assert library.catalog().photos.columns().photo_id.tolist() == ids
    assert library.catalog().unmatched.ids() == []
    assert ties_of(library) == ties
    assert library.catalog().marks.all() == {marked: Mark.KEEP}
    again = scanned(library, album, options=WITH_NETWORK)
    assert (again.unchanged, again.changed) == (count, 0)


def test_a_touched_photo_is_read_once_and_stays_itself(library: Library, photos: Path) -> None:
    place = put(photos / "a.jpg", 1)
    put(photos / "b.jpg", 9)
    scanned(library, photos)
    before = library.catalog().photos.get(id_of(library, place))
    os.utime(place, ns=(1, 10**18))
    report = scanned(library, photos)
    assert (report.changed, report.unchanged) == (0, 2)
    after = library.catalog().photos.get(before.id)
    assert (after.content, after.stamp.mtime_ns) == (before.content, 10**18)


def test_an_edited_photo_of_the_same_size_is_another_picture(library: Library, photos: Path) -> None:
    place = put(photos / "a.jpg", 1)
    scanned(library, photos)
    content = library.catalog().photos.get(id_of(library, place)).content
    data = bytearray(place.read_bytes())
    data[-40] ^= 1
    place.write_bytes(bytes(data))
    assert scanned(library, photos).changed == 1
    assert library.catalog().photos.get(id_of(library, place)).content != content

"""What a scan passes over: other applications' folders by default, and what the user's patterns say."""

import os
from pathlib import Path

import pytest

from tests.scanning.scenes import put
from twinlens.domain.events import Event
from twinlens.domain.ports import GoOn
from twinlens.domain.settings import IGNORED_NAMES, IGNORED_PATHS
from twinlens.library.open import Library
from twinlens.scanning.ignore import IgnoreRules
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan
from twinlens.scanning.walk import Walk

DEFAULTS = ScanOptions()

# What other applications leave among the photos: where it lies, and whether it is a photo of the user's.
PLACES = {
    "trip/IMG_1.jpg": True,
    "trip/@eaDir/IMG_1.jpg/SYNOPHOTO_THUMB_XL.jpg": False,
    "#recycle/old.jpg": False,
    "@Recycle/old.jpg": False,
    ".Trash-1000/files/old.jpg": False,
    "$RECYCLE.BIN/S-1-5/old.jpg": False,
    "lost+found/#123.jpg": False,
    "DCIM/.thumbnails/1.jpg": False,
    "Lightroom/Catalog Previews.lrdata/A/B/preview.jpg": False,
    "Lightroom/2019/IMG_2.jpg": True,
    "Photos Library.photoslibrary/originals/A/1.heic": True,
    "Photos Library.photoslibrary/resources/derivatives/A/1.jpeg": False,
    "Photos Library.photoslibrary/resources/renders/A/1.jpeg": False,
    "Old.photolibrary/Masters/2012/1.jpg": True,
    "Old.photolibrary/Thumbnails/2012/1.jpg": False,
    "Aperture.aplibrary/Masters/1.nef": True,
    "Aperture.aplibrary/Previews/1.jpg": False,
    "Session/Capture/1.cr2": True,
    "Session/Capture/CaptureOne/Cache/Thumbnails/1.jpg": False,
    "Wedding.cocatalog/Originals/1.jpg": True,
    "Wedding.cocatalog/Cache/1.jpg": False,
    "resources/ours.jpg": True,
    "Previews/ours.jpg": True,
    ".twinlens-quarantine/1/a.jpg": False,
}


def found(root: Path, *paths: str, names: tuple[str, ...] = ()) -> set[str]:
    return {os.path.relpath(file.path, root) for file in Walk(str(root), names, paths)}


def test_originals_are_found_and_what_applications_made_of_them_is_not(photos: Path) -> None:
    for place in PLACES:
        put(photos / place, 1)
    wanted = {place for place, is_photo in PLACES.items() if is_photo}
    assert found(photos, *DEFAULTS.ignored_paths, names=DEFAULTS.ignored_names) == wanted


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("**/exports/**", {"a.jpg", "x/small.jpg"}),
        ("exports", {"a.jpg", "x/small.jpg"}),
        ("EXPORTS/**", {"a.jpg", "x/small.jpg"}),
        ("x/exports", {"a.jpg", "x/small.jpg", "exports/b.jpg", "exports/deep/c.jpg"}),
        ("exports/*.jpg", {"a.jpg", "x/small.jpg", "exports/deep/c.jpg"}),
        ("x/**/*.jpg", {"a.jpg", "exports/b.jpg", "exports/deep/c.jpg"}),
        ("*.jpg/**", {"a.jpg", "x/small.jpg", "exports/b.jpg", "exports/deep/c.jpg", "x/exports/d.jpg"}),
        ("**/[!ae]*.jpg", {"a.jpg"}),
        ("?.jpg", {"x/small.jpg"}),
        ("**", {"a.jpg", "x/small.jpg", "exports/b.jpg", "exports/deep/c.jpg", "x/exports/d.jpg"}),
    ],
)
def test_a_pattern_means_places(photos: Path, pattern: str, left: set[str]) -> None:
    for place in ("a.jpg", "x/small.jpg", "exports/b.jpg", "exports/deep/c.jpg", "x/exports/d.jpg"):
        put(photos / place, 1)
    assert found(photos, pattern) == left


def test_a_pattern_may_begin_at_the_root_or_at_home(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(photos / "a/x.jpg", 1)
    put(photos / "b/a/x.jpg", 2)
    assert found(photos, f"{photos}/a/**") == {"b/a/x.jpg"}
    monkeypatch.setenv("HOME", str(photos))
    assert found(photos, "~/b/") == {"a/x.jpg"}


def test_a_folder_that_the_user_names_is_looked_into_whatever_it_is_called(photos: Path) -> None:
    put(photos / "exports/a.jpg", 1)
    assert found(photos / "exports", "**/exports/**", names=("exports",)) == {"a.jpg"}


def test_a_watched_place_is_hidden_just_where_a_walk_never_comes() -> None:
    rules = IgnoreRules(("@eaDir",), ("**/exports/**",))
    for path in ("/p/@eaDir", "/p/x/@eaDir/y/1.jpg", "/p/.hid/1.jpg", "/p/exports", "/p/a/exports/b/1.jpg"):
        assert rules.hides(path, "/p")
    for path in ("/p/1.jpg", "/p/a/b", "/p"):
        assert not rules.hides(path, "/p")
    assert not rules.hides("/p/exports/1.jpg", "/p/exports")


def test_photos_that_a_new_rule_hides_leave_the_library_and_stay_on_disk(photos: Path, library: Library) -> None:
    kept, exported = put(photos / "kept.jpg", 1), put(photos / "exports/small.jpg", 2)
    quick = ScanOptions(embedding=False, threads=1)
    events: list[Event] = []
    assert scan(library, [str(photos)], quick, GoOn(), events.append).new == 2
    ruled = ScanOptions(embedding=False, threads=1, ignored_paths=("**/exports/**",))
    assert scan(library, [str(photos)], ruled, GoOn(), events.append).gone == 1
    assert exported.exists()
    assert library.catalog().photos.by_path(str(exported)) is None
    assert library.catalog().photos.by_path(str(kept)) is not None
    assert scan(library, [str(photos)], quick, GoOn(), events.append).new == 1


def test_every_default_rule_has_its_reason_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "ignored.md").read_text(encoding="utf-8")
    for setting in (IGNORED_NAMES, IGNORED_PATHS):
        assert isinstance(setting.default, tuple)
        assert [rule for rule in setting.default if f"`{rule}`" not in text] == []

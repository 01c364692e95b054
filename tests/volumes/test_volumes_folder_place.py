"""A folder as its volume knows it: by its own name, not by a link, and with the volume's own idea of case."""

import os
from pathlib import Path

import pytest

from twinlens.volumes.folder_place import place_of
from twinlens.volumes.identity import relative_to_volume, volume_of


def test_a_place_is_the_folder_itself_whatever_led_there(tmp_path: Path) -> None:
    folder = tmp_path / "Fotos" / "2004"
    folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Fotos")
    place = place_of(str(tmp_path / "link" / "2004"))
    volume = volume_of(str(folder))
    assert (place.volume, place.relative_path) == (volume.id, relative_to_volume(str(folder), volume))
    assert place == place_of(str(folder) + os.sep)
    assert place.holds(volume.id, f"{place.relative_path}/a.jpg")


def test_whether_case_counts_is_asked_of_the_volume(tmp_path: Path) -> None:
    """Where the other spelling leads to the same folder, as on most sticks and on macOS, case does not count."""
    folder = tmp_path / "Fotos"
    folder.mkdir()
    if not (tmp_path / "fOTOS").exists():
        assert not place_of(str(folder)).folds_case
        (tmp_path / "fOTOS").symlink_to(folder)
    place = place_of(str(folder))
    assert place.folds_case
    assert place.holds(place.volume, place.relative_path.upper() + "/A.JPG")


def test_names_are_those_that_the_folder_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A volume that takes one spelling for another still has one of its own."""
    folder = tmp_path / "Müller"
    folder.mkdir()
    listed = os.listdir

    def other_spelling(path: str) -> list[str]:
        return ["Mu\u0308ller" if name == "Müller" else name for name in listed(path)]

    (tmp_path / "Mu\u0308ller").symlink_to(folder)  # stands for the volume, which finds it under both
    monkeypatch.setattr(os, "listdir", other_spelling)
    assert place_of(str(folder)).relative_path.endswith("Mu\u0308ller")


def test_a_file_and_nothing_are_no_places(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")
    for path in (tmp_path / "photo.jpg", tmp_path / "nothing"):
        with pytest.raises(NotADirectoryError):
            place_of(str(path))

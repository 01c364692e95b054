import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.settings import (
    ALL_SETTINGS,
    EMBEDDING,
    IGNORED_NAMES,
    QUARANTINE_FOLDER,
    SIMILARITY,
    THEME,
    THREADS,
    Setting,
    SettingValue,
)
from twinlens.preferences import Preferences
from twinlens.preferences.values import fitting


def test_every_default_fits_its_setting() -> None:
    for setting in ALL_SETTINGS:
        assert fitting(setting, setting.default) == setting.default


def test_without_a_file_all_is_default(tmp_path: Path) -> None:
    preferences = Preferences.load(tmp_path)
    assert all(preferences.get(setting) == setting.default for setting in ALL_SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_values_come_back_in_their_own_types(tmp_path: Path) -> None:
    preferences = Preferences.load(tmp_path)
    preferences.set(THREADS, 3)
    preferences.set(SIMILARITY, 1)
    preferences.set(EMBEDDING, False)
    preferences.set(THEME, "dark")
    preferences.set(QUARANTINE_FOLDER, "/media/\udcff é")
    preferences.set(IGNORED_NAMES, ("*.tmp", "ä"))
    again = Preferences.load(tmp_path)
    for setting in ALL_SETTINGS:
        assert again.get(setting) == preferences.get(setting)
        assert type(again.get(setting)) is type(setting.default)
    assert (again.number(SIMILARITY), again.switch(EMBEDDING), again.choice(THEME)) == (1.0, False, "dark")
    assert (again.folder(QUARANTINE_FOLDER), again.text_list(IGNORED_NAMES)) == ("/media/\udcff é", ("*.tmp", "ä"))


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"from_the_future": {"a": [1, null]}, "theme": "dark"}')
    Preferences.load(tmp_path).set(THREADS, 2)
    assert json.loads(path.read_text()) == {"from_the_future": {"a": [1, None]}, "theme": "dark", "threads": 2}


def test_bad_values_are_reported_once_and_count_as_default(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "preferences.json").write_text('{"threads": 1000, "theme": "pink", "similarity": 0.9}')
    with caplog.at_level(logging.INFO):
        preferences = Preferences.load(tmp_path)
        for _ in range(3):
            assert (preferences.get(THREADS), preferences.get(THEME), preferences.get(SIMILARITY)) == (0, "system", 0.9)
    assert [record.levelname for record in caplog.records] == ["INFO", "INFO"]
    assert any("threads is at most 64, not 1000" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("text", ["{", "[1]", "\xff\xfe", "[" * 100_000])
def test_a_file_that_is_none_of_ours_is_kept_aside(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text, encoding="latin-1")
    preferences = Preferences.load(tmp_path)
    assert preferences.get(THEME) == "system"
    preferences.set(THEME, "light")
    assert Preferences.load(tmp_path).get(THEME) == "light"
    assert (tmp_path / "preferences.json.unreadable").read_text(encoding="latin-1") == text


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (THREADS, True),
        (THREADS, 1.5),
        (THREADS, -1),
        (THREADS, 10**400),
        (SIMILARITY, float("nan")),
        (SIMILARITY, "0.8"),
        (EMBEDDING, 1),
        (THEME, "Dark"),
        (IGNORED_NAMES, "*.tmp"),
        (IGNORED_NAMES, (1,)),
        (QUARANTINE_FOLDER, "a\0b"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, setting: Setting, value: SettingValue) -> None:
    preferences = Preferences.load(tmp_path)
    with pytest.raises(ValueError, match=setting.key):
        preferences.set(setting, value)
    assert preferences.get(setting) == setting.default


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(st.sampled_from(ALL_SETTINGS), json_values)
def test_any_value_fits_or_is_a_value_error(setting: Setting, value: object) -> None:
    try:
        fit = fitting(setting, value)
    except ValueError:
        return
    assert type(fit) is type(setting.default)
    assert fitting(setting, fit) == fit


def test_a_file_that_cannot_be_written_leaves_the_setting(tmp_path: Path) -> None:
    preferences = Preferences.load(tmp_path / "folder that went away")
    with pytest.raises(LibraryUnusable, match=r"preferences\.json cannot be written"):
        preferences.set(THEME, "dark")
    assert preferences.get(THEME) == "system"
    with pytest.raises(LibraryUnusable, match="reading only"):
        Preferences.load(tmp_path, read_only=True).set(THEME, "dark")

"""The doctor: tells what works, and notices what does not."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from twinlens.cli.main import cli
from twinlens.health import screen
from twinlens.health.check import State
from twinlens.health.codecs import codec_checks
from twinlens.health.doctor import examine, version_checks
from twinlens.health.engine import engine_checks
from twinlens.health.storage import storage_checks
from twinlens.imaging.formats import FORMATS
from twinlens.library.open import Library
from twinlens.volumes.identity import relative_to_volume, volume_of


def test_every_format_is_looked_at_and_works():
    checks = codec_checks()
    assert [check.name for check in checks] == [entry.name for entry in FORMATS]
    assert [check for check in checks if check.state is not State.WORKS] == []
    tried = [check for check in checks if "not tried" not in check.detail]
    assert len(tried) >= 15


def test_a_codec_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("twinlens.imaging.formats.find_spec", lambda name: None if name == "pillow_heif" else True)
    broken = [check for check in codec_checks() if check.state is not State.WORKS]
    assert [check.name for check in broken] == ["HEIF"]
    assert "pillow_heif" in broken[0].detail


def test_the_model_runs_and_the_index_finds():
    checks = {(check.area, check.name): check for check in engine_checks()}
    assert {check.state for check in checks.values()} == {State.WORKS}
    assert "1280" in checks["model", "run"].detail
    assert ("index", "neighbours") in checks


def test_a_damaged_model_is_broken(monkeypatch: pytest.MonkeyPatch):
    from twinlens.domain.errors import ModelUnusable

    def damaged() -> None:
        raise ModelUnusable("The network is damaged.")

    monkeypatch.setattr("twinlens.fingerprints.model.bundled_model", damaged)
    assert engine_checks()[0].state is State.BROKEN


def test_versions_name_what_a_report_needs():
    names = {check.name for check in version_checks()}
    assert {"twinlens", "python", "sqlite", "numpy", "PySide6-Essentials"} <= names


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "no screen"),
        ({"DISPLAY": ":98765"}, "does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/no/such"}, "no screen"),
    ],
)
def test_no_screen(environment: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.platform", "linux")
    if "DISPLAY" in environment:
        monkeypatch.setenv("DISPLAY", environment["DISPLAY"])
    reason = screen.why_no_window(environment)
    assert reason is not None
    assert words in reason or "library that Qt needs is missing" in reason
    (check,) = screen.screen_checks(environment)
    assert check.state is State.LIMITED


def test_without_pyside_there_is_no_window(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(screen, "find_spec", lambda _name: None)
    assert screen.why_no_window({"QT_QPA_PLATFORM": "offscreen"}) == "PySide6 is not installed"


def test_a_platform_that_needs_no_screen():
    assert screen.why_no_window({"QT_QPA_PLATFORM": "offscreen"}) is None


def test_a_library_that_is_not_there_yet(tmp_path: Path):
    (check,) = storage_checks(tmp_path / "library", None)
    assert check.state is State.WORKS
    assert not (tmp_path / "library").exists()


def test_a_damaged_library_is_broken(tmp_path: Path):
    (tmp_path / "catalog.db").write_bytes(b"no database at all" * 100)
    (check,) = storage_checks(tmp_path, None)
    assert check.state is State.BROKEN
    assert str(tmp_path) in check.detail


def test_where_removed_photos_would_go(tmp_path: Path):
    photos = tmp_path / "photos"
    photos.mkdir()
    with Library.open(tmp_path / "library") as library:
        volume = volume_of(str(photos))
        library.catalog().volumes.remember(volume)
        library.catalog().sources.add(volume.id, relative_to_volume(str(photos), volume))
    catalog, quarantine, trash = storage_checks(tmp_path / "library", str(tmp_path / "waiting"))
    assert catalog.detail.startswith(str(tmp_path / "library"))
    assert quarantine.name == trash.name == str(photos)
    assert quarantine.detail == f"quarantine in {tmp_path / 'waiting' / '.twinlens-quarantine'}, tried with a file"
    assert not (tmp_path / "waiting").exists()
    assert not os.path.exists(tmp_path / "waiting")


def test_the_command_says_it_in_both_forms(tmp_path: Path):
    arguments = ["doctor", "--library", str(tmp_path)]
    result = CliRunner().invoke(cli, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["schema"] == 1
    assert found["ok"] is True
    assert {check["area"] for check in found["checks"]} == {"versions", "codecs", "model", "index", "screen", "library"}
    assert len(found["checks"]) == len(examine(tmp_path))
    table = CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout
    assert "efficientnet-lite0" in table

"""Everything that can be looked at, in one list."""

import platform
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from twinlens import __version__
from twinlens.health.check import Check, State

# What a report of a bug should name.
PACKAGES = (
    "numpy", "pillow", "pillow-heif", "rawpy", "opencv-python-headless", "onnxruntime",
    "PySide6-Essentials",
)  # fmt: skip
OPTIONAL = frozenset({"PySide6-Essentials", "pillow-heif", "rawpy"})


def examine(library_folder: Path | None = None, quarantine: str | None = None) -> list[Check]:
    """All checks. Nothing that is written stays, nothing is downloaded; takes a second or two."""
    from twinlens.health.codecs import codec_checks
    from twinlens.health.engine import engine_checks
    from twinlens.health.screen import screen_checks
    from twinlens.health.storage import storage_checks

    return [
        *version_checks(),
        *codec_checks(),
        *engine_checks(),
        *screen_checks(),
        *storage_checks(library_folder, quarantine),
    ]


def version_checks() -> list[Check]:
    """Twinlens, Python, the system and the libraries that matter."""
    checks = [
        Check("versions", "twinlens", State.WORKS, __version__),
        Check(
            "versions",
            "python",
            State.WORKS,
            f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        ),
        Check("versions", "sqlite", State.WORKS, sqlite3.sqlite_version),
        _encoding(),
    ]
    for package in PACKAGES:
        try:
            checks.append(Check("versions", package, State.WORKS, version(package)))
        except PackageNotFoundError:
            state = State.LIMITED if package in OPTIONAL else State.BROKEN
            checks.append(Check("versions", package, state, "not installed"))
    return checks


def _encoding() -> Check:
    name = sys.getfilesystemencoding()
    state = State.WORKS if name.lower() == "utf-8" else State.LIMITED
    return Check("versions", "names of files", state, f"read as {name}")

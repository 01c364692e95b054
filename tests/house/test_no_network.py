"""Nothing is ever sent anywhere: a scan, a search and a report work where sockets are forbidden."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from twinlens.domain.ports import GoOn, no_events
from twinlens.library.open import Library
from twinlens.review.similar import SimilarFinder
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "photos"


def test_the_runtime_of_the_network_reports_to_nobody(tmp_path: Path):
    """onnxruntime notes a session in the folder for temporary files as soon as its telemetry runs."""
    hidden = ("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "CI", "GITHUB_ACTIONS", "GITLAB_CI")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(SAMPLE.parents[2] / "desktop")}
    code = "import twinlens; from twinlens.fingerprints.model import bundled_model as model;"
    code += "from twinlens.fingerprints.embedding import OnnxEmbedder; OnnxEmbedder(model())"
    subprocess.run([sys.executable, "-B", "-c", code], env=environment, check=True, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_scan_and_search_open_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    photos = tmp_path / "photos"
    shutil.copytree(SAMPLE / "2018-11 Mountains", photos)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with Library.open(tmp_path / "library") as library:
        assert scan(library, [str(photos)], ScanOptions(threads=1), GoOn(), no_events).new == 8
        assert SimilarFinder(library).to_file(str(photos / "IMG_2243.JPG"))

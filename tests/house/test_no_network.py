"""Nothing is ever sent anywhere: a scan, a search and a report work where sockets are forbidden."""

import shutil
import socket
from pathlib import Path

import pytest

from twinlens.domain.ports import GoOn, no_events
from twinlens.library.open import Library
from twinlens.review.similar import SimilarFinder
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "photos"


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

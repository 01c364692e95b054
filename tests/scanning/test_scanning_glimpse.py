import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.imaging.test_imaging_glimpse import camera_file, jpeg, picture
from twinlens.isolation.frames import Body, Head
from twinlens.isolation.process import ChildDied, ChildTookTooLong
from twinlens.scanning.glimpse import Glimpses


@pytest.fixture
def glimpses() -> Iterator[Glimpses]:
    made = Glimpses()
    yield made
    made.close()


def test_glimpses_come_from_a_process_of_their_own_whoever_asks(glimpses: Glimpses, tmp_path: Path) -> None:
    path = camera_file(tmp_path / "a\n\udcff🌊.jpg", (1200, 800), jpeg(picture(160, 107)))
    found: list[bytes | None] = []
    threads = [threading.Thread(target=lambda: found.append(glimpses.of(str(path)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert Image.open(io.BytesIO(found[0] or b"")).size == (160, 107)
    glimpses.close()
    assert glimpses.of(str(path)) == found[0]


def test_files_without_one_are_none(glimpses: Glimpses, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "text.jpg").write_text("no photo")
    for name in ("pipe.jpg", "text.jpg", "missing.jpg"):
        assert glimpses.of(str(tmp_path / name)) is None


def test_a_file_that_kills_or_stalls_the_process_costs_its_own_glimpse_only(
    glimpses: Glimpses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(camera_file(tmp_path / "a.jpg", (1200, 800), jpeg(picture(160, 107))))
    asked: list[str] = []

    def ask(head: Head, body: Body, patience_s: float, max_answer_bytes: int) -> tuple[Head, bytearray]:
        asked.append(head["path"])
        if head["path"] == "deadly":
            raise ChildDied("no answer")
        if head["path"] == "slow":
            raise ChildTookTooLong
        return real(head, body, patience_s, max_answer_bytes)

    real = glimpses._pool.ask
    monkeypatch.setattr(glimpses._pool, "ask", ask)
    assert glimpses.of("deadly") is None
    assert glimpses.of(path) is not None
    assert glimpses.of("slow") is None
    assert glimpses.of(path) is None
    assert asked == ["deadly", path, "slow"]  # after a long wait nobody waits for a while


def test_a_prepared_process_answers_and_is_the_only_one(glimpses: Glimpses, tmp_path: Path) -> None:
    path = str(camera_file(tmp_path / "a.jpg", (1200, 800), jpeg(picture(160, 107))))
    glimpses.prepare()
    glimpses.prepare()
    assert glimpses.of(path) is not None
    assert len(glimpses._pool._idle) == 1
    glimpses.close()
    assert glimpses._pool._idle == []

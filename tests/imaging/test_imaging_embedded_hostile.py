"""Hostile offsets, sizes and tables: never believed, never more than one sentence, never slow."""

import random
import struct
import time

import pytest

from benchmarks.made_previews import DEPENDENT_CHILD, MULTI_PICTURE, PRIMARY
from tests.imaging.camera_files import KINDS, camera_file, judged
from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.embedded.find import previews_behind, previews_in_exif
from twinlens.imaging.embedded.layout import read_layout
from twinlens.imaging.embedded.multi_picture import read_entries

HUGE = 0xFFFFFFFF


def index_of(entries: list[tuple[int, int, int]], count: int | None = None, directory: int = 8) -> bytes:
    size = 16 * len(entries) if count is None else count
    head = b"II*\x00" + struct.pack("<I", directory) + struct.pack("<H", 1)
    head += struct.pack("<HHII", 0xB002, 7, size, 26) + struct.pack("<I", 0)
    return head + b"".join(struct.pack("<IIIHH", kind, length, offset, 0, 0) for kind, length, offset in entries)


def test_an_index_that_points_anywhere() -> None:
    data = bytes(5000) + b"\xff\xd8\xff\xe1"
    primary = (PRIMARY, 100, 0)
    for entry in [
        (0x010001, HUGE, HUGE),
        (0x010001, 0, 0),
        (0x010001, 10, 4990),
        (0x010001, HUGE, 10),
        (0x010002, 4, 5000),
    ]:
        assert previews_behind(data, index_of([primary, entry]), 0) == []
    assert previews_behind(data, index_of([(0x010001, 4, 5000), primary]), 0) == []


def test_an_index_that_claims_more_than_it_holds() -> None:
    assert read_entries(index_of([(PRIMARY, 1, 0)], count=HUGE), 0) == []
    assert read_entries(index_of([(PRIMARY, 1, 0)], directory=HUGE), 0) == []
    assert read_entries(index_of([(PRIMARY, 1, 0)], directory=6), 0) == []
    assert read_entries(b"II*\x00", 0) == []
    assert read_entries(b"", 0) == []
    assert len(read_entries(index_of([(PRIMARY, 1, 0)] * 500), 0)) == 64


def test_exif_full_of_beginnings() -> None:
    exif = b"Exif\x00\x00" + b"\xff\xd8\xff" * 20_000
    start = time.perf_counter()
    assert previews_in_exif(b"\xff\xd8\xff\xe1\xea\x68" + exif, exif) == []
    assert time.perf_counter() - start < 0.5


def test_segments_without_end() -> None:
    assert read_layout(b"\xff\xd8" + b"\xff\xe1\x00\x02" * 100_000) is None
    assert read_layout(b"\xff\xd8" + b"\xff\xe1\xff\xff") is None
    assert read_layout(b"\xff\xd8\xff") is None
    assert read_layout(b"") is None


@pytest.mark.photos
@pytest.mark.parametrize("entry", [(HUGE, HUGE), (0, 0), (60_000, 12), (HUGE, 12), (60_000, 5_000)])
def test_a_file_whose_index_lies(entry: tuple[int, int], photos_dir: object) -> None:
    file = camera_file(MULTI_PICTURE)
    at = file.index(struct.pack("<I", DEPENDENT_CHILD | 0x010001)) + 4
    assert judged(file[:at] + struct.pack("<II", *entry) + file[at + 8 :]).pixels is None


@pytest.mark.photos
@pytest.mark.parametrize("kind", KINDS)
def test_mutated_files_cost_one_sentence_at_most(kind: str, photos_dir: object) -> None:
    file, dice = camera_file(kind), random.Random(11)
    head = 70_000
    for _ in range(150):
        mutated = bytearray(file)
        for _ in range(dice.randint(1, 30)):
            mutated[dice.randrange(2, head)] = dice.choice((0, 1, 0x7F, 0xFF, dice.randrange(256)))
        try:
            judged(bytes(mutated))
        except PhotoUnreadable:
            continue

"""Blocks shared between copies (reflinks), on real Btrfs and XFS drives in files."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.real_mounts import RealMounts, drive_image, real_mounts
from tests.review.made_library import catalogue, picture, plan_of, tree
from tests.safety.crashing import crash_at_every_write
from twinlens.domain.plan import DisposalKind
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.undo import undo_session

__all__ = ["real_mounts"]

SIZE_MIB = {"btrfs": 200, "xfs": 320}  # XFS has no smaller ones; the files are sparse


@pytest.fixture(params=SIZE_MIB)
def drive(request: pytest.FixtureRequest, tmp_path: Path, real_mounts: RealMounts) -> Path:
    image = drive_image(tmp_path / "drive.img", SIZE_MIB[request.param], request.param)
    return real_mounts.image(image, tmp_path / "photos")


def free_bytes(drive: Path) -> int:
    status = os.statvfs(drive)
    return status.f_bavail * status.f_frsize


def becomes_free(drive: Path, expected_bytes: int) -> bool:
    """Whether so much is free within some seconds: file systems give blocks back when they get to it."""
    for _ in range(50):
        os.sync()
        if free_bytes(drive) >= expected_bytes:
            return True
        time.sleep(0.1)
    return False


def test_space_becomes_free_and_every_path_stays(tmp_path: Path, drive: Path, library: Library) -> None:
    pixels = np.random.default_rng(7).integers(0, 255, (1600, 2400, 3), dtype=np.uint8)
    kept, surplus = drive / "kept.png", drive / "elsewhere" / "surplus.png"
    surplus.parent.mkdir()
    Image.fromarray(pixels).save(kept, compress_level=0)
    surplus.write_bytes(kept.read_bytes())
    surplus.chmod(0o640)
    os.utime(surplus, ns=(1, 1_234_567_890_123_456_789))
    catalogue(library, [str(kept), str(surplus)])
    os.sync()
    before, size_bytes, free_before = tree(drive), kept.stat().st_size, free_bytes(drive)
    report = apply_plan(library, plan_of(([str(kept)], [str(surplus)])), DisposalKind.REFLINK)
    assert report.refused == ()
    assert report.freed_bytes == size_bytes > 10_000_000
    assert becomes_free(drive, free_before + int(0.95 * size_bytes))
    assert tree(drive) == before
    with surplus.open("r+b") as file:
        file.write(b"edited")
    assert kept.read_bytes() == before[str(kept)][0]
    surplus.write_bytes(before[str(surplus)][0])
    os.utime(surplus, ns=(1, 1_234_567_890_123_456_789))
    assert tree(drive) == before


def test_undo_gives_each_its_own_blocks_again(tmp_path: Path, drive: Path, library: Library) -> None:
    paths = picture(drive / "a.png", 1), picture(drive / "b" / "a.png", 1)
    catalogue(library, paths)
    before = tree(drive)
    assert apply_plan(library, plan_of(([paths[0]], [paths[1]])), DisposalKind.REFLINK).refused == ()
    assert len(undo_session(library).restored) == 1
    assert tree(drive) == before


@pytest.mark.parametrize("undoing", [False, True])
def test_a_crash_at_any_write_loses_nothing(tmp_path: Path, drive: Path, library: Library, undoing: bool) -> None:
    pair = picture(drive / "kept" / "a.png", 1), picture(drive / "surplus" / "a.png", 1)
    catalogue(library, pair)
    library.close()
    (tmp_path / "aside").mkdir()
    crash_at_every_write(tmp_path, pair, DisposalKind.REFLINK, undoing=undoing)

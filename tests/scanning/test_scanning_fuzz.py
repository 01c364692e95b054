"""Mutated files of every format, studied as a scan studies them: no crash, no hang, no memory above the bound.

600 mutants here, 10,000 by ``make torture``, which prints what became of them.
"""

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import HEAD_BYTES, recognise
from twinlens.scanning.apart import processes
from twinlens.scanning.apart.asking import Failed, pixel_hash_apart, study_apart
from twinlens.scanning.apart.messages import StudyAnswer
from twinlens.scanning.apart.processes import close_processes

pytestmark = pytest.mark.long

MUTANTS = 10_000 if os.environ.get("TWINLENS_TORTURE") else 600
LARGEST_BYTES = 300_000
BOUNDS = DecodeBounds(max_pixels=16_000_000, timeout_s=10.0, max_memory_bytes=1024**3)
MOST_RESIDENT_BYTES = 900 * 1024**2  # below the address space that the processes are allowed
EDGES = (0, 1, 2, 0x7F, 0x80, 0xD8, 0xD9, 0xFE, 0xFF)


def seeds(odd_dir: Path) -> list[Path]:
    """Small files of every format, each format as often as any other."""
    by_format: dict[str, list[Path]] = {}
    for path in sorted(odd_dir.rglob("*")):
        if path.is_file() and 0 < path.stat().st_size <= LARGEST_BYTES:
            entry = recognise(path.read_bytes()[:HEAD_BYTES], path.name)
            by_format.setdefault(entry.name if entry else "unknown", []).append(path)
    most = max(len(paths) for paths in by_format.values())
    return [paths[turn % len(paths)] for turn in range(most) for paths in by_format.values()]


def mutated(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    reach = min(len(content), chance.choice((64, 512, 4096, len(content))))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(reach)
        deed = chance.randrange(5)
        if deed == 0:
            content[at] = chance.choice(EDGES)
        elif deed == 1:
            content[at] ^= 1 << chance.randrange(8)
        elif deed == 2:  # a length, a count or an offset becomes huge
            content[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f"))
        elif deed == 3:
            start = chance.randrange(len(content))
            content[at:at] = content[start : start + chance.randrange(1, 2000)]
        else:
            del content[at : at + chance.randrange(1, 200)]
        reach = min(reach, len(content))
        if not reach:
            return b"\xff"
    return bytes(content[: chance.randrange(1, len(content) + 1)]) if chance.random() < 0.15 else bytes(content)


def resident_bytes() -> int:
    most = 0
    for child in psutil.Process().children():
        try:
            most = max(most, child.memory_info().rss)
        except psutil.NoSuchProcess:
            continue
    return most


def test_mutated_files_cost_one_line_each(odd_dir: Path, tmp_path: Path) -> None:
    originals = seeds(odd_dir)
    became: Counter[str] = Counter()
    slowest_s, largest = 0.0, 0

    def one(number: int) -> tuple[str, float, int]:
        chance = random.Random(number)
        source = originals[number % len(originals)]
        path = tmp_path / f"{number}{source.suffix}"
        path.write_bytes(mutated(source.read_bytes(), chance))
        size_bytes = path.stat().st_size
        start_s = time.monotonic()
        found = study_apart(str(path), size_bytes, [], 224, BOUNDS)
        if isinstance(found, StudyAnswer):
            assert found.fingerprints.perceptual.shape == (8,)
            assert found.picture(224).shape == (224, 224, 3)
            pixel_hash_apart(str(path), size_bytes, found.content, BOUNDS)
            outcome = "studied"
        else:
            assert isinstance(found, Failed)
            assert 10 < len(found.error) < 501, found.error
            assert "\n" not in found.error, found.error
            outcome = next((word for word in ("broke off", "took longer") if word in found.error), "refused")
            assert outcome != "refused" or "Traceback" not in found.error
        took_s = time.monotonic() - start_s
        path.unlink()
        return outcome, took_s, resident_bytes()

    with ThreadPoolExecutor(2) as pool:
        for outcome, took_s, resident in pool.map(one, range(MUTANTS)):
            became[outcome] += 1
            slowest_s, largest = max(slowest_s, took_s), max(largest, resident)
    print(f"{MUTANTS} mutants of {len(set(originals))} files: {dict(became)};"  # noqa: T201 - the log of `make torture`
          f" slowest {slowest_s:.1f} s, largest process {largest / 1e6:.0f} MB")  # fmt: skip
    assert became["studied"] > MUTANTS // 20
    assert became["refused"] > MUTANTS // 20
    assert slowest_s < 3 * (BOUNDS.timeout_s + 5)
    assert largest < MOST_RESIDENT_BYTES
    close_processes()
    assert not [child for child in psutil.Process().children() if processes.MODULE in child.cmdline()]

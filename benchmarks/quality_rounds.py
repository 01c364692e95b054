"""Rounds of a realistic library: all real photos, made-up strangers, and a few edits of some photos of the test half.

Every round gives each photo other kinds of edits, so that after all of them every kind was seen many times and no photo
ever had a crowd of copies. One maker is ours (``twinlens.lab.edits``), the other make_variants.py of the shared data.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import photo_truth
from benchmarks.quality_kinds import ROW_OF
from benchmarks.workplace import SHARED, WORK
from twinlens.lab.copies.made import LONGEST_PX, Copy, make_copies, shuffled_kinds

VERSION = 1  # of what is made; another one makes it anew


@dataclass(frozen=True)
class Plan:
    """How much is made."""

    photos: int
    rounds: int
    ours: int
    theirs: int
    seed: int = 1

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return WORK / "quality" / f"{self.photos}-{self.ours}-{self.theirs}-{self.seed}"


DEFAULT = Plan(photos=130, rounds=4, ours=6, theirs=5)
QUICK = Plan(photos=60, rounds=2, ours=6, theirs=4)


def chosen(plan: Plan) -> list[str]:
    """The photos whose copies are made, ``photos/...``: drawn from the test half."""
    every = photo_truth.sources()
    order = np.random.default_rng(plan.seed).permutation(len(every))
    return sorted(every[at] for at in order[: plan.photos])


def make_round(plan: Plan, number: int) -> tuple[Path, list[Copy]]:
    """The folder of a round, made unless it is there, and its copies."""
    folder = (plan.folder / f"round-{number}").absolute()
    stamp = folder / ".made"
    wanted = f"{VERSION} {sys.version_info[:2]}"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with ThreadPoolExecutor(1) as beside:
            theirs = beside.submit(_make_theirs, plan, number, folder)
            ours = _make_ours(plan, number, folder)
            made = [*ours, *theirs.result()]
        _save(folder, made)
        stamp.write_text(wanted, encoding="utf-8")
    return folder, _load(folder)


def _make_ours(plan: Plan, number: int, folder: Path) -> list[Copy]:
    wanted = []
    for at, path in enumerate(chosen(plan)):
        kinds = shuffled_kinds([plan.seed, at])
        first = number * plan.ours % len(kinds)
        wanted.append(
            (photo_truth.full_path(path), folder / "ours" / f"{at:03d}", [*kinds, *kinds][first : first + plan.ours])
        )
    return make_copies(wanted, plan.seed * 1000 + number)


def _make_theirs(plan: Plan, number: int, folder: Path) -> list[Copy]:
    """By make_variants.py, which is given links to the chosen photos; its copies of the originals are left out."""
    source, made = plan.folder / "source", folder / "theirs"
    for path in chosen(plan):
        link = source / path
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink():
            link.symlink_to(photo_truth.full_path(path))
    command = [
        sys.executable, str(SHARED / "make_variants.py"), "--src", str(source), "--out", str(made),
        "--per-photo", str(plan.theirs), "--seed", str(plan.seed * 1000 + number), "--max-side", str(LONGEST_PX),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=SHARED)
    document = json.loads((made / "truth.json").read_text(encoding="utf-8"))
    copies = []
    for group in document["groups"]:
        original = photo_truth.full_path(group["base"])
        for member in group["members"]:
            path = made / member["path"]
            if member["op"] == "original":
                os.unlink(path)
                continue
            kind = f"mv {member['op']}"
            copies.append(Copy(str(path), original, kind, ROW_OF[kind].photo_class, ROW_OF[kind].at_least))
    return copies


def _save(folder: Path, copies: list[Copy]) -> None:
    rows = [(os.path.relpath(copy.path, folder), copy.original, copy.kind) for copy in copies]
    (folder / "copies.json").write_text(json.dumps(rows, indent=0), encoding="utf-8")


def _load(folder: Path) -> list[Copy]:
    rows = json.loads((folder / "copies.json").read_text(encoding="utf-8"))
    return [
        Copy(str(folder / path), original, kind, ROW_OF[kind].photo_class, ROW_OF[kind].at_least)
        for path, original, kind in rows
    ]

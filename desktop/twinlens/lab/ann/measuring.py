"""Each index in a process of its own, ended at once when the user wants no more."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from twinlens.isolation.process import child_environment
from twinlens.lab.ann.contender import is_installed
from twinlens.lab.ann.contenders import CONTENDERS
from twinlens.lab.ann.vector_file import Blocks, VectorFile
from twinlens.lab.workbench import Workbench

PATIENCE_MS = 100
BATCH = 256
LAST_WORDS = 400


class Answered(Struct, frozen=True):
    """One way to search. ``effort``: what it was told, 0 where nothing can be told."""

    effort: int
    queries_a_second: float
    recall: float


class Trial(Struct, frozen=True):
    """One index on one set of vectors. ``problem`` says why there are no figures: "not installed", or what went wrong."""

    word: str
    title: str
    effort_name: str
    build_s: float | None
    memory_bytes: int | None
    answered: tuple[Answered, ...]
    problem: str = ""


def lay_out(
    bench: Workbench,
    folder: Path,
    name: str,
    count: int,
    dimension: int,
    blocks: Callable[[str, int], Blocks],
    asked: int,
) -> VectorFile:
    """Write the vectors and as many queries, which are not among them; ``blocks`` makes those of "vectors" or "queries"."""
    VectorFile.written(folder / "queries.npy", asked, dimension, blocks("queries", asked), lambda _done: None)
    told = lambda done: bench.step(f"Writing {name}", done, count)  # noqa: E731
    return VectorFile.written(folder / "vectors.npy", count, dimension, blocks("vectors", count), told)


def measured(bench: Workbench, folder: Path, name: str, words: tuple[str, ...], neighbours: int) -> list[Trial]:
    """All these indexes on the vectors that lie in the folder, the exact one first: it says what is true."""
    count = VectorFile(folder / "vectors.npy").count
    in_order = ("exact", *(word for word in words if word != "exact"))
    return [_trial(bench, folder, name, word, count, neighbours) for word in in_order]


def _trial(bench: Workbench, folder: Path, name: str, word: str, count: int, neighbours: int) -> Trial:
    contender = CONTENDERS[word]()
    nothing = Trial(word, contender.title, contender.effort_name, None, None, ())
    if not is_installed(contender.package):
        return _with_problem(nothing, "not installed")
    request = {"folder": str(folder), "contender": word, "neighbours": min(neighbours, count), "batch": BATCH}
    lines: list[dict[str, Any]] = []

    def take(line: dict[str, Any]) -> None:
        if "added" in line:
            bench.step(f"{contender.title} on {name}: building", line["added"], count)
        else:
            lines.append(line)
            bench.step(f"{contender.title} on {name}: searching", len(lines) - 1, len(contender.efforts))

    problem = _run(bench, json.dumps(request), take)
    built = next((line for line in lines if "build_s" in line), None)
    answered = tuple(
        Answered(line["effort"], line["queries_a_second"], line["recall"]) for line in lines if "recall" in line
    )
    if built is None or not answered:
        return _with_problem(nothing, problem or "gave no answer")
    return Trial(
        word, contender.title, contender.effort_name, built["build_s"], built["memory_bytes"], answered, problem
    )


def _with_problem(trial: Trial, problem: str) -> Trial:
    return Trial(trial.word, trial.title, trial.effort_name, None, None, (), problem)


def _run(bench: Workbench, request: str, take: Callable[[dict[str, Any]], None]) -> str:
    """Hand each line of the process to ``take``; returns what went wrong, in the last words of the process."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-P", "-B", "-m", "twinlens.lab.ann.trial", request],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,  # Ctrl+C is for us; we end it
    ) as process:
        try:
            _listen(bench, process, take)
        finally:
            process.kill()
        words = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
        return "" if process.wait() == 0 else (words.splitlines() or ["ended without a word"])[-1][-LAST_WORDS:]


def _listen(bench: Workbench, process: "subprocess.Popen[bytes]", take: Callable[[dict[str, Any]], None]) -> None:
    assert process.stdout is not None
    ready, waiting = select.poll(), b""
    ready.register(process.stdout.fileno(), select.POLLIN | select.POLLHUP)
    while True:
        bench.check()
        if not ready.poll(PATIENCE_MS):
            continue
        piece = os.read(process.stdout.fileno(), 1 << 16)
        if not piece:
            process.wait()
            return
        *whole, waiting = (waiting + piece).split(b"\n")
        for line in whole:
            take(json.loads(line))


def _environment() -> dict[str, str]:
    known = child_environment()
    paths = [known["PYTHONPATH"], *filter(None, [os.environ.get("PYTHONPATH")])]
    return known | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"}

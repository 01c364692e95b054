"""Runs a command and says what it cost: seconds, processor seconds and peak memory of the whole tree of processes."""

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

from benchmarks.workplace import PROJECT, WORK

SAMPLE_EVERY_S = 0.05


@dataclass(frozen=True)
class Cost:
    """``inside_s``: seconds as the command itself counts them, without its start. ``cpu_s``: with all its children.

    ``peak_mb``: resident memory summed over the tree of processes, so that what they share counts several times;
    ``own_peak_mb``: of the first process alone.
    """

    whole_s: float
    inside_s: float
    cpu_s: float
    peak_mb: float
    own_peak_mb: float
    children: int
    document: dict[str, Any] = field(default_factory=dict)


class _Sampler(threading.Thread):
    """Looks at a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._ended = threading.Event()
        self.peak = self.own_peak = self.children = 0

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_EVERY_S):
            try:
                tree = [self._root, *self._root.children(recursive=True)]
            except psutil.Error:
                return
            resident = [_resident_bytes(process) for process in tree]
            self.peak = max(self.peak, sum(resident))
            self.own_peak = max(self.own_peak, resident[0])
            self.children = max(self.children, len(tree) - 1)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _document(output: bytes) -> dict[str, Any]:
    """The JSON of a command's output: all of it, or its last line."""
    text = output.strip()
    if not text.startswith(b"{"):
        text = text.rpartition(b"\n")[2]
    document: dict[str, Any] = json.loads(text)
    return document


def measured(command: list[str], environment: dict[str, str] | None = None) -> Cost:
    """Run ``command``, which prints one JSON document with ``seconds``; raises CalledProcessError when it fails."""
    began_s = perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
    )
    sampler = _Sampler(process.pid)
    sampler.start()
    assert process.stdout is not None
    with process.stdout as stdout:
        output = stdout.read()
    _, status, used = os.wait4(process.pid, 0)  # the processor time of children that ended is in it
    process.returncode = os.waitstatus_to_exitcode(status)
    whole_s = perf_counter() - began_s
    sampler.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    document = _document(output)
    inside_s = float(document.get("seconds", whole_s))
    cpu_s = used.ru_utime + used.ru_stime
    return Cost(whole_s, inside_s, cpu_s, sampler.peak / 1e6, sampler.own_peak / 1e6, sampler.children, document)


def python_module(module: str, *arguments: str) -> Cost:
    """Run a module of this project with the interpreter that runs the benchmark."""
    return measured([sys.executable, "-m", module, *arguments], {"PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}"})


def fresh(name: str) -> Path:
    """An empty place for a library."""
    library = WORK / name
    shutil.rmtree(library, ignore_errors=True)
    return library


def twinlens(library: Path, *arguments: str) -> Cost:
    """Run a ``twinlens`` command with ``--json``."""
    return python_module("twinlens", "--library", str(library), *arguments, "--json")

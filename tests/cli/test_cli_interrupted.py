"""Ctrl+C: the exit code, and that what was done is kept."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.small_tree import Tree, environment, run
from twinlens.cli.interruption import interruption

# Interrupts itself as soon as the first photos are in the catalog: no waiting, no guessing.
INTERRUPTING = """
import os, signal, sys
import twinlens.cli.scanned as scanned
from contextlib import contextmanager
from twinlens.cli.main import cli
from twinlens.domain.events import PhotosCatalogued

@contextmanager
def progress():
    def take(event):
        if isinstance(event, PhotosCatalogued):
            os.kill(os.getpid(), signal.SIGINT)
    yield take

scanned.progress = progress
cli.main(sys.argv[1:], prog_name="twinlens")
"""


pytestmark = pytest.mark.usefixtures("ctrl_c_is_heeded")


def test_an_interrupted_scan_keeps_what_is_done(tree: Tree):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTING, "scan", str(tree.photos), "--json", "--library", str(tree.library)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    kept = json.loads(done.stdout)
    assert kept["new"] > 0
    again = json.loads(run("scan", str(tree.photos), "--json", "--library", str(tree.library)).stdout)
    assert again["unchanged"] >= kept["new"]
    assert again["photos"] == 25


def test_interrupted_before_any_job(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("twinlens.library.open.Library.open", interrupt)
    result = run("history")
    assert result.exit_code == 130
    assert result.stderr.strip() == "Interrupted."


def test_a_second_interrupt_is_not_waited_for():
    with interruption() as control:
        assert control.proceed()
        signal.raise_signal(signal.SIGINT)
        assert not control.proceed()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_was_started_to_be_deaf_goes_on():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with interruption() as control:
        signal.raise_signal(signal.SIGINT)
        assert control.proceed()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_on_another_thread_the_signal_is_left_alone():
    before = signal.getsignal(signal.SIGINT)
    seen: list[bool] = []

    def work() -> None:
        with interruption() as control:
            seen.append(control.proceed() and signal.getsignal(signal.SIGINT) is before)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [True]

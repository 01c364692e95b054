"""Running a piece of a test without root's privilege to read and write whatever the rights of a file say."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

# PR_CAPBSET_DROP of CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER: the program started next is still root's, but
# what a file's rights say holds for it too.
DROP = """
import ctypes, os, sys
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2, 3):
        if libc.prctl(24, capability, 0, 0, 0) != 0:
            sys.exit("root's privileges cannot be given up here: " + os.strerror(ctypes.get_errno()))
os.execv(sys.executable, [sys.executable, "-P", "-B", "-c", *sys.argv[1:]])
"""


def run_without_privileges(code: str, *arguments: object) -> str:
    """Run Python code as an ordinary user would be treated; returns what it printed, fails when it fails."""
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'desktop'}{os.pathsep}{PROJECT}"}
    done = subprocess.run(
        [sys.executable, "-P", "-B", "-c", DROP, code, *map(str, arguments)],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

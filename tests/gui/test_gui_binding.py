"""Qt's binding does not read the program's sources while it starts."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_source_is_read_to_open_the_window():
    """The binding looks them up in Python's cache of lines: what it read would be there."""
    loads = "import linecache, sys, twinlens.gui.windows; print(sum(name.endswith('.py') for name in linecache.cache))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    done = subprocess.run(
        [sys.executable, "-c", loads], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert int(done.stdout) < 10

"""The most memory a process and its children held, watched by a process of its own: what is measured is left alone."""

import json
import os
import selectors
import subprocess
import sys

MEMORY_EVERY_S = 0.1


class MemoryWatch:
    """The most memory that this process and its children held, together and apart, in MB (resident set)."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.memory_watch", str(os.getpid())]
        self._watcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def most_mb(self) -> tuple[float, float, float]:
        """The most since the beginning or the last call: this process, its children, both together."""
        assert self._watcher.stdin is not None
        assert self._watcher.stdout is not None
        self._watcher.stdin.write("tell\n")
        self._watcher.stdin.flush()
        own, children, together = json.loads(self._watcher.stdout.readline())
        return own, children, together

    def end(self) -> None:
        """Watch no more."""
        self._watcher.communicate()


def watch(process_id: int) -> None:
    """Tell the most since the last time for each line that comes; end with the input."""
    import psutil

    def resident_mb(process: psutil.Process) -> float:
        try:
            return float(process.memory_info().rss / 1e6)
        except psutil.Error:
            return 0.0  # it has ended meanwhile

    process, most = psutil.Process(process_id), [0.0, 0.0, 0.0]
    asked = selectors.DefaultSelector()
    asked.register(sys.stdin, selectors.EVENT_READ)
    while True:
        own = resident_mb(process)
        others = [child for child in process.children(recursive=True) if child.pid != os.getpid()]
        children = sum(resident_mb(child) for child in others)
        most = [max(pair) for pair in zip(most, (own, children, own + children), strict=True)]
        if asked.select(MEMORY_EVERY_S):
            if not sys.stdin.readline():
                return
            print(json.dumps(most), flush=True)
            most = [0.0, 0.0, 0.0]


if __name__ == "__main__":
    watch(int(sys.argv[1]))

"""The most memory a process and its children held."""

import threading

import psutil

MEMORY_EVERY_S = 0.1


class MemoryWatch:
    """The most memory that this process and its children held, together and apart, in MB (resident set)."""

    def __init__(self) -> None:
        self.own_mb = self.children_mb = self.together_mb = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory-watch")
        self._thread.start()

    def restart(self) -> None:
        """Forget what was the most so far."""
        self.own_mb = self.children_mb = self.together_mb = 0.0

    def end(self) -> None:
        """Watch no more."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        process = psutil.Process()
        while not self._stop.wait(MEMORY_EVERY_S):
            own = process.memory_info().rss / 1e6
            children = sum(_resident_mb(child) for child in process.children(recursive=True))
            self.own_mb, self.children_mb = max(self.own_mb, own), max(self.children_mb, children)
            self.together_mb = max(self.together_mb, own + children)


def _resident_mb(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss / 1e6)
    except psutil.Error:
        return 0.0  # it has ended meanwhile

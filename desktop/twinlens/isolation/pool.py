"""A pool of child processes: kept ready, started again after a death."""

import threading

from twinlens.isolation.frames import Body, Head
from twinlens.isolation.process import ChildProcess


class ProcessPool:
    """As many processes of one module as threads ask at once, up to ``limit``; idle ones are kept. Thread-safe."""

    def __init__(self, module: str, limit: int) -> None:
        self._module = module
        self._free = threading.BoundedSemaphore(limit)
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._generation = 0

    def ask(self, head: Head, body: Body, patience_s: float, max_answer_bytes: int) -> tuple[Head, bytearray]:
        """Ask a process of the pool; raises ChildNotStarted, ChildDied or ChildTookTooLong.

        An answer with ``retire`` set is the process's last: it says so when its memory may be spoilt.
        """
        with self._free:
            child, generation = self._take()
            try:
                answer = child.ask(head, body, patience_s, max_answer_bytes)
                child.usable = not answer[0].get("retire")
                return answer
            finally:
                self._give_back(child, generation)

    def start(self, count: int) -> None:
        """Have so many processes ready, so that the first who ask need not wait; raises ChildNotStarted."""
        with self._lock:
            while len(self._idle) < count:
                self._idle.append(ChildProcess(self._module))

    def close(self) -> None:
        """End all idle processes; busy ones end with what they are at. The next to ask starts one again."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._generation += 1
        for child in idle:
            child.close()

    def _take(self) -> tuple[ChildProcess, int]:
        dead: list[ChildProcess] = []
        try:
            with self._lock:
                while self._idle:
                    child = self._idle.pop()
                    if child.alive:
                        return child, self._generation
                    dead.append(child)
                generation = self._generation
        finally:
            for gone in dead:
                gone.close()
        return ChildProcess(self._module), generation

    def _give_back(self, child: ChildProcess, generation: int) -> None:
        with self._lock:
            if child.usable and generation == self._generation:
                self._idle.append(child)
                return
        child.close()

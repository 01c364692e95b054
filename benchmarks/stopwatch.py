"""Stopwatches around functions of the program itself: how long each runs, without what it calls that is watched too."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType, TracebackType
from typing import Any, Self


@dataclass
class Step:
    """One row of the profile. ``watched``: ``module:function`` or ``module:Class.method``."""

    name: str
    watched: tuple[str, ...]
    calls: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0


@dataclass
class Stopwatches:
    """A context in which every call of a watched function is timed, whoever calls it and however it was imported."""

    steps: list[Step]
    missing: list[str] = field(default_factory=list)
    _undo: list[tuple[Any, str, Any]] = field(default_factory=list)
    _running: threading.local = field(default_factory=threading.local)

    def __enter__(self) -> Self:
        for step in self.steps:
            for where in step.watched:
                try:
                    self._watch(step, where)
                except (ImportError, AttributeError):
                    self.missing.append(where)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for owner, name, original in reversed(self._undo):
            setattr(owner, name, original)

    def _watch(self, step: Step, where: str) -> None:
        module_name, _, path = where.partition(":")
        __import__(module_name)
        owner: Any = sys.modules[module_name]
        *classes, name = path.split(".")
        for part in classes:
            owner = getattr(owner, part)
        original = owner.__dict__[name] if classes else getattr(owner, name)
        if not isinstance(original, FunctionType):
            self.missing.append(where)
            return
        timed = self._timed(step, original)
        for holder in [owner, *_others_that_hold(original, name)]:
            self._undo.append((holder, name, original))
            setattr(holder, name, timed)

    def _timed(self, step: Step, original: Callable[..., Any]) -> Callable[..., Any]:
        running = self._running

        def timed(*arguments: Any, **named: Any) -> Any:
            stack: list[list[float]] = running.__dict__.setdefault("stack", [])
            inner = [0.0, 0.0]
            stack.append(inner)
            wall_s, cpu_s = time.perf_counter(), time.thread_time()
            try:
                return original(*arguments, **named)
            finally:
                wall_s, cpu_s = time.perf_counter() - wall_s, time.thread_time() - cpu_s
                stack.pop()
                step.calls += 1
                step.wall_s += wall_s - inner[0]
                step.cpu_s += cpu_s - inner[1]
                if stack:
                    stack[-1][0] += wall_s
                    stack[-1][1] += cpu_s

        return timed


def _others_that_hold(function: FunctionType, name: str) -> list[Any]:
    """Modules of the program that imported the function by name."""
    loaded = [module for key, module in sys.modules.items() if key.startswith("twinlens")]
    return [module for module in loaded if getattr(module, name, None) is function]

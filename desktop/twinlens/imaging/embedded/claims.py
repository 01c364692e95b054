"""The claim that previews of one kind can be believed, checked by samples: one that fails disproves it for this process."""

import threading
from collections import Counter
from typing import NamedTuple

ALWAYS_FIRST, THEN_EVERY = 2, 50


class Source(NamedTuple):
    """Where previews of one kind come from."""

    camera: str
    software: str
    kind: str


class Claims:
    """Counts what was believed, and knows which sources were found to be wrong. May be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._believed: Counter[Source] = Counter()
        self._wrong: set[Source] = set()

    def hold(self, source: Source) -> bool:
        """Whether no preview of this source was ever found wrong."""
        with self._lock:
            return source not in self._wrong

    def is_due(self, source: Source) -> bool:
        """Count one more believed preview; whether the main picture is to be decoded for comparison as well."""
        with self._lock:
            self._believed[source] += 1
            number = self._believed[source]
        return number <= ALWAYS_FIRST or number % THEN_EVERY == 0

    def refute(self, source: Source) -> None:
        """Believe no preview of this source any more."""
        with self._lock:
            self._wrong.add(source)


CLAIMS = Claims()

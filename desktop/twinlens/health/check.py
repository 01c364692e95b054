"""One thing that was looked at."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it went."""

    WORKS = "works"
    LIMITED = "limited"  # Twinlens works without it, with less
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """``area`` groups checks, ``name`` is what was looked at, ``detail`` what was found, in words."""

    area: str
    name: str
    state: State
    detail: str

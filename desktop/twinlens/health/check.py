"""One thing that was looked at."""

from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """How it went."""

    WORKS = "works"
    LIMITED = "limited"  # Twinlens works without it, with less
    BROKEN = "broken"


class Check(Struct, frozen=True):
    """``area`` groups checks, ``name`` is what was looked at, ``detail`` what was found, in words."""

    area: str
    name: str
    state: State
    detail: str

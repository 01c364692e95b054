"""Order, filter, sliders and place in every class, kept in the window's INI file until the next start."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.gui.groups.position import Place, place_of
from twinlens.gui.session_file import SessionFile


class ReviewMemory:
    """What was kept and cannot be understood any more is as if it had not been kept."""

    def __init__(self, folder: Path) -> None:
        self._settings = SessionFile(folder)

    def keep_arrangement(self, photo_class: PhotoClass, arrangement: Arrangement) -> None:
        """How a class is shown."""
        self._settings.setValue(f"arrangement/{photo_class}", arrangement_words(arrangement))

    def arrangement(self, photo_class: PhotoClass) -> Arrangement | None:
        """How a class was shown; None where nothing was kept."""
        return arrangement_of(str(self._settings.value(f"arrangement/{photo_class}", "")))

    def keep_places(self, places: Mapping[PhotoClass, Place]) -> None:
        """Where one is in each class."""
        for photo_class, place in places.items():
            self._settings.setValue(f"position/{photo_class}", place.words())

    def places(self) -> dict[PhotoClass, Place]:
        """Where one was in each class."""
        kept = {kind: place_of(str(self._settings.value(f"position/{kind}", ""))) for kind in PhotoClass}
        return {kind: place for kind, place in kept.items() if place is not None}

    def keep_query(self, query: GroupQuery, usual: GroupQuery) -> None:
        """Where the sliders of a class stand, unless it is where they usually do."""
        name = f"sliders/{query.photo_class}"
        if query == usual:
            self._settings.remove(name)
        else:
            self._settings.setValue(name, f"{query.similarity!r} {query.time_gap_s!r}")

    def query(self, photo_class: PhotoClass) -> GroupQuery | None:
        """Where the sliders of a class stood; None where they usually do."""
        try:
            similarity, time_gap_s = map(float, str(self._settings.value(f"sliders/{photo_class}", "")).split())
        except ValueError:
            return None
        return GroupQuery(photo_class, similarity, time_gap_s) if 0 <= similarity <= 1 and time_gap_s >= 0 else None

    def write(self) -> None:
        """Onto the disk."""
        self._settings.sync()


def arrangement_words(arrangement: Arrangement) -> str:
    """An arrangement as text."""
    wanted = arrangement.wanted
    days = {name: None if day is None else day.isoformat() for name, day in _days(wanted).items()}
    parts: dict[str, Any] = {"sort": str(arrangement.sort), "descending": arrangement.descending, **days}
    parts |= {"folder": wanted.folder, "camera": wanted.camera, "text": wanted.text, "undecided": wanted.undecided_only}
    return json.dumps(parts)


def arrangement_of(text: str) -> Arrangement | None:
    """The reverse; None for a text that says something else."""
    try:
        parts = json.loads(text)
        wanted = GroupFilter(
            folder=_text(parts["folder"]),
            camera=_text(parts["camera"]),
            first_day=_day(parts["first_day"]),
            last_day=_day(parts["last_day"]),
            text=str(parts["text"]),
            undecided_only=bool(parts["undecided"]),
        )
        return Arrangement(Sort(parts["sort"]), bool(parts["descending"]), wanted)
    except (ValueError, KeyError, TypeError):
        return None


def _days(wanted: GroupFilter) -> dict[str, date | None]:
    return {"first_day": wanted.first_day, "last_day": wanted.last_day}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)

"""Check a plan as a whole, as if a stranger had written it. Nothing is touched, no file is read."""

import os
from collections.abc import Iterable

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.errors import PlanInvalid
from twinlens.domain.photo import Photo
from twinlens.domain.plan import Plan, PlannedGroup, PlannedRemoval
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library


def validate(plan: Plan, library: Library, *, allow_without_copy: bool = False) -> None:
    """Raise PlanInvalid, with the first thing that is wrong, unless the plan may be carried out.

    Every path is one that the library knows, none in a protected folder is removed, none is removed twice or kept and
    removed, every content is the one in the catalog, and for every removal a photo stays that the catalog knows to be
    related to it in the class claimed.
    ``allow_without_copy`` lets through groups that keep nothing: an explicit choice of the user, never a default.
    """
    removed = _removed_once(plan)
    known = _Known(library.catalog(), {*removed, *(path for group in plan.groups for path in group.keep)})
    for group in plan.groups:
        if not group.keep and group.remove and not allow_without_copy:
            raise PlanInvalid(f"The group {shown(group.id)} keeps nothing; the plan was not carried out.")
        for path in group.keep:
            if path in removed:
                raise PlanInvalid(f"{shown(path)} is both kept and removed; the plan was not carried out.")
            known.photo(path)
        for step in group.remove:
            _check_step(group, step, known)


def _removed_once(plan: Plan) -> set[str]:
    removed: set[str] = set()
    for group in plan.groups:
        for step in group.remove:
            if step.path in removed:
                raise PlanInvalid(f"{shown(step.path)} is removed twice; the plan was not carried out.")
            removed.add(step.path)
    return removed


def _check_step(group: PlannedGroup, step: PlannedRemoval, known: "_Known") -> None:
    photo = known.photo(step.path)
    if photo.protected:
        raise PlanInvalid(f"{shown(step.path)} is in a protected folder; the plan was not carried out.")
    if photo.content.hex() != step.content_hex.lower() or photo.stamp.size_bytes != step.size_bytes:
        raise PlanInvalid(f"{shown(step.path)} is not the file that was planned; make the plan again.")
    if group.keep and not any(known.is_related(photo, known.photo(path), step.photo_class) for path in group.keep):
        raise PlanInvalid(
            f"Nothing that group {shown(group.id)} keeps is known to be {step.photo_class.value} to {shown(step.path)}."
        )


class _Known:
    """What the catalog knows, asked once for each photo."""

    def __init__(self, catalog: Catalog, paths: Iterable[str]) -> None:
        self._catalog = catalog
        self._photos: dict[str, Photo] = catalog.photos.by_paths(path for path in paths if _is_plain(path))
        self._neighbours: dict[int, set[int]] = {}

    def photo(self, path: str) -> Photo:
        if path not in self._photos:
            if not _is_plain(path):
                raise PlanInvalid(f"{shown(path)} is no plain absolute path; the plan was not carried out.")
            raise PlanInvalid(f"{shown(path)} is not in the library; the plan was not carried out.")
        return self._photos[path]

    def is_related(self, photo: Photo, keeper: Photo, photo_class: PhotoClass) -> bool:
        if photo.id == keeper.id:
            return False
        if photo.content == keeper.content:
            return True
        if photo_class is PhotoClass.IDENTICAL_FILE:
            return False
        if photo.pixels is not None and photo.pixels == keeper.pixels:
            return True
        if photo_class is PhotoClass.IDENTICAL_PIXELS:
            return False
        # Lookalikes are not stored: whoever rejects one has looked at it. The others are tied directly, or through the
        # middle of their group, or through a copy of either.
        return photo_class is PhotoClass.LOOKALIKE or bool(self._reach(photo) & self._reach(keeper))

    def _reach(self, photo: Photo) -> set[int]:
        if photo.id not in self._neighbours:
            copies = {copy.id for copy in self._catalog.photos.with_content(photo.content)} | {photo.id}
            reach = {int(copy) for copy in copies}
            for copy in copies:
                for relation in self._catalog.relations.of(copy):
                    reach.update((int(relation.first), int(relation.second)))
            self._neighbours[photo.id] = reach
        return self._neighbours[photo.id]


def _is_plain(path: str) -> bool:
    """Whether this is an absolute path without detours, made of characters that a file name can have."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return os.path.isabs(path) and os.path.normpath(path) == path and "\0" not in path

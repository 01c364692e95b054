"""The groups that several commands show: found once, turned into plain rows for JSON, tables, CSV and the report."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import click
import numpy as np
from msgspec import Struct

from twinlens.cli.opening import is_under, places
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import SIMILARITY, TIME_GAP
from twinlens.library.open import Library
from twinlens.review.data import ReviewData, load_review_data
from twinlens.review.duplicates import GroupList, find_groups
from twinlens.review.report.found import Found

_Command = TypeVar("_Command", bound=Callable[..., object])

DEFAULT_CLASSES = tuple(photo_class for photo_class in PhotoClass if photo_class is not PhotoClass.LOOKALIKE)


class Wanted(Struct, frozen=True):
    """What to group. ``similarity`` and ``time_gap_s``: None follows the settings. ``classes``: strongest first."""

    classes: tuple[PhotoClass, ...] = DEFAULT_CLASSES
    similarity: float | None = None
    time_gap_s: float | None = None


def find(library: Library, paths: Sequence[str], wanted: Wanted) -> Found:
    """The groups among the photos under these folders; all, when there are none."""
    folders = places(paths)
    preferences = library.preferences
    similarity = preferences.number(SIMILARITY) if wanted.similarity is None else wanted.similarity
    time_gap_s = preferences.number(TIME_GAP) if wanted.time_gap_s is None else wanted.time_gap_s
    data = load_review_data(library.catalog())
    lists = [
        find_groups(data, GroupQuery(photo_class, similarity, time_gap_s), under=folders)
        for photo_class in sorted(wanted.classes, key=lambda photo_class: photo_class.rank)
        if photo_class is not PhotoClass.LOOKALIKE
    ]
    if PhotoClass.LOOKALIKE in wanted.classes:
        lists.append(_lookalikes(library, data, folders, similarity))
    problems = tuple(problem for problem in library.catalog().problems.all() if is_under(problem.path, folders))
    return Found(data, tuple(lists), problems)


def _lookalikes(library: Library, data: ReviewData, folders: Sequence[str], similarity: float) -> GroupList:
    """Lookalikes are not stored: they come from the vectors, by way of the index."""
    from twinlens.fingerprints.model import bundled_model
    from twinlens.review.data import narrowed
    from twinlens.review.lookalikes import lookalike_groups

    if library.vectors.model is None:
        library.vectors.use_model(bundled_model().identity)
    if folders:
        data = narrowed(data, np.array([is_under(path, folders) for path in data.photos.paths], np.bool_))
    return lookalike_groups(library, data, similarity)


def grouping_options(command: _Command) -> _Command:
    """``--class``, ``--similarity`` and ``--time-gap``, as ``classes``, ``similarity`` and ``time_gap``."""
    for option in (
        click.option(
            "--time-gap",
            type=click.FloatRange(0),
            metavar="SECONDS",
            help="The longest pause between two neighbours of a burst; default: the setting.",
        ),
        click.option(
            "--similarity",
            type=click.FloatRange(0, 1),
            metavar="0..1",
            help="How sure a match must be; default: the setting.",
        ),
        click.option(
            "--class",
            "classes",
            multiple=True,
            type=click.Choice([photo_class.value for photo_class in PhotoClass]),
            help="Only groups of this class; may be repeated. Default: all but lookalike.",
        ),
    ):
        command = option(command)
    return command


def wanted_from(classes: Sequence[str], similarity: float | None, time_gap: float | None) -> Wanted:
    """What these options ask for."""
    chosen = tuple(PhotoClass(name) for name in dict.fromkeys(classes)) or DEFAULT_CLASSES
    return Wanted(chosen, similarity, time_gap)

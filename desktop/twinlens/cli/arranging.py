"""Options for the order of groups and for which of them are shown, as the window's bar has them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort

if TYPE_CHECKING:
    from twinlens.library.open import Library
    from twinlens.review.report.found import Found

_Command = TypeVar("_Command", bound=Callable[..., object])
_DAY = click.DateTime(["%Y-%m-%d"])


class ArrangingOptions(TypedDict):
    """What click gives a command that has these options."""

    sort: str | None
    reverse: bool
    undecided: bool
    folder: str | None
    camera: str | None
    first_day: datetime | None
    last_day: datetime | None
    text: str


class Arranged(Struct, frozen=True):
    """``sort``: None leaves the groups in the order of the library."""

    sort: Sort | None
    reverse: bool
    wanted: GroupFilter

    @property
    def changes_nothing(self) -> bool:
        """Whether all groups are shown as they were found."""
        return self.sort is None and not self.reverse and self.wanted.is_empty


def arranging_options(command: _Command) -> _Command:
    """``--sort``, ``--reverse``, ``--undecided``, ``--folder``, ``--camera``, ``--from``, ``--to``, ``--text``."""
    for option in (
        click.option(
            "--text", default="", metavar="WORDS", help="Only groups with a photo whose path contains them all."
        ),
        click.option(
            "--to", "last_day", type=_DAY, metavar="DAY", help="Only groups with a photo taken then or earlier."
        ),
        click.option(
            "--from", "first_day", type=_DAY, metavar="DAY", help="Only groups with a photo taken then or later."
        ),
        click.option("--camera", metavar="NAME", help="Only groups with a photo of this camera."),
        click.option(
            "--folder",
            type=click.Path(),
            metavar="DIR",
            help="Only groups with a photo in this folder or below; its copies elsewhere are shown with it.",
        ),
        click.option("--undecided", is_flag=True, help="Only groups with a suggestion that is not answered by a mark."),
        click.option("--reverse", is_flag=True, help="The other way round."),
        click.option(
            "--sort",
            type=click.Choice([str(sort) for sort in Sort]),
            help="By bytes to free or number of photos (most first), similarity of the least sure photo (doubtful first), "
            "time taken (oldest first), or the keeper's folder. Default: the order of the library.",
        ),
    ):
        command = option(command)
    return command


def arranged_from(options: ArrangingOptions) -> Arranged:
    """What these options ask for. What is asked of a photo must be met by one photo of the group."""
    from twinlens.cli.opening import places

    folder = options["folder"]
    wanted = GroupFilter(
        folder=None if folder is None else places([folder])[0],
        camera=options["camera"],
        first_day=_day(options["first_day"]),
        last_day=_day(options["last_day"]),
        text=options["text"],
        undecided_only=options["undecided"],
    )
    return Arranged(None if options["sort"] is None else Sort(options["sort"]), options["reverse"], wanted)


def arranged(library: "Library", found: "Found", how: Arranged) -> "Found":
    """The same groups, in this order and as far as they pass; the classes stay apart."""
    import numpy as np

    from twinlens.review.arrangement import arrange
    from twinlens.review.group_filter import passing

    if how.changes_nothing:
        return found
    marked = np.array([int(photo_id) for photo_id in library.catalog().marks.all()], np.int64)
    lists = []
    for groups in found.lists:
        if how.sort is None:
            numbers = np.flatnonzero(passing(groups, how.wanted, marked))
            lists.append(groups.arranged(numbers[::-1] if how.reverse else numbers))
        else:
            order = Arrangement(wanted=how.wanted).sorted_by(how.sort)
            lists.append(arrange(groups, replace(order, descending=order.descending != how.reverse), marked))
    return replace(found, lists=tuple(lists))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()

"""What is likely to be looked at next, the likeliest first. Values, without Qt."""

from collections.abc import Iterator, Sequence
from itertools import islice

from twinlens.domain.group import Group
from twinlens.gui.groups.position import photo_ids_of

REACH = 3  # groups, or photos where there are none, before and behind


def of_groups(groups: Sequence[Group], number: int, position: int, most: int) -> list[int]:
    """Ids: the rest of this group, nearest first, then the next group, the one before, the next but one ...

    The groups are not made for that: the words about seven of them would hold up the next picture.
    """
    return list(islice(_of_groups(groups, number, position), most))


def of_rows(row: int, count: int, most: int) -> list[int]:
    """Rows around one, nearest first, forward first."""
    found = [at for by in range(1, REACH + 1) for at in (row + by, row - by) if 0 <= at < count]
    return found[:most]


def _of_groups(groups: Sequence[Group], number: int, position: int) -> Iterator[int]:
    if not 0 <= number < len(groups):
        return
    here = photo_ids_of(groups, number)
    for at in sorted(range(len(here)), key=lambda at: (abs(at - position), at < position)):
        if at != position:
            yield here[at]
    near = [at for by in range(1, REACH + 1) for at in (number + by, number - by) if 0 <= at < len(groups)]
    found = [photo_ids_of(groups, at) for at in near]
    for ids in found:
        yield ids[0]  # where one arrives
    for ids in found:
        yield from ids[1:]

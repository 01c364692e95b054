"""Groups with what a report says of their photos: rows for a page, a table, CSV or JSON."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import ProblemFound
from twinlens.domain.group import Group, Member
from twinlens.domain.photo import PhotoId
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import GroupList


class ShownPhoto(Struct, frozen=True):
    """One photo as it is shown. ``taken``: the camera's local time."""

    photo_id: PhotoId
    path: str
    size_bytes: int
    width_px: int
    height_px: int
    taken: datetime | None
    member: Member


class ShownGroup(Struct, frozen=True):
    """One group with its photos, the keeper first."""

    group: Group
    photos: tuple[ShownPhoto, ...]


class Found(Struct, frozen=True):
    """All groups, a list for each class, and the files that could not be read. ``is_wanted``: whether to go on."""

    data: ReviewData
    lists: tuple[GroupList, ...]
    problems: tuple[ProblemFound, ...]
    is_wanted: Callable[[], bool] = lambda: True

    def groups(self, of: GroupList | None = None) -> Iterator[ShownGroup]:
        """The groups one after the other, strongest class first; or those of one list.

        Raises:
            TwinlensError: they are not wanted any more.
        """
        for found in self.lists if of is None else (of,):
            for group in found:
                if not self.is_wanted():
                    raise TwinlensError("The report was stopped.")
                yield ShownGroup(group, tuple(self._shown(member) for member in group.members))

    def _shown(self, member: Member) -> ShownPhoto:
        photos = self.data.photos
        row = int(photos.photo_id.searchsorted(member.photo_id))
        taken_s = float(photos.taken_s[row])
        return ShownPhoto(
            member.photo_id,
            photos.paths[row],
            int(photos.size_bytes[row]),
            int(photos.width_px[row]),
            int(photos.height_px[row]),
            None if taken_s != taken_s else _camera_time(taken_s),
            member,
        )


def _camera_time(taken_s: float) -> datetime:
    # Camera times have no zone; they are counted as if the camera stood at Greenwich.
    return datetime.fromtimestamp(taken_s, UTC).replace(tzinfo=None)

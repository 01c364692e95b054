"""Winner stays: a champion against one challenger after the other. N photos, N - 1 decisions. Values, without Qt."""

from collections.abc import Sequence
from typing import Optional

from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.group import Mark


class Walk(Struct, frozen=True):
    """``left`` and ``right`` are looked at; ``right`` is None when all is decided. ``kept``: said to be as good as what they met.

    The winner stays on its side, so that the eye has to look for one new photo only.
    """

    left: int
    right: int | None
    waiting: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    champion_is_left: bool = True
    before: Optional["Walk"] = None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to decide."""
        return self.right is None

    @property
    def decided(self) -> int:
        """How many decisions were made."""
        return len(self.lost) + len(self.kept)

    @property
    def total(self) -> int:
        """How many decisions there are."""
        return self.decided + len(self.waiting) + (0 if self.is_over else 1)

    def left_wins(self) -> "Walk":
        """The right one loses."""
        return self._after(lost=self.right, champion_is_left=True)

    def right_wins(self) -> "Walk":
        """The left one loses."""
        return self._after(lost=self.left, champion_is_left=False)

    def both(self) -> "Walk":
        """The challenger is kept too, and the champion goes on."""
        if self.right is None:
            return self
        aside = self.right if self.champion_is_left else self.left
        return self._next(replace(self, kept=(*self.kept, aside), before=self))

    def back(self) -> "Walk":
        """Before the last decision."""
        return self.before if self.before is not None else self

    def marks(self) -> dict[int, Mark]:
        """What the decisions so far say: losers go, and where all is decided the winner and its equals stay."""
        said = dict.fromkeys(self.lost, Mark.REJECT) | dict.fromkeys(self.kept, Mark.KEEP)
        return said | ({self.left: Mark.KEEP} if self.is_over else {})

    def _after(self, lost: int | None, *, champion_is_left: bool) -> "Walk":
        if self.right is None or lost is None:
            return self
        return self._next(replace(self, lost=(*self.lost, lost), champion_is_left=champion_is_left, before=self))

    def _next(self, walk: "Walk") -> "Walk":
        champion = walk.left if walk.champion_is_left else walk.right
        assert champion is not None
        if not walk.waiting:
            return replace(walk, left=champion, right=None, champion_is_left=True)
        challenger, waiting = walk.waiting[0], walk.waiting[1:]
        left, right = (champion, challenger) if walk.champion_is_left else (challenger, champion)
        return replace(walk, left=left, right=right, waiting=waiting)


def walk_through(photo_ids: Sequence[int]) -> Walk | None:
    """Begin with the first against the second; None where there are fewer than two."""
    if len(photo_ids) < 2:
        return None
    return Walk(photo_ids[0], photo_ids[1], tuple(photo_ids[2:]))

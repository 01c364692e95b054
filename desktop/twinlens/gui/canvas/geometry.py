"""Where a picture lies in a widget, and at which size. Values, without Qt.

Picture pixels are those of the whole photo, whatever smaller picture stands in for it; room pixels are logical.
"""

from msgspec import Struct
from msgspec.structs import replace

MOST_SCALE = 16.0
STEP = 1.25  # of Ctrl+= and of a notch of the wheel
SAME = 1e-6


class Extent(Struct, frozen=True):
    """Width and height of a picture in its own pixels."""

    width: float
    height: float

    @property
    def longest(self) -> float:
        """The longer side."""
        return max(self.width, self.height)


class Room(Struct, frozen=True):
    """What a picture is shown in, in logical pixels; ``ratio`` device pixels make one of them."""

    width: float
    height: float
    ratio: float = 1.0


class Look(Struct, frozen=True):
    """How one looks at a picture. ``scale``: device pixels for each pixel of the picture, 1 for 1:1.

    ``x``, ``y``: the place of the picture, 0 to 1, that is in the middle of the room. ``fits``: shown whole, and stays so in
    another room and of another picture.
    """

    scale: float = 1.0
    x: float = 0.5
    y: float = 0.5
    fits: bool = True


class Lying(Struct, frozen=True):
    """The picture's upper left corner in the room, and logical pixels for each of its pixels."""

    left: float
    top: float
    scale: float


def fit_scale(extent: Extent, room: Room) -> float:
    """At which scale all of the picture is seen; a small one is not enlarged."""
    across, down = room.width / max(1.0, extent.width), room.height / max(1.0, extent.height)
    return max(1e-4, min(across * room.ratio, down * room.ratio, 1.0))


def fitted(extent: Extent, room: Room) -> Look:
    """The whole picture."""
    return Look(fit_scale(extent, room))


def held(look: Look, extent: Extent, room: Room) -> Look:
    """The same look, kept in bounds: no side of the room stays empty where the picture could fill it."""
    if look.fits:
        return fitted(extent, room)
    scale = min(max(look.scale, fit_scale(extent, room)), MOST_SCALE)
    x = _kept(look.x, extent.width * scale, room.width * room.ratio)
    return Look(scale, x, _kept(look.y, extent.height * scale, room.height * room.ratio), fits=False)


def lying(look: Look, extent: Extent, room: Room) -> Lying:
    """Where the picture lies; at 1:1 its pixels are those of the screen."""
    scale = look.scale / room.ratio
    left = room.width / 2 - look.x * extent.width * scale
    top = room.height / 2 - look.y * extent.height * scale
    if abs(look.scale - 1.0) < SAME:
        left, top = round(left * room.ratio) / room.ratio, round(top * room.ratio) / room.ratio
    return Lying(left, top, scale)


def place_under(look: Look, extent: Extent, room: Room, at: tuple[float, float]) -> tuple[float, float]:
    """The pixel of the picture under a point of the room; it may lie outside."""
    found = lying(look, extent, room)
    return (at[0] - found.left) / found.scale, (at[1] - found.top) / found.scale


def scaled(look: Look, extent: Extent, room: Room, scale: float, at: tuple[float, float] | None = None) -> Look:
    """At another scale; what is under ``at`` stays there, or else the middle. All the way out, it fits."""
    least = fit_scale(extent, room)
    if scale <= least * (1 + SAME) and least < 1.0:
        return fitted(extent, room)
    scale = min(max(scale, least), MOST_SCALE)
    point = at if at is not None else (room.width / 2, room.height / 2)
    px, py = place_under(look, extent, room, point)
    logical = scale / room.ratio
    x = (px + (room.width / 2 - point[0]) / logical) / max(1.0, extent.width)
    y = (py + (room.height / 2 - point[1]) / logical) / max(1.0, extent.height)
    return held(Look(scale, x, y, fits=False), extent, room)


def zoomed(look: Look, extent: Extent, room: Room, factor: float, at: tuple[float, float] | None = None) -> Look:
    """Nearer or further by a factor; it rests at 1:1 on the way past it."""
    wanted = look.scale * factor
    if (look.scale - 1.0) * (wanted - 1.0) < 0 and abs(look.scale - 1.0) > 1e-3:
        wanted = 1.0
    return scaled(look, extent, room, wanted, at)


def panned(look: Look, extent: Extent, room: Room, across: float, down: float) -> Look:
    """The picture moved by so many logical pixels; one that fits does not move."""
    if look.fits:
        return look
    scale = look.scale / room.ratio
    x = look.x - across / (max(1.0, extent.width) * scale)
    y = look.y - down / (max(1.0, extent.height) * scale)
    return held(replace(look, x=x, y=y), extent, room)


def is_actual(look: Look) -> bool:
    """Whether each pixel of the picture is one of the screen."""
    return abs(look.scale - 1.0) < 1e-3


def _kept(centre: float, shown: float, room: float) -> float:
    """The middle of the room as a part of the picture, such that the picture fills the room or lies in its middle."""
    if shown <= room:
        return 0.5
    half = room / shown / 2
    return min(max(centre, half), 1 - half)

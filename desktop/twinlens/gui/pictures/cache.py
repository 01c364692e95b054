"""Decoded pictures bounded by the bytes they occupy: those used longest ago go first. Without Qt."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Generic, Protocol, TypeVar

from msgspec.structs import replace

from twinlens.gui.pictures.want import Level, Want

CAPACITY_BYTES = 512 * 1024 * 1024


class Sized(Protocol):
    """Something that knows what it occupies."""

    @property
    def size_bytes(self) -> int:
        """Its memory."""
        ...


Value = TypeVar("Value", bound=Sized)


class PictureCache(Generic[Value]):
    """The pictures used last, at most ``capacity_bytes`` together; a single larger one is kept alone."""

    def __init__(self, capacity_bytes: int = CAPACITY_BYTES) -> None:
        self.capacity_bytes = capacity_bytes
        self._pictures: OrderedDict[Want, Value] = OrderedDict()
        self._used_bytes = 0

    @property
    def used_bytes(self) -> int:
        """What all occupy."""
        return self._used_bytes

    def wants(self) -> Collection[Want]:
        """What is there."""
        return self._pictures.keys()

    def get(self, want: Want) -> Value | None:
        """This picture, which now counts as just used."""
        found = self._pictures.get(want)
        if found is not None:
            self._pictures.move_to_end(want)
        return found

    def best(self, want: Want) -> Value | None:
        """The largest that is there of this photo up to any level."""
        for level in reversed(Level):
            found = self.get(replace(want, level=level))
            if found is not None:
                return found
        return None

    def touch(self, wants: Iterable[Want]) -> None:
        """Count these as used, the last one last."""
        for want in wants:
            self.get(want)

    def put(self, want: Want, picture: Value) -> None:
        """Keep it as the newest, and drop old ones until all fit."""
        self.drop(want)
        self._pictures[want] = picture
        self._used_bytes += picture.size_bytes
        while self._used_bytes > self.capacity_bytes and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            self._used_bytes -= oldest.size_bytes

    def drop(self, want: Want) -> None:
        """Forget it."""
        found = self._pictures.pop(want, None)
        if found is not None:
            self._used_bytes -= found.size_bytes

    def clear(self) -> None:
        """Forget all."""
        self._pictures.clear()
        self._used_bytes = 0

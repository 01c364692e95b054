"""Counts which files of a tree are opened, by whatever process: inotify, so on Linux only."""

import ctypes
import os
import struct
from pathlib import Path
from types import TracebackType
from typing import Self

IN_OPEN, IN_ISDIR, IN_NONBLOCK = 0x20, 0x40000000, 0o4000
_EVENT = struct.Struct("iIII")


class OpenedFiles:
    """A context in which opening a file below ``folder`` is noticed; ``count`` afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: set[tuple[int, bytes]] = set()

    @property
    def count(self) -> int:
        """How many different files were opened."""
        return len(self.names)

    def __enter__(self) -> Self:
        library = ctypes.CDLL(None, use_errno=True)
        self._handle = library.inotify_init1(IN_NONBLOCK)
        for folder, _, _ in os.walk(self._folder):
            if library.inotify_add_watch(self._handle, os.fsencode(folder), IN_OPEN) < 0:
                raise OSError(ctypes.get_errno(), "inotify_add_watch", folder)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._take()
        os.close(self._handle)

    def _take(self) -> None:
        while True:
            try:
                data = os.read(self._handle, 1 << 16)
            except BlockingIOError:
                return
            place = 0
            while place < len(data):
                watch, mask, _, length = _EVENT.unpack_from(data, place)
                name = data[place + _EVENT.size : place + _EVENT.size + length].rstrip(b"\0")
                if name and not mask & IN_ISDIR:
                    self.names.add((watch, name))
                place += _EVENT.size + length

"""What is mounted where: Linux's mountinfo, and psutil's list elsewhere."""

import io
import os
import select
import threading
from collections.abc import Sequence

from msgspec import Struct

MOUNTINFO = "/proc/self/mountinfo"

# File systems that hold no files of anybody.
PSEUDO_TYPES = frozenset(
    {"autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs"}
    | {"fuse.gvfsd-fuse", "fuse.portal", "fusectl", "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "rpc_pipefs"}
    | {"securityfs", "selinuxfs", "sysfs", "tracefs"}
)


class Mount(Struct, frozen=True):
    """One mounted file system.

    ``root``: the folder of it that appears at ``mount_point``, "/" save for bind mounts and subvolumes.
    ``device``: its number as ``st_dev`` has it, None where that says nothing.
    """

    mount_point: str
    root: str
    fs_type: str
    source: str
    device: int | None


def mounts() -> Sequence[Mount]:
    """Everything that is mounted, in the order of mounting: of two at one place the later one hides the other.

    The same object is given while nothing was mounted or unmounted.
    """
    try:
        return _table.read(MOUNTINFO)
    except FileNotFoundError:
        import psutil  # not where the kernel tells: loading it takes longer than a small scan

        return tuple(Mount(p.mountpoint, "/", p.fstype, p.device, None) for p in psutil.disk_partitions(all=True))


class _MountTable:
    """The kernel's table, parsed again only when the kernel says that it changed (proc(5): poll for POLLPRI)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path = ""
        self._file: io.FileIO | None = None
        self._mounts: tuple[Mount, ...] = ()

    def read(self, path: str) -> Sequence[Mount]:
        """All mounts; raises FileNotFoundError where there is no such table."""
        with self._lock:
            if self._file is None or self._path != path:
                self.forget()
                self._file, self._path = io.FileIO(path), path
            elif not self._has_changed(self._file):
                return self._mounts
            self._file.seek(0)
            lines = self._file.readall().splitlines()
            self._mounts = tuple(mount for line in lines if (mount := parse_mountinfo(line)) is not None)
            return self._mounts

    @staticmethod
    def _has_changed(file: io.FileIO) -> bool:
        asked = select.poll()
        asked.register(file, select.POLLPRI)
        return bool(asked.poll(0))

    def forget(self) -> None:
        """Read it anew next time: a process that was forked shares the news of its parent's table."""
        if self._file is not None:
            self._file.close()
        self._file = None


_table = _MountTable()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_table.forget)


def parse_mountinfo(line: bytes) -> Mount | None:
    """One line of mountinfo (proc(5)); None for one that is cut short."""
    # 36 35 98:0 /root /mount/point rw,noatime shared:1 - ext4 /dev/sda1 rw,errors=continue
    left, separator, right = line.partition(b" - ")
    fields, after = left.split(b" "), right.split(b" ")
    if not separator or len(fields) < 6 or len(after) < 2:
        return None
    major, _, minor = fields[2].partition(b":")
    return Mount(
        mount_point=_unescaped(fields[4]),
        root=_unescaped(fields[3]),
        fs_type=_unescaped(after[0]),
        source=_unescaped(after[1]),
        device=os.makedev(int(major), int(minor)),
    )


def _unescaped(field: bytes) -> str:
    r"""Blanks, tabs, newlines and backslashes come as three octal digits: ``\040``."""
    first, *parts = field.split(b"\\")
    return os.fsdecode(first + b"".join(bytes([int(part[:3], 8)]) + part[3:] for part in parts))


def mount_of(resolved_folder: str, among: Sequence[Mount]) -> Mount:
    """The mount that holds a folder whose links are resolved: the deepest, and of two at one place the later.

    Raises:
        LookupError: none does.
    """
    holding = [mount for mount in among if is_below(resolved_folder, mount.mount_point)]
    if not holding:
        raise LookupError(f"{resolved_folder} is on no mounted volume")
    return max(reversed(holding), key=lambda mount: len(mount.mount_point))


def is_below(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

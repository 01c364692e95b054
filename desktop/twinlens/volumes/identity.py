"""Which volume a path is on. The identity survives another mount point and another device name where that can be had."""

import os
from collections.abc import Mapping, Sequence
from typing import ClassVar

from twinlens.domain.photo import Volume, VolumeId
from twinlens.volumes.mounts import PSEUDO_TYPES, Mount, mount_of, mounts

BY_UUID = "/dev/disk/by-uuid"
BY_LABEL = "/dev/disk/by-label"

# Of these, statvfs derives f_fsid from the file system's own UUID: an identity even where udev made no links.
_FSID_TYPES = frozenset({"ext2", "ext3", "ext4"})

# FAT and exFAT have no inodes; what Linux shows in their place changes with every mount, and in between. So it is with
# most file systems in user space.
_INVENTED_INODES = frozenset({"vfat", "msdos", "exfat"})
_LASTING_FUSE = frozenset({"fuse.mergerfs", "fuse.ntfs-3g", "fuse.bindfs", "fuse.glusterfs"})


def volume_of(path: str) -> Volume:
    """The volume that holds ``path``, which need not exist as long as the folder it would be in does.

    Raises:
        FileNotFoundError: that folder does not exist.
    """
    place = resolved(path)
    folder = place if os.path.isdir(place) else os.path.dirname(place)
    os.stat(folder)
    return volume_at(folder)


def volume_at(resolved_folder: str) -> Volume:
    """The same for a folder that is there and whose links are resolved."""
    return _Known.now().holding(resolved_folder)


def mounted_volumes() -> list[Volume]:
    """All volumes that may hold photos, each once, by mount point."""
    return list(_Known.now().visible())


class _Known:
    """What was found out about the volumes: it holds while nothing is mounted, unmounted or given another name."""

    _latest: ClassVar["_Known | None"] = None

    def __init__(self, every: Sequence[Mount], names: tuple[dict[int, str], dict[int, str]]) -> None:
        self.mounts = every
        self._names = names
        self._volumes: dict[Mount, Volume] = {}
        self._visible: tuple[Volume, ...] | None = None
        self._at = {mount.mount_point: mount for mount in every}  # the later of two at one place

    @classmethod
    def now(cls) -> "_Known":
        """What is known of the volumes as they are now."""
        every, names = mounts(), (_links(BY_UUID), _links(BY_LABEL))
        latest = cls._latest
        if latest is None or latest.mounts is not every or latest._names != names or not isinstance(every, tuple):
            latest = cls._latest = cls(every, names)
        return latest

    def volume(self, mount: Mount) -> Volume:
        """The volume of one of the mounts."""
        if mount not in self._volumes:
            self._volumes[mount] = _volume(mount, self.mounts, *self._names)
        return self._volumes[mount]

    def holding(self, resolved_folder: str) -> Volume:
        """The volume of a folder whose links are resolved; raises LookupError where none holds it."""
        place = resolved_folder
        while (mount := self._at.get(place)) is None:
            above = os.path.dirname(place)
            if above == place:
                return self.volume(mount_of(resolved_folder, self.mounts))
            place = above
        return self.volume(mount)

    def visible(self) -> tuple[Volume, ...]:
        """All that may hold photos, each once, by mount point."""
        if self._visible is None:
            found: dict[VolumeId, Volume] = {}
            for mount in sorted(self._at.values(), key=lambda mount: (len(mount.mount_point), mount.mount_point)):
                # Single files can be mounted too, as parts of a file system. Whole ones are not asked: a share whose
                # server is away would block.
                if mount.fs_type not in PSEUDO_TYPES and (mount.root == "/" or os.path.isdir(mount.mount_point)):
                    volume = self.volume(mount)
                    found.setdefault(volume.id, volume)
            self._visible = tuple(sorted(found.values(), key=lambda volume: volume.mount_point))
        return self._visible


def is_here(volume: Volume) -> bool:
    """Whether this very volume, and not another or none, is mounted at its mount point."""
    try:
        os.stat(volume.mount_point)
        known = _Known.now()
        return known.holding(volume.mount_point).id == volume.id
    except (OSError, LookupError):
        return False


def relative_to_volume(path: str, volume: Volume) -> str:
    """``path`` as seen from the volume's mount point, separated by slashes; "" for the mount point itself.

    Links in the folders of the path are resolved. Raises ValueError when it is not on that volume.
    """
    return relative_to_mount(resolved(path), volume)


def relative_to_mount(place: str, volume: Volume) -> str:
    """The same for a place whose links are resolved."""
    root = volume.mount_point.rstrip(os.sep) + os.sep
    if place.rstrip(os.sep) + os.sep == root:
        return ""
    if not place.startswith(root):
        raise ValueError(f"{place} is not on the volume mounted at {volume.mount_point}")
    return place[len(root) :].replace(os.sep, "/")


def resolved(path: str) -> str:
    """The absolute path with all links in its folders resolved.

    A link to a file stays one: the link is the photo's place. A link to a folder leads into the folder.
    """
    absolute = os.path.abspath(path)
    if os.path.isdir(absolute):
        return os.path.realpath(absolute)
    return os.path.join(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))


def _volume(mount: Mount, every: Sequence[Mount], uuids: Mapping[int, str], labels: Mapping[int, str]) -> Volume:
    device = _device_number(mount)
    label = labels.get(device) if device is not None else None
    label = label or os.path.basename(mount.mount_point.rstrip(os.sep)) or mount.mount_point
    identity = VolumeId(_identity(mount, every, uuids))
    return Volume(identity, label, mount.mount_point, inodes_last=not _invents_inodes(mount))


def _identity(mount: Mount, every: Sequence[Mount], uuids: Mapping[int, str]) -> str:
    if os.name == "nt":
        return f"serial:{os.stat(mount.mount_point).st_dev:x}"  # st_dev is the volume's serial number there
    core = own = _own_identity(mount, uuids)
    if own is None:
        core = _makeshift_identity(mount)
    elif _has_older_twin(mount, own, every, uuids):
        core = f"{own}:{mount.source}"
    # Subvolumes and bind mounts show different folders of one file system: paths in one mean nothing in another.
    identity = core if mount.root == "/" else f"{core}:{mount.root}"
    return str(identity).encode("utf-8", "backslashreplace").decode("utf-8")


def _invents_inodes(mount: Mount) -> bool:
    """Whether the system makes inodes up as it comes across files, so that they are others after the next mount."""
    made_up = mount.fs_type in _INVENTED_INODES or mount.fs_type.startswith("fuse.")
    return made_up and mount.fs_type not in _LASTING_FUSE


def _own_identity(mount: Mount, uuids: Mapping[int, str]) -> str | None:
    """What the file system itself says it is; None where it says nothing."""
    device = _device_number(mount)
    if device is not None and device in uuids:
        return f"uuid:{uuids[device]}"
    if mount.fs_type in _FSID_TYPES:
        try:
            fsid = os.statvfs(mount.mount_point).f_fsid
        except OSError:
            return None
        return f"fsid:{mount.fs_type}:{fsid:x}" if fsid else None
    return None


def _makeshift_identity(mount: Mount) -> str:
    if mount.source.startswith("/dev/"):
        # The next stick may get the same device name: the size tells most of them apart.
        try:
            facts = os.statvfs(mount.mount_point)
        except OSError:
            return f"{mount.fs_type}:{mount.source}"
        return f"{mount.fs_type}:{mount.source}:{facts.f_blocks * facts.f_frsize}"
    if "/" in mount.source or ":" in mount.source:  # host:/export
        return f"{mount.fs_type}:{mount.source}"
    return f"{mount.fs_type}:{mount.source}:{mount.mount_point}"  # tmpfs, overlay: the place is all there is


def _has_older_twin(mount: Mount, own: str, every: Sequence[Mount], uuids: Mapping[int, str]) -> bool:
    """Whether another device that was mounted earlier says that it is the same file system: one is a copy of the other.

    The earlier one keeps the identity, so that a drive does not become another one when its copy is plugged in.
    """
    device = _device_number(mount)
    for other in every:
        if other is mount:
            return False
        is_another = other.fs_type == mount.fs_type and _device_number(other) != device
        if is_another and _own_identity(other, uuids) == own:
            return True
    return False


def _device_number(mount: Mount) -> int | None:
    """The number of the block device; btrfs reports one of its own instead, so the source is asked first."""
    try:
        found = os.stat(mount.source) if mount.source.startswith("/") else None
    except OSError:
        found = None  # a source inside another container, or /dev/root
    return found.st_rdev if found is not None and found.st_rdev else mount.device


_links_read: dict[str, tuple[int, dict[int, str]]] = {}


def _links(folder: str) -> dict[int, str]:
    """Names by device number, from udev's folders of links; read again when one came or went."""
    names: dict[int, str] = {}
    if not os.access(folder, os.F_OK):  # quicker than an exception, and asked for often
        return names
    try:
        changed_ns = os.stat(folder).st_mtime_ns
        before = _links_read.get(folder)
        if before is not None and before[0] == changed_ns:
            return before[1]
        entries = sorted(os.listdir(folder))
    except OSError:
        return names
    for name in entries:
        try:
            names.setdefault(os.stat(os.path.join(folder, name)).st_rdev, name)
        except OSError:
            continue  # unplugged between listing and asking
    _links_read[folder] = changed_ns, names
    return names

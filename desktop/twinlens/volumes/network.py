"""File systems whose changes are made elsewhere: this machine is not told of them."""

from twinlens.volumes.identity import resolved
from twinlens.volumes.mounts import mount_of, mounts

NETWORK_TYPES = frozenset(
    {"9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs"}
    | {"fuse.sshfs", "fuse.vmhgfs-fuse", "glusterfs", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf"}
    | {"virtiofs", "webdav"}
)


def is_on_network(folder: str) -> bool:
    """Whether a folder is on a network drive, or shared into a virtual machine."""
    if folder.startswith(r"\\"):
        return True
    try:
        return mount_of(resolved(folder), mounts()).fs_type.lower() in NETWORK_TYPES
    except LookupError:
        return False

"""The volumes room: which file system a path is on, known again wherever it is mounted."""

from twinlens.volumes.identity import is_here, mounted_volumes, relative_to_volume, resolved, volume_of

__all__ = ["is_here", "mounted_volumes", "relative_to_volume", "resolved", "volume_of"]

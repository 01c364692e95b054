"""Telling the fault of one file from that of the drive it is on."""

import errno

MOST_IN_A_ROW = 16  # a scratched card has some bad files side by side; a drive that is going has nothing else

# What the system says when the device itself, or the server, does not answer. Not every system has every name.
DEVICE_FAULTS = frozenset(
    getattr(errno, name)
    for name in (
        *("EIO", "ENXIO", "ENODEV", "ENOMEDIUM", "EREMOTEIO", "ESHUTDOWN"),
        *("ENOTCONN", "ESTALE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ECONNRESET", "ECONNABORTED"),
    )
    if hasattr(errno, name)
)

UNPLUGGED = "the drive was disconnected during the scan; its photos stay in the library"
DYING = "the drive reports one error after the other and was left alone; its photos stay in the library"


def is_device_fault(error: OSError) -> bool:
    """Whether the system speaks of the device rather than of this file."""
    return error.errno in DEVICE_FAULTS

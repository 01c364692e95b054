"""Whether a window can be opened: PySide6 is installed, and a screen answers. Qt itself is never imported here."""

import ctypes
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from twinlens.health.check import Check, State

_NO_SCREEN_NEEDED = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def why_no_window(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened, as a clause; None when it can.

    Qt ends the whole program where a screen or a library is missing, so it is asked beforehand, in a millisecond.
    """
    if find_spec("PySide6") is None:
        return "PySide6 is not installed"
    if sys.platform != "linux":
        return None
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform in _NO_SCREEN_NEEDED:
        return None
    if platform != "xcb" and _wayland_answers(environment):
        return None
    if not environment.get("DISPLAY"):
        return "there is no screen (neither DISPLAY nor WAYLAND_DISPLAY leads to one)"
    return _why_not_x11()


def screen_checks(environment: Mapping[str, str] = os.environ) -> list[Check]:
    """The window as a check."""
    reason = why_no_window(environment)
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    seen = ", ".join(f"{name}={environment[name]}" for name in names if environment.get(name)) or "no screen named"
    if reason is not None:
        return [Check("screen", "window", State.LIMITED, f"{reason}; the command line does the same work ({seen})")]
    return [Check("screen", "window", State.WORKS, seen)]


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and os.path.exists(os.path.join(environment.get("XDG_RUNTIME_DIR", ""), name))


def _why_not_x11() -> str | None:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        return f"a library that Qt needs is missing ({error})"
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return "the screen that DISPLAY names does not answer" if failed else None

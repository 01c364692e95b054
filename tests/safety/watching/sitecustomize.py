"""Loaded by every Python that has this folder on its path: each write is noted in the file that TWINLENS_WATCH names."""

import os
import sys

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGING = {
    "os.rename": (0, 1), "os.remove": (0,), "os.mkdir": (0,), "os.rmdir": (0,), "os.link": (1,), "os.symlink": (1,),
    "os.truncate": (0,), "os.chmod": (0,), "os.chown": (0,), "os.utime": (0,), "os.setxattr": (0,), "sqlite3.connect": (0,),
}  # fmt: skip
_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
_notes = os.open(os.environ["TWINLENS_WATCH"], os.O_WRONLY)


def _note(event: str, *values: object) -> None:
    for value in values:
        if isinstance(value, int):
            value = os.readlink(f"/proc/self/fd/{value}")
        path = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
        path = path.removeprefix(b"file://").partition(b"?mode=")[0]  # as SQLite is asked
        os.write(_notes, event.encode() + b" " + os.path.join(os.fsencode(os.getcwd()), path) + b"\n")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _mode, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and not isinstance(path, int):
            _note(event, path)
        elif os.environ.get("TWINLENS_WATCH_READS") and not isinstance(path, int):
            _note("read", path)
    elif event in _CHANGING:
        _note(event, *(arguments[at] for at in _CHANGING[event]))
    elif event == "subprocess.Popen" and isinstance(arguments[3], dict):  # children are watched too
        environment = arguments[3]
        others = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = (
            os.pathsep.join((os.path.dirname(__file__), others)) if others else os.path.dirname(__file__)
        )
        environment.update({name: os.environ[name] for name in os.environ if name.startswith("TWINLENS_WATCH")})
    elif event in _NETWORK:
        _note(event, repr(arguments[1:]))


sys.addaudithook(_watch)

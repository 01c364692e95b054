"""The process in which pictures are decoded for looking at them: ``python -m twinlens.imaging.worker``."""

from PIL import Image

from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import format_named
from twinlens.imaging.local import Task, decode_here
from twinlens.imaging.scale import Wanted
from twinlens.imaging.wire import pack
from twinlens.isolation.frames import Body, Head
from twinlens.isolation.serving import Allowance, allow, run


def answer(head: Head, data: bytes) -> tuple[Head, Body]:
    """Do what one request asks."""
    bounds = DecodeBounds(**head["bounds"])
    entry = format_named(head["format"])
    try:
        allow(Allowance(bounds.timeout_s, bounds.max_memory_bytes))
        return pack(decode_here(Task(head["task"]), data, entry, Wanted(**head["wanted"]), bounds))
    except PhotoUnreadable as error:
        return {"error": str(error), "retire": isinstance(error.__cause__, MemoryError)}, b""
    except MemoryError:
        return {"error": f"decoding this {entry.name} file needs more memory than is allowed", "retire": True}, b""


def main() -> None:
    """Serve the process that started this one."""
    Image.MAX_IMAGE_PIXELS = None  # sizes are checked against the bounds of each request
    run(answer)


if __name__ == "__main__":
    main()

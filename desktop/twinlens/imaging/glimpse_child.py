"""The process that looks for thumbnails in the heads of files: ``python -m twinlens.imaging.glimpse_child``.

Apart from the studying processes, because it is ready in a fraction of their time, and never behind one of their files.
"""

from twinlens.imaging.glimpse import glimpse_of
from twinlens.isolation.frames import Body, Head
from twinlens.isolation.serving import Allowance, allow, run

MEMORY_BYTES = 1 << 30  # address space, most of it taken by libraries


def answer(head: Head, _data: bytes) -> tuple[Head, Body]:
    """The thumbnail of one file, nothing where there is none to believe."""
    allow(Allowance(head["patience_s"], MEMORY_BYTES))
    return {}, glimpse_of(head["path"]) or b""


if __name__ == "__main__":
    run(answer)

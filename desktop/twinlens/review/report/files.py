"""Writing a result into a file: beside it first, then in place, so that nobody ever reads half of it."""

import os
import tempfile

from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import TwinlensError


def write_file(path: str, text: str) -> None:
    """Write ``text`` as UTF-8, bytes of names as they are; an existing file is replaced. Raises TwinlensError."""
    write_bytes(path, text.encode("utf-8", "surrogateescape"))


def write_bytes(path: str, content: bytes) -> None:
    """Write these bytes; an existing file is replaced. Raises TwinlensError."""
    folder = os.path.dirname(os.path.abspath(path))
    beside: str | None = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=folder, prefix=".twinlens-", delete=False) as file:
            beside = file.name
            file.write(content)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        if beside is not None and os.path.lexists(beside):
            os.unlink(beside)
        raise TwinlensError(f"{shown(path)} cannot be written: {why(error)}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Words to the user: documents and tables on standard output, everything else on standard error."""

import base64
import io
import json
import os
import sys
from typing import IO, TYPE_CHECKING, Any

import click

from twinlens.disposal.wording import shown

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA = 1
UNFOLDED_WIDTH = 16_384


def path_fields(path: str, key: str = "path") -> dict[str, str]:
    """A path for JSON: under ``key``, and as base64 under ``key``_bytes when its bytes are not valid UTF-8."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return {key: path, f"{key}_bytes": base64.b64encode(os.fsencode(path)).decode("ascii")}
    return {key: path}


def write_json(document: dict[str, Any]) -> None:
    """Write one document to standard output."""
    write_out(json_text(document))


def json_text(document: dict[str, Any]) -> str:
    """A document with its schema, as ASCII: lone surrogates, which stand for bytes that are no UTF-8, are escaped."""
    return json.dumps({"schema": SCHEMA, **document}, ensure_ascii=True) + "\n"


def write_out(text: str) -> None:
    """Write text to standard output; bytes that are no UTF-8 leave as they came."""
    sys.stdout.flush()  # tables went through the text layer
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def say(sentence: str) -> None:
    """One line for the user on standard error."""
    click.echo(" ".join(shown(line) for line in sentence.splitlines()), err=True)


def console(file: IO[str] | None = None) -> "Console":
    """Where tables are drawn: standard output unless a file is given; in a pipe no line is ever folded."""
    from rich.console import Console

    stream = file or sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 shows a mark, not an error
    return Console(file=stream, highlight=False, width=None if stream.isatty() else UNFOLDED_WIDTH)


def human_bytes(size_bytes: int) -> str:
    """A size in decimal units: "3.2 MB"."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if abs(size) < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 photo", "2 photos"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

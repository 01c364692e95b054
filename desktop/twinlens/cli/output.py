"""Words to the user: documents and tables on standard output, everything else on standard error."""

import io
import sys
from typing import IO, TYPE_CHECKING, Any

import click

from twinlens.disposal.wording import shown
from twinlens.review.report.figures import SCHEMA as SCHEMA
from twinlens.review.report.figures import counted as counted
from twinlens.review.report.figures import human_bytes as human_bytes
from twinlens.review.report.figures import json_text as json_text
from twinlens.review.report.figures import path_fields as path_fields

if TYPE_CHECKING:
    from rich.console import Console

UNFOLDED_WIDTH = 16_384


def write_json(document: dict[str, Any]) -> None:
    """Write one document to standard output."""
    write_out(json_text(document))


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

"""A report as the bytes of a file: the ending of its name says which form."""

import json
import os

from twinlens.domain.errors import TwinlensError
from twinlens.lab.drawing.looks import ThemeName
from twinlens.lab.report import LabReport

FORMS = (".html", ".png", ".json")


def check_form(path: str) -> None:
    """Raise TwinlensError unless a report can be written under this name."""
    if os.path.splitext(path)[1].lower() not in FORMS:
        raise TwinlensError(f"A report is written as {', '.join(FORMS)}: {path} says none of these.")


def as_file(report: LabReport, path: str, theme: ThemeName = "light") -> bytes:
    """The bytes for a file of this name; raises TwinlensError for another ending."""
    check_form(path)
    ending = os.path.splitext(path)[1].lower()
    if ending == ".png":
        from twinlens.lab.sheet import sheet_png

        return sheet_png(report, theme)
    if ending == ".html":
        from twinlens.lab.page import page

        return page(report).encode("utf-8", "replace")
    from twinlens.lab.document import document

    return (json.dumps({"schema": 1, **document(report)}, ensure_ascii=True) + "\n").encode("ascii")

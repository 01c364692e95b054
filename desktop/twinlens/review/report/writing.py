"""A report of groups written into a file; the ending of its name says in which form."""

import os

from twinlens.disposal.wording import shown
from twinlens.domain.errors import TwinlensError
from twinlens.library.open import Library
from twinlens.review.report.figures import json_text
from twinlens.review.report.files import write_file
from twinlens.review.report.forms import as_csv, document
from twinlens.review.report.found import Found

HTML, CSV, JSON = ".html", ".csv", ".json"


def write_report(library: Library, found: Found, path: str) -> None:
    """Write it; an existing file is replaced, as a whole.

    Raises:
        TwinlensError: the ending is none of those known, or the file cannot be written.
    """
    form = os.path.splitext(path)[1].lower()
    if form == HTML:
        from twinlens.review.report.page import report_page  # loads Jinja

        text = report_page(library, found)
    elif form == CSV:
        text = as_csv(found)
    elif form == JSON:
        text = json_text(document(found))
    else:
        raise TwinlensError(
            f"{shown(path)} ends in none of {HTML}, {CSV} and {JSON}: it is not clear in which form to write."
        )
    write_file(path, text)

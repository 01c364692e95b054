"""The history as a file: HTML to read, CSV to sort, JSON for programs. Every deed with its photos."""

import base64
import csv
import html
import io
import json
import os
from collections.abc import Callable, Collection
from typing import Any

from twinlens.catalog.database import Catalog
from twinlens.disposal.wording import shown
from twinlens.domain.deed import Deed, DeedPhoto
from twinlens.domain.errors import TwinlensError
from twinlens.review.deed_contents import photos_of
from twinlens.review.deed_words import deed_words, origin_words

COLUMNS = ("deed", "at", "what", "how", "taken_back", "photo", "bytes", "before", "after", "now")
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Twinlens history</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 32px auto; max-width: 1100px; padding: 0 16px; }}
details {{ border-top: 1px solid #8884; padding: 8px 0; }}
summary {{ cursor: pointer; }}
summary span {{ opacity: .7; }}
table {{ border-collapse: collapse; margin: 8px 0 8px 16px; }}
td, th {{ text-align: left; padding: 2px 16px 2px 0; vertical-align: top; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<h1>Twinlens history</h1>
<p>{count}, newest first. Times are those of this computer.</p>
{deeds}
</body>
</html>
"""


def history_documents(catalog: Catalog, wanted: Collection[int] | None = None) -> list[dict[str, Any]]:
    """All deeds, or those wanted, newest first, as JSON has them."""
    return [_document(catalog, deed) for deed in _deeds(catalog, wanted)]


def as_json(catalog: Catalog, wanted: Collection[int] | None = None) -> str:
    """One JSON document."""
    document = {"schema": 1, "deeds": history_documents(catalog, wanted)}
    return json.dumps(document, indent=1) + "\n"


def as_csv(catalog: Catalog, wanted: Collection[int] | None = None) -> str:
    """One line for each photo of each deed."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for deed in _deeds(catalog, wanted):
        start = (deed.id, deed.at.isoformat(), deed_words(deed), origin_words(deed), _iso(deed))
        for photo in photos_of(catalog, deed) or [DeedPhoto(None, "", deed.size_bytes)]:
            marks = (photo.before or "", photo.after or "")
            writer.writerow([*start, shown(photo.path), photo.size_bytes, *marks, shown(photo.fate)])
    return text.getvalue()


def as_html(catalog: Catalog, wanted: Collection[int] | None = None) -> str:
    """One page that needs nothing else."""
    deeds = _deeds(catalog, wanted)
    count = "1 decision" if len(deeds) == 1 else f"{len(deeds):,} decisions"
    return _PAGE.format(count=count, deeds="\n".join(_section(catalog, deed) for deed in deeds))


FORMS: dict[str, Callable[[Catalog, Collection[int] | None], str]] = {
    "html": as_html,
    "csv": as_csv,
    "json": as_json,
}


def write_history(catalog: Catalog, path: str, wanted: Collection[int] | None = None) -> None:
    """Write the history to a file; its ending says in which form.

    Raises:
        TwinlensError: the ending is none of those known.
    """
    form = FORMS.get(os.path.splitext(path)[1].lstrip(".").lower())
    if form is None:
        raise TwinlensError(
            f"{shown(path)} ends in none of .html, .csv and .json: it is not clear in which form to write."
        )
    text = form(catalog, wanted)
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(text)


def _deeds(catalog: Catalog, wanted: Collection[int] | None) -> list[Deed]:
    return [deed for deed in catalog.deed_list.all() if wanted is None or deed.id in wanted]


def _document(catalog: Catalog, deed: Deed) -> dict[str, Any]:
    return {
        "id": deed.id,
        "kind": deed.kind.value,
        "what": deed_words(deed),
        "origin": deed.origin,
        "detail": shown(deed.detail),
        "at": deed.at.isoformat(),
        "taken_back": _iso(deed) or None,
        "redoable": deed.redoable,
        "session": deed.session_id,
        "photo_count": deed.photo_count,
        "bytes": deed.size_bytes,
        "waiting": deed.waiting,
        "purged": deed.purged,
        "turns": [
            {"what": "taken back" if turn.is_undo else "done again", "at": turn.at.isoformat()}
            for turn in catalog.deed_list.turns(deed.id)
        ],
        "photos": [_photo(photo) for photo in photos_of(catalog, deed)],
    }


def _photo(photo: DeedPhoto) -> dict[str, Any]:
    fields: dict[str, Any] = {"path": photo.path, "bytes": photo.size_bytes}
    if not photo.path.isascii() and os.fsencode(photo.path).decode("utf-8", "ignore") != photo.path:
        fields["path_bytes"] = base64.b64encode(os.fsencode(photo.path)).decode()
    if photo.fate:
        return {**fields, "now": shown(photo.fate)}
    return {**fields, "before": photo.before, "after": photo.after}


def _section(catalog: Catalog, deed: Deed) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(shown(photo.path))}</td><td>{html.escape(shown(photo.fate) or _change(photo))}</td></tr>"
        for photo in photos_of(catalog, deed)
    )
    words = deed_words(deed)
    state = f"; taken back {deed.undone_at.astimezone():%Y-%m-%d %H:%M}" if deed.undone_at is not None else ""
    facts = f"{deed.at.astimezone():%Y-%m-%d %H:%M}, {origin_words(deed)}, {deed.size_bytes / 1e6:,.1f} MB{state}"
    return (
        f"<details><summary>{html.escape(words[:1].upper() + words[1:])} <span>{html.escape(facts)}</span></summary>"
        f"<table>{rows}</table></details>"
    )


def _change(photo: DeedPhoto) -> str:
    return "" if photo.before is photo.after else f"{photo.before or 'no mark'} → {photo.after or 'no mark'}"


def _iso(deed: Deed) -> str:
    return deed.undone_at.isoformat() if deed.undone_at is not None else ""

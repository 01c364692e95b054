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
from twinlens.domain.deed import Deed
from twinlens.domain.errors import TwinlensError
from twinlens.domain.plan import Receipt
from twinlens.review.deed_contents import photos_of
from twinlens.review.deed_words import deed_words, origin_words
from twinlens.review.history import fate

RECEIPT = ("class", "score", "transform", "sha", "keeper", "keeper_sha", "reason", "moved_at")
COLUMNS = ("deed", "at", "what", "how", "taken_back", "photo", "bytes", "before", "after", "now", *RECEIPT)
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
        for line in _lines(catalog, deed) or [{"path": "", "bytes": deed.size_bytes}]:
            fields = (shown(str(line["path"])), line["bytes"], *(line.get(key) for key in COLUMNS[7:]))
            writer.writerow([*start, *("" if field is None else field for field in fields)])
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
        "photos": _lines(catalog, deed),
    }


def _lines(catalog: Catalog, deed: Deed) -> list[dict[str, Any]]:
    """One for each photo: of what moved its whole receipt, of marks what they were and are."""
    if deed.moves_files:
        return [_receipt_line(receipt) for receipt in catalog.deed_list.receipts(deed.id)]
    return [
        {**_path(photo.path), "bytes": photo.size_bytes, "before": photo.before, "after": photo.after}
        for photo in photos_of(catalog, deed)
    ]


def _receipt_line(receipt: Receipt) -> dict[str, Any]:
    return {
        **_path(receipt.path),
        "bytes": receipt.size_bytes,
        "now": shown(fate(receipt)),
        "class": receipt.photo_class.value,
        "score": round(receipt.score, 4),
        "transform": receipt.transform.value,
        "sha": receipt.content_hex,
        "keeper": shown(receipt.keeper_path),
        "keeper_sha": receipt.keeper_content_hex,
        "reason": receipt.reason,
        "moved_at": receipt.at.isoformat(),
    }


def _path(path: str) -> dict[str, Any]:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return {"path": path, "path_bytes": base64.b64encode(os.fsencode(path)).decode("ascii")}
    return {"path": path}


def _section(catalog: Catalog, deed: Deed) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(shown(line['path']))}</td><td>{html.escape(_became(line))}</td>"
        f"<td>{html.escape(line.get('reason') or '')}</td></tr>"
        for line in _lines(catalog, deed)
    )
    words = deed_words(deed)
    state = f"; taken back {deed.undone_at.astimezone():%Y-%m-%d %H:%M}" if deed.undone_at is not None else ""
    facts = f"{deed.at.astimezone():%Y-%m-%d %H:%M}, {origin_words(deed)}, {deed.size_bytes / 1e6:,.1f} MB{state}"
    return (
        f"<details><summary>{html.escape(words[:1].upper() + words[1:])} <span>{html.escape(facts)}</span></summary>"
        f"<table>{rows}</table></details>"
    )


def _became(line: dict[str, Any]) -> str:
    if "now" in line:
        return str(line["now"])
    before, after = line["before"], line["after"]
    return "" if before == after else f"{before or 'no mark'} → {after or 'no mark'}"


def _iso(deed: Deed) -> str:
    return deed.undone_at.isoformat() if deed.undone_at is not None else ""

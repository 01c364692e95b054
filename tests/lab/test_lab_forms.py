"""A report says the same in every form; every kind of figure can be drawn."""

import base64
import io
import json
import re

import pytest
from PIL import Image

from tests.lab.made_report import FIGURES, REPORT
from twinlens.cli.lab_forms import print_report
from twinlens.domain.errors import TwinlensError
from twinlens.lab.document import document
from twinlens.lab.drawing.looks import looks_of
from twinlens.lab.drawing.picture import pixels, png, svg
from twinlens.lab.drawing.sizes import natural_size
from twinlens.lab.files import as_file
from twinlens.lab.report import Column, Kind, table
from twinlens.lab.wording import cell_text


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.title)
def test_every_figure_is_drawn_on_paper_of_its_theme(figure):
    for theme in ("light", "dark"):
        drawn = pixels(figure, theme, natural_size(figure))
        paper = tuple(bytes.fromhex(looks_of(theme).paper[1:]))
        assert tuple(drawn[2, 2, :3]) == paper
        assert (drawn[..., :3] != paper).any(axis=2).mean() > 0.005
    with Image.open(io.BytesIO(png(figure))) as image:
        assert image.width > 1_000
    assert svg(figure) == svg(figure)  # reproducible: no dates, no random names


def test_a_table_of_rows_that_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="'T'"):
        table("T", [Column("a", "a")], [(1, 2)])


def test_the_document_holds_numbers_unrounded_and_the_data_of_figures():
    found = json.loads(json.dumps(document(REPORT), allow_nan=False))
    assert found["measures"] == {"accuracy": 0.8343, "nothing": None}
    assert found["tables"][0]["rows"][0] == {"class": "airplanes & more", "photos": 12_000, "part": 0.12345}
    kinds = [figure["kind"] for figure in found["figures"]]
    assert kinds == ["bars", "bars", "lines", "scatter", "heatmap", "pictures"]
    assert found["figures"][4]["values"][1] == [0, 1, 0]
    assert found["figures"][5]["pictures"][0]["png"].startswith("data:image/png;base64,")


def test_the_page_needs_nothing_else_and_escapes_names():
    page = as_file(REPORT, "x.HTML").decode("utf-8")
    assert "Title &lt;of&gt; it" in page
    assert "airplanes &amp; more" in page
    assert "12.35 %" in page  # 0.12345 in percent with two decimals
    sources = re.findall(r'(?:src|srcset|href)="([^"]*)"', page)
    assert len(sources) == 2 * len(FIGURES)
    assert all(source.startswith("data:image/") for source in sources)
    first = base64.b64decode(sources[0].split(",")[1])
    assert b"<svg" in first


def test_the_sheet_is_one_picture():
    for theme in ("light", "dark"):
        with Image.open(io.BytesIO(as_file(REPORT, "x.png", theme))) as image:
            assert image.getpixel((3, 3)) == tuple(bytes.fromhex(looks_of(theme).paper[1:]))
            assert image.height > 5 * 400


def test_another_ending_is_one_sentence():
    with pytest.raises(TwinlensError, match=r"\.html, \.png, \.json"):
        as_file(REPORT, "report.docx")


def test_the_terminal_shows_tables(capsys):
    print_report(REPORT)
    out = capsys.readouterr().out
    for words in ("Title <of> it", "One sentence.", "83.4 %", "12,000", "12.35 %", "How to read it.", "photos: 288"):
        assert words in out


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, Kind.COUNT, "–"),
        (True, Kind.TEXT, "yes"),
        (1234567, Kind.COUNT, "1,234,567"),
        (0.5, Kind.SHARE, "50.0 %"),
        (1_500_000, Kind.BYTES, "1.5 MB"),
        (0.0123, Kind.SECONDS, "12.3 ms"),
        (0.0000123, Kind.SECONDS, "12.3 µs"),
        (3.14159, Kind.NUMBER, "3.1"),
    ],
)
def test_cells_are_words(value, kind, text):
    assert cell_text(value, kind) == text

"""A report as one PNG: its title, its figures one below the other, and its tables as far as they are short."""

import io

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from twinlens.lab.drawing.looks import Looks, ThemeName, looks_of
from twinlens.lab.drawing.picture import pixels
from twinlens.lab.drawing.sizes import DOTS, PAD_IN, natural_size
from twinlens.lab.report import LabReport, Table
from twinlens.lab.wording import cell_text, is_number

SCALE = 2  # dots for each of the 100 an inch of the design
WIDTH_PX, MARGIN_PX, GAP_PX = 820, 30, 26
TITLE_PX, HEADING_PX, BODY_PX, LINE_PX = 24, 16, 13, 20
SHORT_ROWS = 24
MOST_PX = 16_000  # a picture that is higher is no help to anybody


def sheet_png(report: LabReport, theme: ThemeName = "light") -> bytes:
    """The sheet as a PNG file."""
    looks = looks_of(theme)
    inset = round(PAD_IN * DOTS) * SCALE  # figures have a margin of their own
    parts, lefts = [_head(report, looks)], [0]
    width_in = (WIDTH_PX - 2 * MARGIN_PX) / DOTS + 2 * PAD_IN
    for figure in report.figures:
        drawn = pixels(figure, theme, natural_size(figure, width_in), dots=SCALE * DOTS)
        parts.append(Image.fromarray(drawn).convert("RGB"))
        lefts.append(-inset)
    parts += [_table(table, looks) for table in report.tables if len(table.rows) <= SHORT_ROWS]
    gap, margin = GAP_PX * SCALE, MARGIN_PX * SCALE
    height = min(MOST_PX, sum(part.height + gap for part in parts) + 2 * margin - gap)
    sheet = Image.new("RGB", (WIDTH_PX * SCALE, height), looks.paper)
    top = margin
    lefts += [0] * (len(parts) - len(lefts))
    for part, left in zip(parts, lefts, strict=True):
        sheet.paste(part, (margin + left, top))
        top += part.height + gap
    file = io.BytesIO()
    sheet.save(file, "png", dpi=(SCALE * DOTS, SCALE * DOTS))
    return file.getvalue()


def _font(size_px: int, *, bold: bool = False) -> FreeTypeFont:
    from matplotlib.font_manager import FontProperties, findfont

    found = findfont(FontProperties(family=["DejaVu Sans"], weight="bold" if bold else "normal"))
    return ImageFont.truetype(found, size_px * SCALE)


def _head(report: LabReport, looks: Looks) -> Image.Image:
    title, body = _font(TITLE_PX, bold=True), _font(BODY_PX)
    room = (WIDTH_PX - 2 * MARGIN_PX) * SCALE
    lines = [(line, title, looks.text, 34) for line in _folded(report.title, title, room)]
    for paragraph in report.words:
        lines += [(line, body, looks.quiet, LINE_PX) for line in _folded(paragraph, body, room)]
    image = Image.new("RGB", (room, sum(line[3] for line in lines) * SCALE), looks.paper)
    pen, top = ImageDraw.Draw(image), 0
    for text, font, colour, height in lines:
        pen.text((0, top), text, font=font, fill=colour)
        top += height * SCALE
    return image


def _table(table: Table, looks: Looks) -> Image.Image:
    heading, body = _font(HEADING_PX, bold=True), _font(BODY_PX)
    room = (WIDTH_PX - 2 * MARGIN_PX) * SCALE
    texts = [[column.title for column in table.columns]]
    for cells in table.rows:
        texts.append([cell_text(v, c.kind, c.decimals) for v, c in zip(cells, table.columns, strict=True)])
    widths = [max(body.getlength(row[n]) for row in texts) + 22 * SCALE for n in range(len(table.columns))]
    widths = _fitted(widths, room)
    image = Image.new("RGB", (room, (30 + 24 * len(texts)) * SCALE), looks.paper)
    pen = ImageDraw.Draw(image)
    pen.text((0, 0), table.title, font=heading, fill=looks.text)
    for number, row in enumerate(texts):
        top, left = (30 + 24 * number) * SCALE, 0.0
        pen.line((0, top + 22 * SCALE, sum(widths) - 22 * SCALE, top + 22 * SCALE), fill=looks.line, width=SCALE)
        for text, column, width in zip(row, table.columns, widths, strict=True):
            shown = _cut(text, body, width - 14 * SCALE)
            right = left + width - 22 * SCALE - body.getlength(shown) if is_number(column.kind) else left
            pen.text((max(left, right), top + 2 * SCALE), shown, font=body, fill=looks.text if number else looks.quiet)
            left += width
    return image


def _fitted(widths: list[float], room: float) -> list[float]:
    """The widest columns give way until all fit."""
    fitted = list(widths)
    while sum(fitted) > room + 1:
        widest = max(fitted)
        next_widest = max((width for width in fitted if width < widest), default=0.0)
        number = fitted.count(widest)
        narrower = max(next_widest, widest - (sum(fitted) - room) / number)
        fitted = [narrower if width == widest else width for width in fitted]
    return fitted


def _folded(text: str, font: FreeTypeFont, room_px: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(text: str, font: FreeTypeFont, room_px: float) -> str:
    if font.getlength(text) <= room_px:
        return text
    while text and font.getlength(text + "…") > room_px:
        text = text[1:]
    return "…" + text

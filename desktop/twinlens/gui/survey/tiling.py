"""Whole pictures in rows, as large as they fit together. Values, without Qt."""

from collections.abc import Sequence

from msgspec import Struct


class Tile(Struct, frozen=True):
    """Where one picture lies with the line below it, in logical pixels."""

    left: float
    top: float
    width: float
    height: float
    row: int


def tiles(shapes: Sequence[float], width: float, height: float, gap: float, line: float) -> list[Tile]:
    """A tile for each shape (width by height of a picture), in their order; ``line``: the height of the text below each.

    Every number of rows is tried; the one whose pictures have the largest area together is taken.
    """
    best: list[Tile] = []
    best_area = -1.0
    for count in range(1, len(shapes) + 1):
        rows = _rows(shapes, count)
        if len(rows) < count:
            continue
        made = _laid(shapes, rows, width, height, gap, line)
        area = sum(tile.width * (tile.height - line) for tile in made)
        if made and area > best_area:
            best, best_area = made, area
        if count > 1 and area < best_area / 4:
            break  # more rows only make them smaller from here on
    return best


def nearest_in_row(tiles: Sequence[Tile], at: int, step: int) -> int:
    """The tile above (-1) or below (1), by the middles; the same where there is no such row."""
    here = tiles[at]
    row = [
        (abs(_middle(tile) - _middle(here)), number) for number, tile in enumerate(tiles) if tile.row == here.row + step
    ]
    return min(row)[1] if row else at


def _middle(tile: Tile) -> float:
    return tile.left + tile.width / 2


def _rows(shapes: Sequence[float], count: int) -> list[list[int]]:
    """Numbers of neighbours, so that each row is about as long as the others; empty rows are left out."""
    total, so_far = sum(shapes), 0.0
    rows: list[list[int]] = [[] for _ in range(count)]
    for number, shape in enumerate(shapes):
        rows[min(count - 1, int((so_far + shape / 2) / total * count))].append(number)
        so_far += shape
    return [row for row in rows if row]


def _laid(
    shapes: Sequence[float], rows: list[list[int]], width: float, height: float, gap: float, line: float
) -> list[Tile]:
    """Rows of one height, so that no photo looks better than another for its size."""
    free_height = height - gap * (len(rows) - 1) - line * len(rows)
    lowest = min((width - gap * (len(row) - 1)) / sum(shapes[number] for number in row) for row in rows)
    high = min(lowest, free_height / len(rows))
    if high <= 0:
        return []
    top = (free_height - high * len(rows)) / 2
    found: dict[int, Tile] = {}
    for number_of_row, row in enumerate(rows):
        left = (width - sum(shapes[number] * high for number in row) - gap * (len(row) - 1)) / 2
        for number in row:
            found[number] = Tile(left, top, shapes[number] * high, high + line, number_of_row)
            left += shapes[number] * high + gap
        top += high + line + gap
    return [found[number] for number in sorted(found)]

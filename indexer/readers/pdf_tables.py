"""Tables of a PDF page that are drawn with ruling lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import Any

from indexer.readers.layout import FEWEST_TITLES, Part, titled_rows
from indexer.readers.pdf_letters import TextPage, Word
from indexer.readers.pdf_lines import Line, lines_of, space_between
from indexer.readers.pdf_urls import goes_on

THIN = 3.0  # points: what is thinner is a ruling line
FEWEST_RULES = 4  # thin lines from which a page's tables are ruled, and filled boxes are mere shading
TOUCH = 3.0  # points: lines that come this near meet
FEWEST_NAMES = 3  # columns of a table whose rows stand overleaf
LONGEST_CELL = 3000  # characters: a grid with a longer cell lays out a page and is no table
ONE_BOX = 5  # segments of a rectangle
MOST_EDGES = 4000  # a page with more is a drawing


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line along an axis: at `at` on the other axis, from `low` to `high`. Points."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells from left to right, their text on one line each. top: where the row begins, points from the page's foot."""

    cells: tuple[str, ...]
    top: float
    bold: bool
    size: float

    @property
    def text(self) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in self.cells) + " |"


@dataclass(frozen=True, slots=True)
class RowPart:
    """What one page holds of a row that goes on over a page. text: of that part, with the bars between its cells."""

    text: str
    top: float
    bold: bool
    size: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Ruling lines that meet. columns, rows: distinct places of its lines, ascending; verticals, horizontals: the lines."""

    verticals: tuple[Edge, ...]
    horizontals: tuple[Edge, ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def holds(self, word: Word) -> bool:
        x, y = (word.x0 + word.x1) / 2, word.baseline + 0.3 * word.size
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]

    def cells_of(self, piece: Sequence[Word]) -> list[tuple[int, int]]:
        """(row from the top, column from the left) of each word of a run without wide gaps; a merged cell goes by its first."""
        y = piece[0].baseline + 0.3 * piece[0].size
        columns = [_last(self.columns, (word.x0 + word.x1) / 2) for word in piece]
        row = _last(self.rows, y)
        while row < len(self.rows) - 2 and not _covers(self.horizontals, self.rows[row + 1], (piece[0].x0 + piece[0].x1) / 2):
            row += 1
        for at in range(1, len(columns)):
            ruled = any(_covers(self.verticals, self.columns[i], y) for i in range(columns[at - 1] + 1, columns[at] + 1))
            columns[at] = columns[at] if ruled else columns[at - 1]
        return [(len(self.rows) - 2 - row, column) for column in columns]


def _last(edges: Sequence[float], place: float) -> int:
    """Between which two of the ascending `edges` a place lies, as the position of the lower one."""
    return min(max((i for i, edge in enumerate(edges) if edge <= place), default=0), len(edges) - 2)


def cell_text(words: Sequence[Word]) -> str:
    """The words of a cell, line by line, on one line; an address that visibly goes on in the next line is whole."""
    text = words[0].text if words else ""
    for last, word in pairwise(words):
        wrapped = abs(word.baseline - last.baseline) > 0.5 * word.size and word.x0 < last.x1
        text += word.text if wrapped and goes_on(text, word.text) else space_between(last, word) + word.text
    return text


def _covers(edges: Sequence[Edge], at: float, place: float) -> bool:
    return any(abs(edge.at - at) <= TOUCH and edge.low - TOUCH <= place <= edge.high + TOUCH for edge in edges)


def boxes_of(page: Any, seen: TextPage) -> list[Box]:
    """Bounds of every drawn path of an open pdfium page, where a reader sees them."""
    raw = seen.raw
    boxes = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        shape = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if ONE_BOX < raw.FPDFPath_CountSegments(shape) <= MOST_EDGES:
            boxes += _strokes(raw, shape, seen)
        elif raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            (xa, ya), (xb, yb) = seen.seen(left.value, bottom.value), seen.seen(right.value, top.value)
            boxes.append(Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
    return boxes


def _strokes(raw: Any, shape: Any, seen: TextPage) -> list[Box]:
    """The straight strokes of a path that draws several, as flat boxes."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    strokes: list[Box] = []
    last: tuple[float, float] | None = None
    for index in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        at = seen.seen(matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        if last is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            strokes.append(Box(min(last[0], at[0]), min(last[1], at[1]), max(last[0], at[0]), max(last[1], at[1])))
        last = at
    return strokes


def grids_of(boxes: Sequence[Box]) -> list[Grid]:
    """The grids of at least two columns that the paths of a page draw."""
    verticals, horizontals = (_merged(edges) for edges in _edges(boxes))
    if not verticals or not horizontals or len(verticals) + len(horizontals) > MOST_EDGES:
        return []
    grids = []
    for vertical, horizontal in _connected(verticals, horizontals):
        columns, rows = _distinct(edge.at for edge in vertical), _distinct(edge.at for edge in horizontal)
        if len(columns) >= 3 and len(rows) >= 2:
            grids.append(Grid(tuple(vertical), tuple(horizontal), columns, rows))
    return grids


def _edges(boxes: Sequence[Box]) -> tuple[list[Edge], list[Edge]]:
    """(vertical, horizontal) lines: the thin paths; on a page that has few of them the sides of the others."""
    verticals, horizontals = [], []
    for box in boxes:
        wide, tall = box.x1 - box.x0, box.y1 - box.y0
        if wide <= THIN < tall:
            verticals.append(Edge((box.x0 + box.x1) / 2, box.y0, box.y1))
        elif tall <= THIN < wide:
            horizontals.append(Edge((box.y0 + box.y1) / 2, box.x0, box.x1))
    if min(len(verticals), len(horizontals)) >= FEWEST_RULES:
        return verticals, horizontals
    for box in boxes:
        if min(box.x1 - box.x0, box.y1 - box.y0) > 2 * THIN:
            verticals += [Edge(box.x0, box.y0, box.y1), Edge(box.x1, box.y0, box.y1)]
            horizontals += [Edge(box.y0, box.x0, box.x1), Edge(box.y1, box.x0, box.x1)]
    return verticals, horizontals


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Lines drawn in pieces, end to end, as one each."""
    merged: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (round(edge.at), edge.low)):
        last = merged[-1] if merged else None
        if last is not None and abs(last.at - edge.at) <= 1 and last.low - TOUCH <= edge.high and edge.low <= last.high + TOUCH:
            merged[-1] = Edge(last.at, min(last.low, edge.low), max(last.high, edge.high))
        else:
            merged.append(edge)
    return merged


def _connected(verticals: list[Edge], horizontals: list[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Groups of lines that reach one another by crossings."""
    free_v, free_h = set(range(len(verticals))), set(range(len(horizontals)))
    while free_v:
        reached_v, reached_h, fresh = [], [], [free_v.pop()]
        while fresh:
            reached_v += fresh
            across = [i for i in free_h if any(_meet(verticals[v], horizontals[i]) for v in fresh)]
            free_h.difference_update(across)
            reached_h += across
            fresh = [i for i in free_v if any(_meet(verticals[i], horizontals[h]) for h in across)]
            free_v.difference_update(fresh)
        yield [verticals[i] for i in reached_v], [horizontals[i] for i in reached_h]


def _meet(vertical: Edge, horizontal: Edge) -> bool:
    across = horizontal.low - TOUCH <= vertical.at <= horizontal.high + TOUCH
    return across and vertical.low - TOUCH <= horizontal.at <= vertical.high + TOUCH


def _distinct(places: Iterator[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 2 * TOUCH:
            kept.append(place)
    return tuple(kept)


def are_alike(columns: Sequence[float], others: Sequence[float]) -> bool:
    return len(columns) == len(others) and all(abs(one - other) <= TOUCH for one, other in zip(columns, others, strict=True))


def table_rows(grid: Grid, pieces: Sequence[Sequence[Word]], goes_on: bool = False) -> list[TableRow] | None:
    """The rows of a grid from its words, in runs without wide gaps from the top down; None where it is no table of text.

    A table has two rows with two filled cells, or titles and one such row below them, and no cell longer than a page's text. What stands
    alone in bold over three columns or more names those of a table overleaf.
    goes_on: whether it goes on with a table of the page before, so that any row of it is one.
    """
    cells = _cells(grid, pieces)
    filled = [sum(1 for row, _ in cells if row == at) for at in sorted({row for row, _ in cells})]
    enough = sum(count >= 2 for count in filled) >= 2 or (len(filled) >= 2 and filled[0] == 1 and filled[-1] >= 2)
    names = len(filled) == 1 and filled[0] >= FEWEST_NAMES and all(word.bold for cell in cells.values() for word in cell)
    longest = max((sum(len(word.text) + 1 for word in cell) for cell in cells.values()), default=0)
    if not (enough or goes_on or names) or longest > LONGEST_CELL:
        return None
    columns = range(len(grid.columns) - 1) if goes_on else sorted({column for _, column in cells})
    rows = []
    for at in sorted({row for row, _ in cells}):
        present = [cells.get((at, column), []) for column in columns]
        words = [word for cell in present for word in cell]
        rows.append(TableRow(
            tuple(cell_text(cell) for cell in present), grid.rows[len(grid.rows) - 1 - at],
            all(word.bold for word in words), max(word.size for word in words),
        ))  # fmt: skip
    return rows


def titled_lines(grid: Grid, pieces: Sequence[Sequence[Word]], goes_on: bool = False) -> list[Line] | None:
    """The lines of a grid that only places text beside its titles, each title before its text; None for any other.

    goes_on: whether it goes on with such a one of the page before, so that its first row may be the rest of one.
    """
    cells = _cells(grid, pieces)
    columns, rows = sorted({column for _, column in cells}), sorted({row for row, _ in cells})
    if len(grid.columns) != 3 or (columns != [0, 1] and not (goes_on and columns == [1])):
        return None
    found = [[cells.get((row, column), []) for column in (0, 1)] for row in rows]
    whole = found[1:] if goes_on and not found[0][0] else found
    titled = titled_rows([[[Part(cell_text(cell), bold=all(word.bold for word in cell))] for cell in row if cell] for row in whole])
    if not all(titled) or not (goes_on or len(titled) >= FEWEST_TITLES or len(grid.rows) == 2):
        return None
    return [line for title, text in found for line in (*_title_lines(title), *lines_of(text))]


def _title_lines(words: Sequence[Word]) -> list[Line]:
    """The lines of a title, the last of which does not go on in what stands beside it."""
    lines = lines_of(words)
    return [*lines[:-1], *(replace(line, right=inf) for line in lines[-1:])]


def _cells(grid: Grid, pieces: Sequence[Sequence[Word]]) -> dict[tuple[int, int], list[Word]]:
    """The words of each cell, by (row, column)."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for piece in pieces:
        for word, cell in zip(piece, grid.cells_of(piece), strict=True):
            cells.setdefault(cell, []).append(word)
    return cells

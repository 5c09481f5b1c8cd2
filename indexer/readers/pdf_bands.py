"""Tables of a PDF page without ruling lines whose cells stand in the middle or at the foot of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.readers.pdf_gutter import gutter_of
from indexer.readers.pdf_letters import Piece, Word
from indexer.readers.pdf_lines import pieces_of, rows_of
from indexer.readers.pdf_tables import TableRow, cell_text

Stack = list[Piece]
"""The lines of one cell, from the top down."""

NEXT_LINE = 1.45  # of the type size: lines of one cell stand no farther apart
NEXT_BAND = 3.2  # of the type size: rows of one table stand no farther apart
SAME_HEIGHT = 0.2  # of the type size
SAME_START = 0.5  # of the type size
BETWEEN = 0.45  # of the type size: white space between two columns
TOP, MIDDLE, FOOT = "top", "middle", "foot"


@dataclass(frozen=True, slots=True)
class Band:
    """Lines that no wider step parts, as one cell for each place where they begin. places: where its cells may stand in it."""

    cells: dict[float, Stack]
    places: frozenset[str]

    @property
    def top(self) -> float:
        return max(_top(stack) for stack in self.cells.values())

    @property
    def foot(self) -> float:
        return min(_foot(stack) for stack in self.cells.values())

    @property
    def size(self) -> float:
        return max(word.size for stack in self.cells.values() for piece in stack for word in piece)


def floating_tables(words: Sequence[Word]) -> tuple[list[list[TableRow]], list[Word]]:
    """The rows of each table whose cells stand in the middle or at the foot of their rows, and the words that stand in none.

    The proof is exact: in two bands or more, with the same columns, every cell's middle (or foot) stands at that of the tallest beside it,
    and not every one's top does.
    """
    rows = [pieces_of(row) for row in rows_of([word for word in words if word.baseline >= 0])]
    if gutter_of(rows) is not None:
        return [], list(words)
    bands = [_band(lines) for lines in _parted(rows)]
    found: list[list[TableRow]] = []
    taken: set[int] = set()
    at = 0
    while at < len(bands):
        run = _run(bands, at)
        if len(run) >= 2 and TOP not in frozenset.intersection(*(band.places for band in run)):
            found.append([_row(band) for band in run])
            taken.update(id(word) for band in run for stack in band.cells.values() for piece in stack for word in piece)
        at += max(len(run), 1)
    return found, [word for word in words if id(word) not in taken]


def _parted(rows: Sequence[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """The rows, cut where more than a line's step is between two."""
    band: list[list[Piece]] = []
    for row in rows:
        if band and band[-1][0][0].baseline - row[0][0].baseline > NEXT_LINE * row[0][0].size:
            yield band
            band = []
        band.append(row)
    if band:
        yield band


def _band(rows: Sequence[list[Piece]]) -> Band | None:
    """The cells of some rows, or None where they are not one cell beside another."""
    cells: dict[float, Stack] = {}
    for row in rows:
        for piece in row:
            start = next((start for start in cells if abs(start - piece[0].x0) <= SAME_START * piece[0].size), piece[0].x0)
            cells.setdefault(start, []).append(piece)
    starts = sorted(cells)
    size = max(word.size for stack in cells.values() for piece in stack for word in piece)
    apart = all(max(piece[-1].x1 for piece in cells[start]) + BETWEEN * size <= following for start, following in pairwise(starts))
    whole = all(above[0].baseline - below[0].baseline <= NEXT_LINE * size for stack in cells.values() for above, below in pairwise(stack))
    if len(starts) < 2 or not apart or not whole:
        return None
    tallest = max(cells.values(), key=lambda stack: _top(stack) - _foot(stack))
    places = {TOP: _top, MIDDLE: lambda stack: (_top(stack) + _foot(stack)) / 2, FOOT: _foot}
    level = [
        place for place, height in places.items()
        if all(abs(height(stack) - height(tallest)) <= SAME_HEIGHT * size for stack in cells.values())
    ]  # fmt: skip
    return Band(cells, frozenset(level))


def _run(bands: Sequence[Band | None], at: int) -> list[Band]:
    """The bands from `at` down that have the columns of the first, near one another, and may stand alike in their rows."""
    run: list[Band] = []
    places = frozenset({TOP, MIDDLE, FOOT})
    for band in bands[at:]:
        if band is None or not places & band.places:
            break
        if run and (not _same_columns(run[0], band) or run[-1].foot - band.top > NEXT_BAND * band.size):
            break
        places &= band.places
        run.append(band)
    return run


def _same_columns(one: Band, other: Band) -> bool:
    """Whether the cells of two bands begin at the same places."""
    pairs = zip(sorted(one.cells), sorted(other.cells), strict=False)
    return len(one.cells) == len(other.cells) and all(abs(a - b) <= SAME_START * other.size for a, b in pairs)


def _row(band: Band) -> TableRow:
    stacks = [band.cells[start] for start in sorted(band.cells)]
    cells = [[word for piece in stack for word in piece] for stack in stacks]
    return TableRow(tuple(map(cell_text, cells)), band.top, all(word.bold for cell in cells for word in cell), band.size)


def _top(stack: Stack) -> float:
    return stack[0][0].baseline


def _foot(stack: Stack) -> float:
    return stack[-1][0].baseline

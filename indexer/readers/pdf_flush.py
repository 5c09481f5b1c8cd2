"""Blocks of lines set flush right, side by side on a PDF page, as names and offices stand on a title page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from indexer.readers.pdf_letters import Piece, Word
from indexer.readers.pdf_lines import Line, lines_of, pieces_of, rows_of

Row = list[Piece]

SAME_END = 1.0  # points
APART = 1.6  # of the type size: white space between one column and the next
NEXT_BLOCK = 4.0  # of the type size: blocks of one run stand no farther apart
LOOSER = 1.2  # times the tightest step between two lines: a wider one parts blocks
FEWEST = 3  # lines with a cell in several columns
RAGGED = 0.5  # share of a column's lines that may begin at one place; more, and its left edge is an edge


def flush_blocks(words: Sequence[Word]) -> tuple[list[list[Line]], list[Word]]:
    """The lines of blocks that are set flush right beside one another, and the words that stand in none.

    Lines come block by block, from the top and then from the left. Columns that have a left edge as well are no such blocks, nor are
    figures, nor lines in even steps: of those nobody can say whether they are read across or down.
    """
    rows = [pieces_of(row) for row in rows_of([word for word in words if word.baseline >= 0])]
    found: list[list[Line]] = []
    taken: set[int] = set()
    at = 0
    while at < len(rows):
        ends = [piece[-1].x1 for piece in rows[at]]
        run = _run_at(rows, at, ends)
        bands = _bands(run) if _is_flush(run, ends) else []
        if max(map(len, bands), default=1) == 1 or len(bands) == 1:
            at += 1
            continue
        found.append([line for band in bands for line in _down(band, ends)])
        taken.update(id(word) for row in run for piece in row for word in piece)
        at += len(run)
    return found, [word for word in words if id(word) not in taken]


def _run_at(rows: Sequence[Row], at: int, ends: Sequence[float]) -> list[Row]:
    """The rows from `at` down whose pieces end where those of the first do, each right of the column before."""
    run: list[Row] = []
    for row in rows[at:]:
        columns = [_column(piece, ends) for piece in row]
        near = not run or _step(run[-1], row) <= NEXT_BLOCK * _size(row)
        if not near or None in columns or len(set(columns)) < len(columns):
            break
        run.append(row)
    return run


def _column(piece: Piece, ends: Sequence[float]) -> int | None:
    """The column that a piece ends with and begins in, or None."""
    for column, end in enumerate(ends):
        if abs(piece[-1].x1 - end) <= SAME_END:
            return column if column == 0 or piece[0].x0 - ends[column - 1] >= APART * piece[0].size else None
    return None


def _is_flush(run: Sequence[Row], ends: Sequence[float]) -> bool:
    """Whether enough lines bear it out that each column has words, a right edge and no left one."""
    if len(ends) < 2 or sum(len(row) > 1 for row in run) < FEWEST:
        return False
    for column in range(len(ends)):
        pieces = [piece for row in run for piece in row if _column(piece, ends) == column]
        starts = Counter(round(piece[0].x0) for piece in pieces)
        lettered = sum(piece[0].text[:1].isalpha() for piece in pieces)
        if max(starts.values()) > RAGGED * len(pieces) or 2 * lettered <= len(pieces):
            return False
    return True


def _bands(run: Sequence[Row]) -> list[list[Row]]:
    """The rows of a run, cut where more than a line's step is between two."""
    tight = LOOSER * min(_step(*two) for two in pairwise(run))
    bands = [[run[0]]]
    for above, row in pairwise(run):
        if _step(above, row) > tight:
            bands.append([])
        bands[-1].append(row)
    return bands


def _down(band: Sequence[Row], ends: Sequence[float]) -> list[Line]:
    columns = range(len(ends))
    cells = [[word for row in band for piece in row if _column(piece, ends) == column for word in piece] for column in columns]
    # Their ends say nothing of what goes on in the next line: each ends where all do.
    return [replace(line, right=inf) for words in cells for line in lines_of(words)]


def _step(above: Row, below: Row) -> float:
    return above[0][0].baseline - below[0][0].baseline


def _size(row: Row) -> float:
    return max(max(word.size for word in piece) for piece in row) or 1.0

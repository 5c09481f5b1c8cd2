"""The white space between two columns of running text on a PDF page, told from that between the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.readers.pdf_letters import BULLET, ENDS, Piece

COLUMN_LINES = 8  # fewer lines on a side are no column
COLUMN_LETTERS = 22  # half of a column's lines are at least this long; cells of a table are shorter
NUMBERED_LINES = 4  # fewer lines on a side are none, even where their numbers go on from one column to the next
NUMBERS = 2  # numbered paragraphs on each side, at least
APART = 3  # places where a paragraph begins in one column and a sentence goes on in the other
DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,3}\.?")


@dataclass(frozen=True, slots=True)
class Gutter:
    """at: where it stands, points. sure: whether what stands beside it is text and no table, as its numbers or its paragraphs say."""

    at: float
    sure: bool


def gutter_of(rows: Sequence[Sequence[Piece]]) -> Gutter | None:
    """The gutter of a page's rows of pieces, or None on a page of one column or of tables."""
    pieces = [piece for row in rows for piece in row]
    if len(pieces) < 2 * NUMBERED_LINES:
        return None
    left, right = min(piece[0].x0 for piece in pieces), max(piece[-1].x1 for piece in pieces)
    middle = {piece[0].x0 - 2.0 for piece in pieces if left + 0.35 * (right - left) < piece[0].x0 < left + 0.65 * (right - left)}
    best: tuple[int, float, bool] | None = None
    for at in sorted(middle):
        before = [piece for piece in pieces if piece[-1].x1 <= at]
        after = [piece for piece in pieces if piece[0].x0 >= at]
        crossing, fewest = len(pieces) - len(before) - len(after), min(len(before), len(after))
        if fewest < NUMBERED_LINES or crossing > 0.4 * fewest or (best is not None and crossing >= best[0]):
            continue
        counted = _counts_on(before, after)
        if counted or (fewest >= COLUMN_LINES and min(_letters(before), _letters(after)) >= COLUMN_LETTERS):
            best = (crossing, at, counted)
    return None if best is None else Gutter(best[1], best[2] or _begins_apart(rows, best[1]) >= APART)


def _letters(pieces: Sequence[Piece]) -> float:
    """How many characters half of the lines have at least."""
    return median(sum(len(word.text) + 1 for word in piece) for piece in pieces)


def _counts_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether the numbers of paragraphs rise down the left side and then on down the right one, as they do in no table."""
    sides = [[_figures(piece) for piece in side if DOTTED.fullmatch(piece[0].text) and len(piece) > 1] for side in (before, after)]
    return min(map(len, sides)) >= NUMBERS and all(one < other for one, other in pairwise(sides[0] + sides[1]))


def _figures(piece: Piece) -> tuple[int, ...]:
    return tuple(map(int, piece[0].text.rstrip(".").split(".")))


def _begins_apart(rows: Sequence[Sequence[Piece]], gutter: float) -> int:
    """How often a paragraph begins on one side of the gutter while, on the same line, a sentence goes on on the other."""
    lines = [sides for row in rows if (sides := _sides(row, gutter))]
    ends = [max((sides[side][-1].x1 for sides in lines), default=0.0) for side in (0, 1)]
    found = 0
    for above, below in pairwise(lines):
        states = [(_begins(above[side], below[side], ends[side]), _goes_on(above[side], below[side])) for side in (0, 1)]
        found += (states[0][0] and states[1][1]) or (states[1][0] and states[0][1])
    return found


def _sides(row: Sequence[Piece], gutter: float) -> tuple[Piece, Piece] | None:
    """The pieces of a line that has one on each side of the gutter."""
    one_each = len(row) == 2 and row[0][-1].x1 <= gutter <= row[1][0].x0
    return (row[0], row[1]) if one_each else None


def _begins(above: Piece, below: Piece, end: float) -> bool:
    """Whether a line begins a paragraph: the one above ended its sentence with room left for the first word of this one."""
    first = below[0]
    opens = first.text[:1].isupper() or first.text[:1].isdigit() or first.text.startswith(BULLET)
    return opens and ENDS.search(above[-1].text) is not None and end - above[-1].x1 > first.x1 - first.x0 + 0.6 * first.size


def _goes_on(above: Piece, below: Piece) -> bool:
    return below[0].text[:1].islower() and ENDS.search(above[-1].text) is None

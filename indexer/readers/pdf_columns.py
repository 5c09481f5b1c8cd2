"""Tables and two-column lists of a PDF page that no line is drawn around: cells told apart by white space that persists over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer.readers.pdf_gutter import Gutter, gutter_of
from indexer.readers.pdf_letters import BULLET, ENDS, Piece, Word
from indexer.readers.pdf_lines import Line, lines_of, pieces_of, rows_of
from indexer.readers.pdf_tables import TableRow, cell_text

Cells = dict[int, Piece]

ALIGNED = 0.5  # of the type size: cells of one column begin this near to one another
SAME_START = 1.0  # points
CLOSE_GAP = 0.45  # of the type size: more than a space between two words
HANGING = 2.0  # of the type size: how far a cell's later lines are set in
OTHER_SIZE = 0.15  # of the type size
NEXT_ROW = 3.2  # of the type size: rows of one table stand no farther apart
FEWEST = 3  # lines with several cells that make a table
FEWEST_WRAPPED = 2  # of them where a cell also runs over several lines
LOOSER = 1.2  # times the tightest step between two lines: a wider one parts rows
MOSTLY = 0.6  # share of a column's lines that are full when it is running text
FOOT_LINES = 2  # stand at most below the text of a page
LAST_GAP = 6.0  # of the type size: a line that ends nearer to its column's edge may go on overleaf
RUNNING_LINES = 4  # fewer full lines prove no running text
NARROW = 8.0  # of the type size: no text runs in a column of this width
PAGE_LABEL = re.compile(r"\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}-\d{1,3}|\d{1,2}-\d{1,3}")
INDEXED = re.compile(r".*\b(?:\d{1,3}|[A-Z]{1,2}-\d{1,3}|\d{1,2}-\d{1,3})")
JOINS_NEXT = re.compile(r"(?:,|[-/]|\b(?:and|or|of|the|for|to|in))$")


@dataclass(slots=True)
class Run:
    """Consecutive lines whose cells stand in the same columns. starts: left edge of each column, points; lines: cells by column."""

    starts: list[float]
    lines: list[Cells] = field(default_factory=list)

    def several(self) -> list[Cells]:
        """The lines that have more than one cell."""
        return [line for line in self.lines if len(line) > 1]

    def right(self, column: int) -> float:
        """Where the longest cell of a column ends, points; lines that fill a column end at least there."""
        return max(line[column][-1].x1 for line in self.lines if column in line)

    def is_full(self, column: int, last: Piece, piece: Piece) -> bool:
        """Whether the first word of `piece` had no room left after `last`, so that the cell may have been wrapped there."""
        following = self.starts[column + 1] if column + 1 < len(self.starts) else self.starts[column] + 2 * NARROW * _size(last)
        if 2 * (last[-1].x1 - self.starts[column]) < following - self.starts[column]:
            return False
        return self.right(column) - last[-1].x1 <= piece[0].x1 - piece[0].x0 + 0.3 * _size(piece)


def unruled_tables(words: Sequence[Word]) -> tuple[list[list[TableRow] | list[Line]], list[Word]]:
    """The rows of each table without ruling lines among the words of a page, and the words that stand in none.

    A table has three consecutive lines or more with cells that begin at the same places (two where a cell is wrapped). Lists and the
    entries of a table of contents are none; of short columns of running text and of an index the lines come down each column in turn.
    """
    rows = [pieces_of(row) for row in rows_of([word for word in words if word.baseline >= 0])]
    gutter = gutter_of(rows)
    found: list[list[TableRow] | list[Line]] = []
    taken: set[int] = set()
    at = free = 0
    while at < len(rows):
        run = _run_at(rows, at)
        header = _header(run, rows[free:at]) if run else None
        if run is None or not _is_columnar(run, header is not None):
            at += 1
            continue
        flows = _flows(run)
        if gutter and (flows or _is_text(run, gutter)):
            at += 1
            continue
        end = at + len(run.lines)
        if not flows:
            run.lines[:0] = [header] if header else []
            _leave_unfinished(run, rows[end:])
        if run.lines:
            found.append(_columns(run) if flows else _rows(run))
            taken.update(id(word) for line in run.lines for piece in line.values() for word in piece)
        at = free = end
    return found, [word for word in words if id(word) not in taken]


def _run_at(rows: Sequence[list[Piece]], at: int) -> Run | None:
    """The lines from `at` down that share the columns of the first, or None where that has one cell."""
    if len(rows[at]) < 2:
        return None
    run = Run([piece[0].x0 for piece in rows[at]], [dict(enumerate(rows[at]))])
    for row in rows[at + 1 :]:
        cells = _cells(run, [part for piece in row for part in _cut(run, piece)])
        if cells is None or not _goes_on(run, cells):
            break
        run.lines.append(cells)
    while len(run.lines[-1]) == 1 and 0 in run.lines[-1] and not _wraps(run, run.lines[-2], run.lines[-1]):
        run.lines.pop()
    return run


def _cut(run: Run, piece: Piece) -> list[Piece]:
    """A piece cut where a word stands exactly at a column's start, off from the word before: a cell nearly as wide as its column."""
    parts = [[piece[0]]]
    for last, word in pairwise(piece):
        off = word.x0 - last.x1 > CLOSE_GAP * word.size
        if off and any(abs(word.x0 - start) <= SAME_START for start in run.starts[1:]):
            parts.append([])
        parts[-1].append(word)
    return parts


def _cells(run: Run, row: Sequence[Piece]) -> Cells | None:
    """The pieces of a line by the columns that they begin and end in, or None where one stands in no column."""
    cells: Cells = {}
    for piece in row:
        slack = ALIGNED * _size(piece)
        column = max((i for i, start in enumerate(run.starts) if start - slack <= piece[0].x0), default=None)
        if column is None or column in cells:
            return None
        if piece[0].x0 > run.starts[column] + (slack if len(row) > 1 else HANGING * _size(piece)):
            return None
        if column + 1 < len(run.starts) and piece[-1].x1 > run.starts[column + 1] - slack:
            return None
        cells[column] = piece
    return cells


def _goes_on(run: Run, cells: Cells) -> bool:
    """Whether a line belongs to the run above it: near, of its type size, and not a paragraph that begins below."""
    last = run.lines[-1]
    size, above = (max(map(_size, line.values())) for line in (cells, last))
    if abs(size - above) > OTHER_SIZE * size or _step(last, cells) > NEXT_ROW * size:
        return False
    return len(cells) > 1 or 0 not in cells or _wraps(run, last, cells)


def _wraps(run: Run, last: Cells, cells: Cells) -> bool:
    """Whether a line with a cell in the first column alone goes on with that of the line above."""
    if 0 not in last or _step(last, cells) > 1.5 * _size(cells[0]) or last[0][0].bold != cells[0][0].bold:
        return False
    if re.search(r"[:;?!]$", last[0][-1].text):
        return False
    text = cells[0][0].text
    return text[:1].islower() or (run.is_full(0, last[0], cells[0]) and not text.startswith(BULLET))


def _is_columnar(run: Run, headed: bool) -> bool:
    """Whether enough lines bear a run out: white space between its columns, no list, no entries of a table of contents.

    headed: whether a line of titles stands above it, which bears it out like a line of its own.
    """
    several = run.several()
    wrapped = len(several) < len(run.lines)
    if len(several) + headed < (FEWEST_WRAPPED if wrapped else FEWEST):
        return False
    if any(_gap(run, column) < CLOSE_GAP * _size(_first(several[0])) for column in range(len(run.starts) - 1)):
        return False
    heads = [line[column][0].text for line in several for column in line]
    if sum(head.startswith(BULLET) for head in heads) > 0.3 * len(heads):
        return False
    last = [line[max(line)] for line in several]
    return not all(len(piece) == 1 and PAGE_LABEL.fullmatch(piece[0].text) for piece in last)


def _flows(run: Run) -> bool:
    """Whether its columns are read one after the other: full lines of running text, or the entries of an index with their pages."""
    several, columns = run.several(), range(len(run.starts))
    narrow = min(run.right(column) - run.starts[column] for column in columns) < NARROW * _size(_first(several[0]))
    if len(several) < RUNNING_LINES or narrow:
        return False
    cells = [[line[column][-1].text for line in several if column in line] for column in columns]
    indexed = all(2 * sum(INDEXED.fullmatch(text) is not None for text in texts) > len(texts) for texts in cells)
    return indexed or min(_share_full(run, column) for column in columns) >= MOSTLY


def _is_text(run: Run, gutter: Gutter) -> bool:
    """Whether a run on a page of two columns is running text: both sides of a sure gutter, or most lines of a column full."""
    beside = gutter.sure and len(run.starts) == 2 and run.starts[0] < gutter.at < run.starts[1]
    return beside or max(_share_full(run, column) for column in range(len(run.starts))) >= MOSTLY


def _header(run: Run, above: Sequence[list[Piece]]) -> Cells | None:
    """The line above a table that has a title over each column, though not at the column's edge; None where there is none."""
    row = [part for piece in above[-1] for part in _cut(run, piece)] if above else []
    edges = [*run.starts, float("inf")]
    if len(row) != len(run.starts) or not all(
        edges[i] - ALIGNED * _size(piece) <= piece[0].x0 and piece[-1].x1 < edges[i + 1] for i, piece in enumerate(row)
    ):
        return None
    cells = dict(enumerate(row))
    return cells if _step(cells, run.lines[0]) <= NEXT_ROW * _size(row[0]) else None


def _leave_unfinished(run: Run, below: Sequence[list[Piece]]) -> None:
    """Leave out the row at the foot of a page whose last cell goes on overleaf, so that its lines are joined with the rest there."""
    last = len(run.starts) - 1
    begins = max((i for i, line in enumerate(run.lines) if 0 in line), default=0)
    ending = run.lines[-1].get(last)
    if len(below) > FOOT_LINES or ending is None or ENDS.search(ending[-1].text):
        return
    ends = [ENDS.search(line[last][-1].text) is not None for line in run.lines[:begins] if last in line]
    if len(run.lines) - begins < 2 and 2 * sum(ends) <= len(ends):
        return  # cells of one line, most without a stop: names, not sentences
    if run.right(last) - ending[-1].x1 < LAST_GAP * _size(ending):
        del run.lines[begins:]


def _gap(run: Run, column: int) -> float:
    """White space that parts a column from the next on all lines, points."""
    return run.starts[column + 1] - run.right(column)


def _share_full(run: Run, column: int) -> float:
    """Share of a column's lines after which the next one's first word had no room."""
    pairs = [(a[column], b[column]) for a, b in pairwise(run.lines) if column in a and column in b]
    return sum(run.is_full(column, a, b) for a, b in pairs) / len(pairs) if pairs else 0.0


def _columns(run: Run) -> list[Line]:
    """The lines of a run down each column, columns from left to right."""
    columns = range(len(run.starts))
    return [line for column in columns for line in lines_of([word for cells in run.lines for word in cells.get(column, ())])]


def _rows(run: Run) -> list[TableRow]:
    """The lines of a run gathered into rows, each cell's lines together. A table that is bold throughout has no header."""
    steps = [_step(a, b) for a, b in pairwise(run.lines)]
    tight = LOOSER * min(steps, default=0.0)
    inner = sum(step <= tight for step, line in zip(steps, run.lines[1:], strict=True) if len(line) > 1)
    spaced = inner <= sum(step > tight for step in steps)
    gathered = [[run.lines[0]]]
    for step, (last, line) in zip(steps, pairwise(run.lines), strict=True):
        if _begins_row(run, last, line, step > tight, spaced):
            gathered.append([])
        gathered[-1].append(line)
    rows = [_row(lines, len(run.starts)) for lines in gathered]
    return [replace(row, bold=False) for row in rows] if all(row.bold for row in rows) else rows


def _begins_row(run: Run, last: Cells, line: Cells, looser: bool, spaced: bool) -> bool:
    """Whether a line begins a row. spaced: the rows of the table stand farther apart than the lines of a cell."""
    if 0 not in line or len(line) == 1:
        return False
    shared = [column for column in line if column in last]
    if looser or not shared or len(shared) < len(line) or not all(run.is_full(column, last[column], line[column]) for column in shared):
        return True
    broken = any(line[column][0].text[:1].islower() or JOINS_NEXT.search(last[column][-1].text) for column in shared)
    return not (spaced or broken)


def _row(lines: Sequence[Cells], columns: int) -> TableRow:
    cells = [[word for line in lines for word in line.get(column, ())] for column in range(columns)]
    words = [word for cell in cells for word in cell]
    size = max(word.size for word in words)
    return TableRow(tuple(cell_text(cell) for cell in cells), _first(lines[0])[0].baseline, all(word.bold for word in words), size)


def _first(cells: Cells) -> Piece:
    return cells[min(cells)]


def _size(piece: Piece) -> float:
    return max(max(word.size for word in piece), 1.0)


def _step(above: Cells, below: Cells) -> float:
    return _first(above)[0].baseline - _first(below)[0].baseline

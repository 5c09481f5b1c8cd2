"""Tables of Markdown whose author left out the row of dashes, and which therefore render as one paragraph of bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

INDENT = 3  # spaces before a row; more make code
DASHES = re.compile(r":?-+:?")  # of one column
BAR = re.compile(r"(?<!\\)\|")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
FEWEST = 2  # rows
NAME_WORDS = 5  # of a column's name


def with_separators(body: str) -> str:
    """The body with a row of dashes where lines that begin and end with a bar make a table without one.

    The rows of a table have as many cells, but for titles of a single one. A line that is a bar alone ends a cell of several lines; what
    follows it goes on with that table, as one row or more.
    """
    lines = body.split("\n")
    written: list[str] = []
    at = 0
    for start, end in _runs(lines):
        written += lines[at:start]
        at = end
        goes_on = start > 0 and lines[start - 1].strip() == "|"
        tables = _by_width(lines[start:end])
        if min(map(len, tables)) < (1 if goes_on else FEWEST):
            written += lines[start:end]
            continue
        if goes_on:
            written[-1] = ""
        for table in tables:
            written += _with_dashes(table, named=not goes_on or table is not tables[0])
    return "\n".join(written + lines[at:])


def _by_width(rows: Sequence[str]) -> list[list[str]]:
    """The rows of a run, parted where their number of cells changes."""
    tables: list[list[str]] = [[]]
    width = 1
    for row in rows:
        cells = _cells(row)
        if 1 not in (cells, width) and cells != width:
            tables.append([])
            width = 1
        width = max(width, cells)
        tables[-1].append(row)
    return tables


def _with_dashes(rows: Sequence[str], named: bool) -> list[str]:
    """A table as Markdown has it. named: whether its first row may name the columns; it does in a few words, if a cell below has more."""
    width = max(map(_cells, rows))
    dashes = "|" + "---|" * width
    if named and _cells(rows[0]) == width and _is_short(rows[0]) and not all(map(_is_short, rows[1:])):
        return ["", rows[0], dashes, *rows[1:]]
    return ["", "|" + " |" * width, dashes, *rows]


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of consecutive rows outside of code and of the tables that have their dashes."""
    fence, tabled, start = "", False, -1
    for at, line in enumerate([*lines, ""]):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        tabled = bool(line.strip()) and (tabled or _is_separator(line))
        is_row = not fence and not tabled and _is_row(line)
        if is_row and start < 0:
            start = at
        elif not is_row and start >= 0:
            if not tabled:
                yield start, at
            start = -1


def _is_row(line: str) -> bool:
    """Whether a line begins and ends with a bar and has something between. A pattern would take the square of its length."""
    indent = len(line) - len(line.lstrip(" "))
    written = line.strip()
    return indent <= INDENT and line.startswith("|", indent) and written.endswith("|") and bool(written[1:-1].strip())


def _is_separator(line: str) -> bool:
    """Whether a line is a table's row of dashes; without a bar it draws a rule or underlines a heading."""
    written = line.strip()
    cells = written.removeprefix("|").removesuffix("|").split("|")
    return "|" in written and all(DASHES.fullmatch(cell.strip()) for cell in cells)


def _cells(row: str) -> int:
    return len(BAR.findall(row)) - 1


def _is_short(row: str) -> bool:
    """Whether every cell holds a few words that are no sentence."""
    cells = [cell.strip() for cell in BAR.split(row.strip())[1:-1]]
    return all(cell and len(cell.split()) <= NAME_WORDS and not cell.endswith((".", ":", "]")) for cell in cells)

"""Rows of a table whose cells may be merged: what a merged cell says, it says in every row and column that it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CELL, ROW = "\x1f", "\x1e"  # begin a cell and a row of a table within a cell; no text that is read has these
LONGEST_REPEATED = 200  # characters: a longer cell is a text rather than a name, and is written once


def on_one_line(text: str) -> str:
    """What a cell says, with the rows of a table within it parted by semicolons, their cells by dashes."""
    line = ""
    for row in text.split(ROW):
        cells = [words for cell in row.split(CELL) if (words := " ".join(cell.split()))]
        between = "" if not line or not cells else " " if line[-1] in ".:;,!?" else "; "
        line += between + " – ".join(cells)
    return line


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. across, down: how many columns and rows it covers, at least 1; text: on one line."""

    text: str
    across: int = 1
    down: int = 1


def rows_of_names(names: Sequence[Cell]) -> int:
    """How many rows name columns, from a first one: below a name over several columns stand names too, beside those that reach down."""
    return max((cell.down for cell in names), default=1) if any(cell.across > 1 for cell in names) else 1


def spread(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The words of each row, a column each.

    A cell that is merged over rows stands in all of them. Over columns it is repeated only where at least half of the rows have no such
    cell: elsewhere the grid is one for the eye. A row of a single cell is a title and stays one cell.
    """
    filled = _filled(rows)
    is_grid = 2 * sum(all(cell.across == 1 for cell in row) for row in filled) >= len(filled)
    return [[text for cell in row for text in _columns(cell, is_grid and len(row) > 1)] for row in filled]


def _columns(cell: Cell, is_grid: bool) -> list[str]:
    if not is_grid:
        return [cell.text]
    return [cell.text] + [_again(cell.text)] * (cell.across - 1)


def _again(text: str) -> str:
    return text if len(text) <= LONGEST_REPEATED else ""


def _filled(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows with what reaches into them from above, in its column."""
    reaching: dict[int, Cell] = {}  # by column; `down` counts the rows still to fill
    filled = []
    for row in rows:
        line: list[Cell] = []
        column = 0
        below: dict[int, Cell] = {}
        fresh = list(row)
        while fresh or column in reaching:
            above = reaching.get(column)
            cell = fresh.pop(0) if above is None else Cell(_again(above.text), above.across, above.down)
            if cell.down > 1:
                below[column] = Cell(cell.text, cell.across, cell.down - 1)
            line.append(cell)
            column += cell.across
        reaching = below
        filled.append(line)
    return filled

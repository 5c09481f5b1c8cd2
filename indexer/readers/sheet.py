"""Sheets: the rows of a workbook or a CSV file, each written so that it carries the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.readers.base import BlockKind
from indexer.readers.canvas import Canvas
from indexer.segments import ASSIGNED, VERSION

SENTENCE = re.compile(r"[.;:!?][\"'”’)]*$")
SHORT = 30  # characters, at the median of what the figures of a scale mean
NUMBER = re.compile(r"(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\.\d{1,3}(?:\.\d{1,3})*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty: its cells up to the last that is filled, as text.

    bold: whether all its words are. after_gap: whether an empty row stands above it. grouped: whether a cell of it spans columns.
    notes: what is noted on cells, by their position.
    """

    cells: tuple[str, ...]
    bold: bool = False
    after_gap: bool = False
    grouped: bool = False
    notes: tuple[tuple[int, str], ...] = ()

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)

    @property
    def noted(self) -> tuple[str, ...]:
        """The cells with the notes on them."""
        notes = dict(self.notes)
        return tuple(f"{cell} {notes.get(position, '')}".strip() for position, cell in enumerate(self.cells))


def write_rows(canvas: Canvas, rows: Sequence[Row], always_named: bool = False) -> None:
    """Numbered rules as headings and paragraphs, rows of one cell as paragraphs, everything else as tables.

    always_named: whether the first row names the columns whatever it looks like, as in a CSV file of two columns; not where what states
    facts stands above a table.
    """
    tables = list(_tables(rows))
    for position, table in enumerate(tables):
        numbered = any(NUMBER.fullmatch(row.filled[0]) for row in table[:2])
        facts = position < len(tables) - 1 and _are_pairs(table)
        _write_table(canvas, table, (always_named and not facts) or (position > 0 and not numbered) or _is_scale(table))


def _tables(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows, parted where after an empty row others name columns anew."""
    table: list[Row] = []
    for position, row in enumerate(rows):
        if table and row.after_gap and _begins_table(rows[position : position + 3], table):
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _begins_table(rows: Sequence[Row], above: Sequence[Row]) -> bool:
    """Whether rows below an empty one begin a table of their own: a bold row above a plain one, or, also below a title of one cell, names
    of columns that repeat one of the table above or are more, over a row of as many cells with a figure."""
    if len(rows) > 1 and rows[0].bold and len(rows[0].filled) > 1 and not rows[1].bold:
        return True
    titled = len(rows[0].filled) == 1
    header = header_of(above)
    if header is None and _are_pairs(above) and len(rows) > 1:
        return len(rows[0].filled) > 2 and not any(cell[0].isdigit() for cell in rows[0].filled) and len(rows[1].filled) > 1
    if header is None or len(rows) < 2 + titled or any(row.after_gap for row in rows[1 : 2 + titled]):
        return False
    names, below = rows[titled : 2 + titled]
    alike = {name.lower() for name in names.filled} & {name.lower() for name in above[header].filled}
    named = len(names.filled) > 1 and not any(cell[0].isdigit() for cell in names.filled)
    counted = len(below.filled) == len(names.filled) and any(cell[0].isdigit() for cell in below.filled)
    return named and counted and (bool(alike) or titled or len(names.filled) > len(above[header].filled))


def _are_pairs(rows: Sequence[Row]) -> bool:
    """Whether they are names with their values, and titles, as above a table."""
    return all(len(row.filled) < 3 or _states_facts(row) for row in rows)


def _states_facts(row: Row) -> bool:
    """Whether each cell states a fact by itself: "Owner: Head of IT", "Version 2"."""
    return all(ASSIGNED.fullmatch(cell) or VERSION.fullmatch(cell) for cell in row.filled)


def _is_scale(rows: Sequence[Row]) -> bool:
    """Whether two names stand above figures and what each means, in a few words, and so no numbered rules."""
    if len(rows) < 3 or any(len(row.filled) != 2 or row.bold for row in rows[1:]) or len(rows[0].filled) != 2:
        return False
    texts = [row.filled[1] for row in rows[1:]]
    figures = all(NUMBER.fullmatch(row.filled[0]) for row in rows[1:]) and not any(cell[0].isdigit() for cell in rows[0].filled)
    return figures and median(map(len, texts)) < SHORT and not any(map(SENTENCE.search, texts))


def _write_table(canvas: Canvas, rows: list[Row], always_named: bool) -> None:
    header = header_of(rows)
    if header is None and always_named:
        header = next((position for position, row in enumerate(rows[:2]) if len(row.filled) > 1 and position + 1 < len(rows)), None)
    if header is not None:
        rows = _with_groups(rows, header)
    skipped = _empty_columns(rows)
    for position, row in enumerate(rows):
        numbered = len(row.filled) == 2 and row.cells[0] and NUMBER.fullmatch(row.cells[0])
        if numbered and header is None:
            number, text = (cell for cell in row.noted if cell)
            level = number.rstrip(".").count(".") + 2  # below the sheet's own heading
            kind = BlockKind.HEADING if row.bold else BlockKind.PARAGRAPH
            canvas.add(kind, f"{number} {text}", level=level if row.bold else 0, bold=row.bold)
        elif len(row.filled) == 1 and (header is None or position < header or len(row.cells) == 1):
            canvas.add(BlockKind.PARAGRAPH, " ".join(cell for cell in row.noted if cell), bold=row.bold)
        else:
            canvas.add_row([cell for column, cell in enumerate(row.noted) if column not in skipped], position == header)


def _with_groups(rows: list[Row], header: int) -> list[Row]:
    """The rows, with the names of columns that stand in two rows, groups above their members, as one row of "group: member"."""
    if not rows[header].grouped or header + 2 >= len(rows) or any(cell[0].isdigit() for cell in rows[header + 1].filled):
        return rows
    above, below = rows[header].cells, rows[header + 1].cells
    names = []
    for column in range(max(len(above), len(below))):
        group, member = (row[column] if column < len(row) else "" for row in (above, below))
        names.append(f"{group}: {member}" if group and member and group != member else group or member)
    notes = (*rows[header].notes, *rows[header + 1].notes)
    return [*rows[:header], Row(tuple(names), rows[header].bold, notes=notes), *rows[header + 2 :]]


def _empty_columns(rows: Sequence[Row]) -> frozenset[int]:
    """Columns without a single word, such as a margin at the left."""
    width = max(len(row.cells) for row in rows)
    return frozenset(range(width)) - {column for row in rows for column, cell in enumerate(row.noted) if cell}


def header_of(rows: Sequence[Row]) -> int | None:
    """Position of the row that names the columns.

    It is the first with two cells or more, no number or date among them, above another such row; in a table of two columns
    it must be bold where the next row is not, for rows of two cells also state properties ("Owner | Head of IT").
    """
    for position, row in enumerate(rows[:-1]):
        if len(row.filled) < 2 or _states_facts(row):
            continue
        names = all(not cell[0].isdigit() for cell in row.filled)
        wide = len(row.filled) > 2 and len(rows[position + 1].filled) > 1
        return position if names and (wide or (row.bold and not rows[position + 1].bold)) else None
    return None

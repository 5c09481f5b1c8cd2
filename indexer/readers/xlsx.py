"""Excel workbooks: every sheet a heading, every row a table row."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas

MAX_EMPTY_ROWS = 1000  # in a run; a sheet whose formats reach to row 1,048,576 has nothing after so many
MAX_COLUMNS = 500  # cells of a row that are read
MAX_CELLS = 2_000_000  # of a workbook; beyond that it is data, not a policy
NUMBER = re.compile(r"(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\.\d{1,3}(?:\.\d{1,3})*")
PERCENT = re.compile(r"0(?:\.(0+))?%")
CORE = ("title", "subject", "creator", "version", "keywords", "category", "description", "contentStatus", "lastModifiedBy")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that is not empty: its cells up to the last that is filled, as text; bold: whether all its words are."""

    cells: tuple[str, ...]
    bold: bool

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)


def read_xlsx(path: Path) -> Reading:
    """Read a .xlsx or .xlsm as it was last saved, hidden sheets left out. Raises a DocumentError."""
    import openpyxl

    canvas = Canvas()
    try:
        with warnings.catch_warnings(), path.open("rb") as file:  # by name it would refuse a workbook whose suffix is another
            warnings.simplefilter("ignore")  # openpyxl tells about extensions it does not keep; nothing is written here
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            try:
                _write_sheets(canvas, book)
                properties = _properties(book)
            finally:
                book.close()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError, EOFError, zipfile.BadZipFile) as problem:
        reason = " ".join(str(problem).split())[:120]
        raise DamagedDocumentError(f"Excel's parts in it are missing or broken ({reason}). Open it in Excel and save it anew.") from None
    return canvas.reading(properties)


def _write_sheets(canvas: Canvas, book: Any) -> None:
    budget = MAX_CELLS
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            canvas.warn(f"The hidden sheet {sheet.title!r} was left out.")
            continue
        sheet.reset_dimensions()  # some programs write wrong ones, and openpyxl would believe them
        rows = []
        for row in _rows(sheet):
            budget -= len(row.cells)
            if budget < 0:
                canvas.warn(f"It has more than {MAX_CELLS:,} cells; the rest, from sheet {sheet.title!r} on, was left out.")
                break
            rows.append(row)
        if rows:
            canvas.add(BlockKind.HEADING, sheet.title, level=1)
            _write_rows(canvas, rows)


def _rows(sheet: Any) -> Iterator[_Row]:
    empty = 0
    for cells in sheet.iter_rows(max_col=MAX_COLUMNS):
        texts = [_shown(cell) for cell in cells]
        if not any(texts):
            empty += 1
            if empty >= MAX_EMPTY_ROWS:
                return
            continue
        empty = 0
        last = max(position for position, text in enumerate(texts) if text)
        bold = all(_is_bold(cell) for cell, text in zip(cells, texts, strict=True) if text)
        yield _Row(tuple(texts[: last + 1]), bold)


def _write_rows(canvas: Canvas, rows: list[_Row]) -> None:
    """Numbered rules as headings and paragraphs, rows of one cell as paragraphs, everything else as a table."""
    header = _header(rows)
    skipped = _empty_columns(rows)
    for position, row in enumerate(rows):
        numbered = len(row.filled) == 2 and row.cells[0] and NUMBER.fullmatch(row.cells[0])
        if numbered and header is None:
            number, text = row.filled
            level = number.rstrip(".").count(".") + 2  # below the sheet's own heading
            kind = BlockKind.HEADING if row.bold else BlockKind.PARAGRAPH
            canvas.add(kind, f"{number} {text}", level=level if row.bold else 0, bold=row.bold)
        elif len(row.filled) == 1 and (header is None or position < header or len(row.cells) == 1):
            canvas.add(BlockKind.PARAGRAPH, row.filled[0], bold=row.bold)
        else:
            canvas.add_row([cell for column, cell in enumerate(row.cells) if column not in skipped], position == header)


def _empty_columns(rows: list[_Row]) -> frozenset[int]:
    """Columns without a single word, such as a margin at the left."""
    width = max(len(row.cells) for row in rows)
    return frozenset(range(width)) - {column for row in rows for column, cell in enumerate(row.cells) if cell}


def _header(rows: list[_Row]) -> int | None:
    """Position of the row that names the columns.

    It is the first with two cells or more, no number or date among them, above another such row; in a table of two columns
    it must be bold where the next row is not, for rows of two cells also state properties ("Owner | Head of IT").
    """
    for position, row in enumerate(rows[:-1]):
        if len(row.filled) < 2:
            continue
        names = all(not cell[0].isdigit() for cell in row.filled)
        wide = len(row.filled) > 2 and len(rows[position + 1].filled) > 1
        return position if names and (wide or (row.bold and not rows[position + 1].bold)) else None
    return None


def _is_bold(cell: Any) -> bool:
    font = getattr(cell, "font", None)
    return bool(font is not None and font.b)


def _shown(cell: Any) -> str:
    """The cell's value much as Excel shows it."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() | int():
            return _number(value, cell.number_format or "")
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time() | timedelta():
            return str(value)
    return " ".join(str(value).split())


def _number(value: float, format: str) -> str:
    percent = PERCENT.fullmatch(format)
    if percent:
        return f"{value:.{len(percent[1] or '')}%}"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.12g}"


def _properties(book: Any) -> dict[str, str]:
    """Core properties that are set, then custom ones, keys in lower case; the creator is called author."""
    properties: dict[str, str] = {}
    for name in CORE:
        value = getattr(book.properties, name, None)
        if isinstance(value, str) and value.strip():
            properties["author" if name == "creator" else name.lower()] = value.strip()
    for custom in getattr(book, "custom_doc_props", None) or ():
        if custom.value is not None and str(custom.value).strip():
            properties[str(custom.name).strip().lower()] = str(custom.value).strip()
    return properties

"""Excel workbooks: every sheet a heading, every row a table row."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas
from indexer.readers.number_formats import duration, figure
from indexer.readers.sheet import Row, write_rows
from indexer.readers.xlsx_notes import Place, notes_of

MAX_EMPTY_ROWS = 1000  # in a run; a sheet whose formats reach to row 1,048,576 has nothing after so many
MAX_COLUMNS = 500  # cells of a row that are read
MAX_CELLS = 2_000_000  # of a workbook; beyond that it is data, not a policy
MAX_MERGED = 100_000  # cells in merged ranges of a sheet
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,40}?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
CHUNK = 1024 * 1024  # bytes of a sheet's part that are looked through at a time
OVERLAP = 100  # bytes, more than such an element takes
CORE = ("title", "subject", "creator", "version", "keywords", "category", "description", "contentStatus", "lastModifiedBy")


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
        for row in _rows(canvas, sheet, _spans(book, sheet), notes_of(book, sheet)):
            budget -= len(row.cells)
            if budget < 0:
                canvas.warn(f"It has more than {MAX_CELLS:,} cells; the rest, from sheet {sheet.title!r} on, was left out.")
                break
            rows.append(row)
        if rows:
            canvas.add(BlockKind.HEADING, sheet.title, level=1)
            write_rows(canvas, rows)


def _rows(canvas: Canvas, sheet: Any, spans: Mapping[Place, Place], notes: Mapping[Place, str]) -> Iterator[Row]:
    empty = 0
    merged: dict[Place, str] = {}
    noted: dict[int, dict[int, str]] = {}  # by row and position in it
    for (row, column), words in notes.items():
        if column <= MAX_COLUMNS:
            noted.setdefault(row, {})[column - 1] = words
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        texts = [_shown(cell) for cell in cells]
        beside = noted.get(number, {})
        if not any(texts) and not beside:
            empty += 1
            if empty >= MAX_EMPTY_ROWS:
                canvas.warn(f"Sheet {sheet.title!r} was read down to {MAX_EMPTY_ROWS:,} empty rows; what may stand below was left out.")
                return
            continue
        bold = any(texts) and all(_is_bold(cell) for cell, text in zip(cells, texts, strict=True) if text)
        grouped = _fill(texts, number, spans, merged)
        texts += [""] * (max(beside, default=0) + 1 - len(texts))
        if not any(texts):  # where nothing is noted on any word, the notes are what the row says
            texts, beside = [beside.get(position, "") for position in range(len(texts))], {}
        last = max([position for position, text in enumerate(texts) if text] + list(beside))
        yield Row(tuple(texts[: last + 1]), bold, after_gap=empty > 0, grouped=grouped, notes=tuple(beside.items()))
        empty = 0


def _fill(texts: list[str], number: int, spans: Mapping[Place, Place], merged: dict[Place, str]) -> bool:
    """Give each cell of a merged range the words of its first, so that every row says what it is about; whether one spans columns.

    A range that is all its row holds is a title, and stays one cell.
    """
    alone = sum(1 for text in texts if text) == 1
    grouped = False
    for column in range(1, len(texts) + 1):
        first = spans.get((number, column))
        if first is None:
            continue
        if first == (number, column):
            merged[first] = texts[column - 1]
        elif first[1] == column or not alone:
            texts[column - 1] = merged.get(first, "")
            grouped = grouped or first[1] != column
    return grouped


def _spans(book: Any, sheet: Any) -> dict[Place, Place]:
    """The cells of merged ranges as (row, column), each with the first of its range; openpyxl passes ranges over when it reads by row."""
    spans: dict[Place, Place] = {}
    with book._archive.open(sheet._worksheet_path) as part:
        rest = b""
        while (chunk := part.read(CHUNK)) and len(spans) < MAX_MERGED:
            content = rest + chunk
            for found in MERGED.finditer(content):
                _add_span(spans, found[1].decode("ascii"))
            rest = content[-OVERLAP:]  # an element may lie across two chunks; to find one twice changes nothing
    return spans


def _add_span(spans: dict[Place, Place], reference: str) -> None:
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return
    if (right - left + 1) * (bottom - top + 1) > MAX_MERGED:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            spans[row, column] = (top, left)


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
            return figure(value, cell.number_format or "")
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case timedelta():
            return duration(value, cell.number_format or "")
        case date() | time():
            return str(value)
    return " ".join(str(value).split())


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

"""CSV files: the first row names the columns, every other row is a table row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas
from indexer.readers.sheet import Row, write_rows
from indexer.readers.text_file import opened
from indexer.titles import readable

DELIMITERS = ",;\t|"
SAMPLE_LINES = 50  # from which the delimiter is told
MAX_FIELD = 1024 * 1024  # characters of one cell; longer means a quotation mark that was never closed
MAX_CELLS = 2_000_000  # beyond that it is data, not a policy


def read_csv(path: Path) -> Reading:
    """Read a .csv or .tsv file, its delimiter told by its content; the file's name is its heading. Raises a DocumentError."""
    text, canvas = opened(path)
    rows = list(_rows(text, canvas))
    if rows:
        canvas.add(BlockKind.HEADING, readable(path.name), level=1)
        write_rows(canvas, rows, always_named=True)
    return canvas.reading()


def _rows(text: str, canvas: Canvas) -> Iterator[Row]:
    lines = text.splitlines(keepends=True)
    delimiter = _delimiter(lines)
    if lines and lines[0].lower().startswith("sep="):  # how Excel is told the delimiter
        lines = lines[1:]
    csv.field_size_limit(MAX_FIELD)
    count, empty = 0, False
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            texts = [" ".join(cell.split()) for cell in cells]
            if not any(texts):
                empty = True
                continue
            count += len(texts)
            if count > MAX_CELLS:
                canvas.warn(f"It has more than {MAX_CELLS:,} cells; the rest was left out.")
                return
            yield Row(tuple(texts), after_gap=empty)
            empty = False
    except csv.Error as problem:
        raise DamagedDocumentError(f"Its cells cannot be told apart ({problem}). Is a quotation mark left open? Save it anew.") from None


def _delimiter(lines: list[str]) -> str:
    """The delimiter that parts most of the first rows into the same number of cells, two at least; a comma where none does."""
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5].strip():
        return lines[0][4]
    best, most = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), SAMPLE_LINES) if row]
        except csv.Error:
            continue
        alike = max((widths.count(width) * width for width in set(widths) if width > 1), default=0)
        if alike > most:
            best, most = delimiter, alike
    return best

"""Plain text: paragraphs at blank lines, list items by their marks, tables by the seams of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas
from indexer.readers.run_together import is_table
from indexer.readers.text_file import opened

BULLET = re.compile(r"([•●▪‣◦○·*–-]|\([a-zA-Z0-9]{1,3}\)|[a-z]\))\s+(?=\S)")
NUMBERED = re.compile(r"(?:§\s?|[A-Z]{1,10}\.)?\d{1,3}(?:\.\d{1,3})*[.)]?\s+\S")
COLUMNS_PER_LEVEL = 2
TAB_COLUMNS = 4
MAX_HEADING = 80  # characters; a longer numbered line is a sentence
SENTENCE_ENDS = (".", ",", ";", ":")


def read_plaintext(path: Path) -> Reading:
    """Read a .txt file: UTF-8, UTF-16 by its mark, else Windows-1252 with a warning. Raises a DocumentError."""
    text, canvas = opened(path)
    write_plaintext(canvas, text)
    return canvas.reading()


def write_plaintext(canvas: Canvas, text: str) -> None:
    """Append the paragraphs, list items and tables of a text."""
    for lines in _paragraphs(text):
        if is_table(lines):
            for line in lines:
                canvas.add(BlockKind.TABLE_HEADER if line is lines[0] else BlockKind.TABLE_ROW, line.strip())
            continue
        for piece in _pieces(lines):
            _add(canvas, piece)


def _paragraphs(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _pieces(lines: list[str]) -> Iterator[list[str]]:
    """The paragraph's lines, parted where a list item or a numbered line begins, and after a numbered heading."""
    piece: list[str] = []
    for line in lines:
        words = line.strip()
        begins = BULLET.match(words) or NUMBERED.match(words)
        if piece and (begins or (len(piece) == 1 and _is_heading(piece[0].strip()) and words[0].isupper())):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _is_heading(line: str) -> bool:
    return len(line) <= MAX_HEADING and bool(NUMBERED.match(line)) and not line.endswith(SENTENCE_ENDS)


def _add(canvas: Canvas, lines: list[str]) -> None:
    first = lines[0].expandtabs(TAB_COLUMNS)
    words = first.strip()
    if BULLET.match(words):
        indent = min((len(first) - len(first.lstrip())) // COLUMNS_PER_LEVEL, 8)
        canvas.add(BlockKind.LIST_ITEM, "\n".join(lines), level=indent + 1, indent=indent)
    else:
        canvas.add(BlockKind.PARAGRAPH, "\n".join(lines))

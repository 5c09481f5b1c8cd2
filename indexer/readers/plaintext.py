"""Plain text: underlined headings, paragraphs at blank lines, list items by their marks, tables by the seams of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas
from indexer.readers.run_together import is_table
from indexer.readers.text_file import opened

BULLET = re.compile(r"([•●▪‣◦○·*–-]|\([a-zA-Z0-9]{1,3}\)|[a-z]\)|[a-z]\.(?=\s+[^\W\d_]{2})|o(?=\s{2}))\s+(?=\S)")
NUMBERED = re.compile(r"(?:§\s?|[A-Z]{1,10}\.)?\d{1,3}(?:\.\d{1,3})*[.)]?\s+\S")
ASKED = re.compile(r"(?:Q|A|Question|Answer)\s?\d{0,3}\s?[.:]\s+\S")  # a question, or what replies to it
DOTTED = re.compile(r"\d+\.\d")
LISTED = re.compile(r"\d+\s")
QUANTITY = re.compile(r"\d{1,3}(?:\.\d{1,3})*\s+(?P<word>\S)")  # "20 degrees": no mark behind the figure
UNDERLINE = re.compile(r"\s*(?P<mark>[=*~^#-])(?P=mark){2,}\s*")
LEVELS = {"=": 1, "-": 2}  # of a heading by the line below it, as in Markdown; 3 of another
CELLS = re.compile(r"\s*\|.*\|\s*")  # a row of a drawn table
RULE = re.compile(r"\s*[+|][-=+:| ]*[-=][-=+:| ]*\s*")  # a line between rows
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
        if _is_drawn(lines):
            _add_drawn(canvas, lines)
            continue
        if is_table(lines):
            for line in lines:
                canvas.add(BlockKind.TABLE_HEADER if line is lines[0] else BlockKind.TABLE_ROW, line.strip())
            continue
        ruled = lines[1:] if UNDERLINE.fullmatch(lines[0]) else lines
        heading, body = _underlined(ruled) if ruled else ("", [])
        if heading:
            canvas.add(BlockKind.HEADING, heading, level=LEVELS.get(ruled[1].strip()[0], 3))
        body = [line for line in body if not UNDERLINE.fullmatch(line)]
        for piece in _pieces(body) if body else ():
            _add(canvas, piece)


def _is_drawn(lines: list[str]) -> bool:
    """Whether the lines of a paragraph draw a table: its cells between "|", its rows below one another or between lines of "-"."""
    rows = [line for line in lines if CELLS.fullmatch(line)]
    return len(rows) > 1 and all(CELLS.fullmatch(line) or RULE.fullmatch(line) for line in lines)


def _add_drawn(canvas: Canvas, lines: list[str]) -> None:
    """A drawn table. Where lines stand between its rows, the lines of one row are the lines of its cells."""
    rows: list[list[list[str]]] = [[]]
    for line in lines:
        if RULE.fullmatch(line):
            rows.append([])
        else:
            rows[-1].append([cell.strip() for cell in line.strip().strip("|").split("|")])
    filled = [row for row in rows if row]
    apart = len(filled) > 2  # a line below the names alone says nothing of the rows
    parted = [row for lines in filled for row in ([lines] if apart else [[line] for line in lines])]
    for position, row in enumerate(parted):
        width = max(map(len, row))
        cells = [" ".join(filter(None, (line[column] for line in row if column < len(line)))) for column in range(width)]
        canvas.add_row(cells, position == 0)


def _underlined(lines: list[str]) -> tuple[str, list[str]]:
    """The heading that a paragraph's first line is by the line of "=" or "-" below it, or "", and the lines that are left."""
    words = lines[0].strip()
    underlined = len(lines) > 1 and UNDERLINE.fullmatch(lines[1]) and len(words) <= MAX_HEADING and not words.endswith(SENTENCE_ENDS)
    if not underlined or not re.search(r"[^\W\d_]", words):
        return "", lines
    return words, lines[2:]


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
    asked = any(ASKED.match(line.strip()) and "?" in line for line in lines)
    for line in lines:
        words = line.strip()
        begins = BULLET.match(words) or (asked and ASKED.match(words)) or (NUMBERED.match(words) and not (piece and _goes_on(piece, line)))
        if piece and (begins or (len(piece) == 1 and _is_heading(piece[0].strip()) and words[0].isupper())):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _goes_on(piece: list[str], line: str) -> bool:
    """Whether a line that begins with a figure is the rest of a sentence ("… between 5 and" / "20 degrees."): a small letter comes after
    the figure, or it stands further in than the line that the piece began with. Never "1.1", nor one of a list of figures."""
    if DOTTED.match(line.strip()) or LISTED.match(piece[0].strip()):
        return False
    quantity = QUANTITY.match(line.strip())
    further = _indent(line) > _indent(piece[0])
    return bool(quantity and not piece[-1].rstrip().endswith(SENTENCE_ENDS) and (further or quantity["word"].islower()))


def _indent(line: str) -> int:
    return len(line.expandtabs(TAB_COLUMNS)) - len(line.expandtabs(TAB_COLUMNS).lstrip())


def _is_heading(line: str) -> bool:
    return len(line) <= MAX_HEADING and bool(NUMBERED.match(line)) and not line.endswith(SENTENCE_ENDS)


def _add(canvas: Canvas, lines: list[str]) -> None:
    if BULLET.match(lines[0].strip()):
        indent = min(_indent(lines[0]) // COLUMNS_PER_LEVEL, 8)
        canvas.add(BlockKind.LIST_ITEM, "\n".join(lines), level=indent + 1, indent=indent)
    else:
        canvas.add(BlockKind.PARAGRAPH, "\n".join(lines))

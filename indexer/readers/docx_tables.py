"""Tables of a Word document: their rows and cells, what merged cells cover, and which row names the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from indexer.readers.docx_styles import W, is_on, value_of

WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
MOST_COLUMNS = 63  # Word's own bound


def content(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of a body, a cell or a text box, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in WRAPPERS:
            yield from content(child)


def children(parent: Any, tag: str) -> Iterator[Any]:
    """The elements of one kind in a table or a row, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, tag)


def continues(cell: Any) -> bool:
    """Whether the cell is the rest of one merged with it from above (ECMA-376 part 1, 17.4.84)."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and value_of(merge) != "restart"


def across(cell: Any) -> int:
    """How many columns a cell covers."""
    span = value_of(cell.find(f"{W}tcPr/{W}gridSpan"))
    return min(max(int(span), 1), MOST_COLUMNS) if span and span.isdecimal() and len(span) < 4 else 1


def down(rows: list[list[Any]], columns: list[list[int]], position: int, column: int) -> int:
    """How many rows a cell covers: its own, and those below that go on with it at the same column."""
    down = 1
    for row, begins in zip(rows[position + 1 :], columns[position + 1 :], strict=True):
        if not any(at == column and continues(cell) for cell, at in zip(row, begins, strict=False)):
            break
        down += 1
    return down


def header_rows(rows: list[Any], cells: list[list[Any]], is_bold: Callable[[list[Any]], bool]) -> int:
    """Position of the last row that names columns, -1 where none does.

    Word's own mark decides; without it a table of three or more columns has a header, one of two only where its first row
    alone is bold (others state properties: "Owner", "Version").
    """
    marked = -1
    for position, row in enumerate(rows):
        if not is_on(row.find(f"{W}trPr"), "tblHeader"):
            break
        marked = position
    if marked >= 0 or len(rows) < 2:
        return marked
    first = next((position for position, row in enumerate(cells) if len(row) > 1), 0)
    if first > 1 or first + 1 >= len(rows):
        return -1
    two_columns = max(map(len, cells)) < 3
    return first if not two_columns or (is_bold(cells[first]) and not is_bold(cells[first + 1])) else -1


"""What stands above a passage: title, headings and the names of its table's columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from corpus.clause import PATH_SEPARATOR, Clause, ancestry
from corpus.document import Document
from corpus.passage import Passage
from indexer.readers.base import BlockKind, Reading


def heading_of(document: Document, clauses: Sequence[Clause], passage: Passage, reading: Reading) -> str:
    """The document's title, the headings down to the passage's clause, and on a line of their own its table's column names."""
    labels = [clause.heading for clause in ancestry(clauses, passage.clause) if clause.heading and clause.heading != document.title]
    above = PATH_SEPARATOR.join([document.title, *labels])
    columns = _table_header(reading, passage)
    return f"{above}\n{columns}" if columns else above


def _table_header(reading: Reading, passage: Passage) -> str:
    """The header row of the table that the passage begins in, or ""."""
    blocks = reading.blocks
    at = bisect_right(blocks, passage.start, key=lambda block: block.end)
    if at == len(blocks) or blocks[at].kind is not BlockKind.TABLE_ROW:
        return ""
    while at > 0 and blocks[at].kind is BlockKind.TABLE_ROW:
        at -= 1
    block = blocks[at]
    return reading.text.characters[block.start : block.end] if block.kind is BlockKind.TABLE_HEADER else ""

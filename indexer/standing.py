"""What stands above a passage: title, headings and the names of its table's columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.clause import PATH_SEPARATOR, Clause, ancestry
from corpus.document import Document
from corpus.passage import Passage
from indexer.readers.base import Block, BlockKind, Reading

MAX_COLUMNS = 1000  # characters of the names of columns; an encoder reads as many, and each passage of the table carries them


def headings_above(document: Document, clauses: Sequence[Clause], passages: Sequence[Passage], reading: Reading) -> tuple[str, ...]:
    """For each passage the document's title, the headings down to its clause, and on a line of their own its table's column names."""
    headers = _headers(reading.blocks)
    return tuple(_above(document, clauses, passage, _columns(reading, headers, passage)) for passage in passages)


def _above(document: Document, clauses: Sequence[Clause], passage: Passage, columns: str) -> str:
    labels = [clause.heading for clause in ancestry(clauses, passage.clause) if clause.heading and clause.heading != document.title]
    above = PATH_SEPARATOR.join([document.title, *labels])
    return f"{above}\n{columns}" if columns else above


def _columns(reading: Reading, headers: Sequence[Block | None], passage: Passage) -> str:
    """The header row of the table that the passage begins in, or ""."""
    at = bisect_right(reading.blocks, passage.start, key=lambda block: block.end)
    header = headers[at] if at < len(headers) else None
    return reading.text.characters[header.start : min(header.end, header.start + MAX_COLUMNS)] if header else ""


def _headers(blocks: Sequence[Block]) -> list[Block | None]:
    """For each table row the header of its table, where it has one; None for every other block."""

    def each() -> Iterator[Block | None]:
        header: Block | None = None
        for block in blocks:
            if block.kind is not BlockKind.TABLE_ROW:
                header = block if block.kind is BlockKind.TABLE_HEADER else None
            yield header if block.kind is BlockKind.TABLE_ROW else None

    return list(each())

"""Tables as the blocks of a document lie: rows in a run, under a header or under none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from indexer.readers.base import ROW_KINDS, Block, BlockKind
from indexer.sentences import Span


def tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of rows, each with the header above it."""
    table: list[Block] = []
    for block in blocks:
        inside = block.kind in ROW_KINDS
        if table and (not inside or block.kind is BlockKind.TABLE_HEADER):
            yield table
            table = []
        if inside:
            table.append(block)
    if table:
        yield table


def overlapping(blocks: Sequence[Block], start: int, end: int) -> range:
    """The places of the blocks of which some part stands in start:end."""
    return range(bisect_right(blocks, start, key=lambda block: block.end), bisect_left(blocks, end, key=lambda block: block.start))


def table_at(blocks: Sequence[Block], at: int) -> Sequence[Block]:
    """The rows around the row at a place, with the header above them."""
    first = last = at
    while first > 0 and blocks[first].kind is BlockKind.TABLE_ROW and blocks[first - 1].kind in ROW_KINDS:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.TABLE_ROW:
        last += 1
    return blocks[first : last + 1]


def column_span(start: int, blocks: Sequence[Block]) -> Span | None:
    """The header of the table whose row a quotation begins with, at `start`; None where it begins with something else."""
    at = bisect_right(blocks, start, key=lambda block: block.start) - 1
    if at < 0 or blocks[at].kind is not BlockKind.TABLE_ROW:
        return None
    while at > 0 and blocks[at].kind in (BlockKind.TABLE_ROW, BlockKind.FURNITURE):  # what a page repeats between rows parts no table
        at -= 1
    return (blocks[at].start, blocks[at].end) if blocks[at].kind is BlockKind.TABLE_HEADER else None

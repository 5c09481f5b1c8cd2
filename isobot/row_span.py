"""From where to where a row of a table is quoted: with the names of its columns, and of a small table with the rows beside it."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Set as AbstractSet

from indexer.readers.base import BlockKind
from indexer.sentences import Span
from isobot.layout import MAX_ITEM, MAX_QUOTE, Layout
from isobot.tables import table_at

FEW_ROWS = 6  # rows below the header of a table that is taken in at a glance


def row_span(page: Layout, offered: Container[int], best: int, asked: AbstractSet[str]) -> Span:
    """A row's range: from its table's header, unless that stands too far above; a small table whole, unless the question names the row.

    offered: the units that may be quoted; where none of them is another row, the row was found by what it says, and stays by itself.
    asked: the stems of the question.
    """
    table = table_at(page.blocks, page.units[best].block)
    headed = table[0].kind is BlockKind.TABLE_HEADER
    rows = [at for at, unit in enumerate(page.units) if table[0].start <= unit.start < table[-1].end]
    start, end = table[0].start if headed else page.units[rows[0]].start, page.units[rows[-1]].end
    if any(at in offered and at in rows for at in (best - 1, best + 1)):
        short = headed and end - start <= MAX_QUOTE
        small = end - start <= MAX_ITEM and len(rows) <= FEW_ROWS
        if short or (small and not page.stands_out(best, rows, asked)):
            return start, end
    near = headed and page.units[best].end - start <= MAX_QUOTE
    return start if near else page.units[best].start, page.units[best].end

"""The words that answer: which sentences of a clause are quoted, and how much of the clause is shown around them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.citation import MAX_CLAUSE_TEXT
from corpus.clause import Clause
from indexer.passages import Unit, own_ranges, units_of
from indexer.readers.base import Block, BlockKind
from indexer.sentences import Span

MAX_QUOTE = 400  # characters
MAX_ITEM = 800  # characters of a table row, or of a list item with its lead-in


def clause_units(text: str, clauses: Sequence[Clause], position: int, blocks: Sequence[Block]) -> list[Unit]:
    """What can be quoted of one clause, in order."""
    clause = clauses[position]
    # Children of the clause alone decide its own ranges; renumbering their parents would cost more than looking at them all.
    family = [clause, *(c for c in clauses if c.parent == position)]
    own = own_ranges([Clause(c.number, c.heading, c.level, c.start, c.end, c.body, None if c is clause else 0) for c in family])[0]
    return units_of(text, clause, own, blocks)


def within(units: Sequence[Unit], start: int, end: int) -> list[int]:
    """Positions of the units that share text with `start:end`."""
    return [i for i, unit in enumerate(units) if unit.start < end and start < unit.end]


def quote_span(text: str, units: Sequence[Unit], best: int, blocks: Sequence[Block]) -> Span:
    """The range to quote around unit `best`: itself, a list item with its lead-in, or a sentence with what it leans on.

    Never more than MAX_QUOTE characters, MAX_ITEM for a table row or a list item; a longer sentence is cut at white space.
    """
    unit = units[best]
    kind = blocks[unit.block].kind
    start, end = unit.start, unit.end
    if kind is BlockKind.LIST_ITEM:
        lead = _lead_in(text, units, best, blocks)
        if lead is not None and end - units[lead].start <= MAX_ITEM:
            start = units[lead].start
    limit = MAX_ITEM if kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) else MAX_QUOTE
    return start, _cut(text, start, end, limit)


def context_span(text: str, clause: Clause, units: Sequence[Unit], quote: Span) -> Span:
    """The part of the clause shown around a quotation: all of it where that is short, else whole sentences on both sides."""
    end = _trimmed(text, clause.start, clause.end)
    if end - clause.start <= MAX_CLAUSE_TEXT:
        return clause.start, max(end, quote[1])
    low, high = quote
    before = [unit.start for unit in units if unit.start < low]
    after = [unit.end for unit in units if unit.end > high]
    # Two sentences after for one before: what follows a sentence explains it more often than what precedes it.
    for turn in range(3 * (len(before) + len(after))):
        if turn % 3 == 0:
            if before and high - before[-1] <= MAX_CLAUSE_TEXT:
                low = before.pop()
        elif after and after[0] - low <= MAX_CLAUSE_TEXT:
            high = after.pop(0)
    return low, high


def _lead_in(text: str, units: Sequence[Unit], best: int, blocks: Sequence[Block]) -> int | None:
    """The unit that opens the list which unit `best` stands in, if it ends with a colon."""
    at = best
    while at >= 0 and blocks[units[at].block].kind is BlockKind.LIST_ITEM:
        at -= 1
    return at if at >= 0 and text[units[at].end - 1] == ":" else None


def _cut(text: str, start: int, end: int, limit: int) -> int:
    if end - start <= limit:
        return end
    space = text.rfind(" ", start + limit // 2, start + limit)
    return _trimmed(text, start, space if space > 0 else start + limit)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end

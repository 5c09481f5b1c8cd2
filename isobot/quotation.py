"""The words that answer: which sentences of a clause are quoted, and how much of the clause is shown around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, takewhile

from corpus.citation import MAX_CLAUSE_TEXT
from corpus.clause import Clause
from indexer.passages import Unit, own_ranges, units_of
from indexer.readers.base import Block, BlockKind
from indexer.sentences import Span
from isobot.item_span import item_span
from isobot.layout import APART, MAX_ITEM, MAX_QUOTE, Layout
from isobot.row_span import row_span
from isobot.sentence_span import sentence_span

REACH = MAX_CLAUSE_TEXT + MAX_ITEM  # characters before and after a quotation that may be looked at for what it brings


def clause_units(
    text: str, clauses: Sequence[Clause], position: int, blocks: Sequence[Block], near: Span | None = None
) -> list[Unit]:
    """What can be quoted of one clause, in order.

    near: of a clause of hundreds of sentences only those are wanted that a quotation from this range, and what is shown around it,
    can reach.
    """
    clause = clauses[position]
    # Children of the clause alone decide its own ranges; all that it holds stands right behind it.
    inner = takewhile(lambda c: c.start < clause.end, islice(clauses, position + 1, None))
    family = [clause, *(c for c in inner if c.parent == position)]
    own = own_ranges([Clause(c.number, c.heading, c.level, c.start, c.end, c.body, None if c is clause else 0) for c in family])[0]
    return units_of(text, clause, _reached(own, near, blocks) if near else own, blocks)


def _reached(own: Sequence[Span], near: Span, blocks: Sequence[Block]) -> Sequence[Span]:
    """Of a clause's own ranges what lies in the blocks within reach of `near`; all of them in a clause that is within reach as a whole."""
    low, high = near[0] - REACH, near[1] + REACH
    if low <= own[0][0] and own[-1][1] <= high:
        return own
    low = min(low, blocks[min(bisect_right(blocks, low, key=lambda block: block.end), len(blocks) - 1)].start)
    high = max(high, blocks[max(bisect_right(blocks, high, key=lambda block: block.start) - 1, 0)].end)
    return [(max(low, start), min(high, end)) for start, end in own if start < high and end > low]


def within(units: Sequence[Unit], start: int, end: int) -> list[int]:
    """Positions of the units that share text with `start:end`."""
    return [i for i, unit in enumerate(units) if unit.start < end and start < unit.end]


def quote_span(
    text: str,
    units: Sequence[Unit],
    likeness: Mapping[int, float],
    blocks: Sequence[Block],
    asked: AbstractSet[str] = frozenset(),
) -> Span:
    """The range to quote: the likeliest of the units, with the neighbours that speak to the question nearly as much.

    likeness: cosine between the question and each unit that may be quoted, by its position. A table row brings the names of its
    columns where they stand near, a list item its lead-in, and a lead-in what it leads to; a list or a table that is short comes
    whole, since a part of it looks like all of it. Never more than MAX_QUOTE characters, MAX_ITEM with a row or a list item; a
    longer sentence is cut at white space.

    asked: the stems of the question, which may name one of several rows or branches.
    """
    page = Layout(text, units, blocks)
    best = max(likeness, key=lambda position: likeness[position])
    kind = page.kind(best)
    if kind is BlockKind.TABLE_ROW:
        start, end = row_span(page, likeness, best, asked)
    elif kind is BlockKind.LIST_ITEM:
        start, end = item_span(page, best, asked)
    else:
        start, end = sentence_span(page, likeness, best, asked)
    if end - start > MAX_QUOTE:
        plain = not any(page.kind(at) in APART for at in within(units, start, end))
        end = _cut(text, start, end, MAX_QUOTE if plain else MAX_ITEM)
    return start, end


def opening_span(text: str, units: Sequence[Unit]) -> Span:
    """The first units of a clause, as many as a quotation may hold."""
    start, end = units[0].start, units[0].end
    for unit in units[1:]:
        if unit.end - start > MAX_QUOTE:
            break
        end = unit.end
    return start, _cut(text, start, end, MAX_QUOTE)


def context_span(text: str, clauses: Sequence[Clause], position: int, units: Sequence[Unit], quote: Span) -> Span:
    """What is shown around a quotation: its clause, with as much of the section as a person reads; of a long clause whole sentences.

    A clause of one line says little without its neighbours: the largest clause around it that fits is shown whole, and beside
    that whole neighbouring clauses of the same section.
    """
    clause = clauses[position]
    if _length(text, clause) > MAX_CLAUSE_TEXT:
        return _sentences_around(units, quote)
    while clause.parent is not None and _length(text, clauses[clause.parent]) <= MAX_CLAUSE_TEXT:
        clause = clauses[clause.parent]
    beside = [one for one in clauses if one.parent == clause.parent] if clause.parent is not None else []
    shown = (clause.start, max(_trimmed(text, clause.start, clause.end), quote[1]))
    before = [one.start for one in beside if one.start < clause.start]
    after = [_trimmed(text, one.start, one.end) for one in beside if one.start > clause.start]
    return _widened(shown, before, after)


def _sentences_around(units: Sequence[Unit], quote: Span) -> Span:
    low, high = quote
    return _widened(quote, [unit.start for unit in units if unit.start < low], [unit.end for unit in units if unit.end > high])


def _widened(shown: Span, before: list[int], after: list[int]) -> Span:
    """The range grown to starts `before` it and ends `after` it, nearest first, while a person reads it.

    Two after for one before: what follows explains more often than what precedes.
    """
    low, high = shown
    for turn in range(3 * (len(before) + len(after))):
        if turn % 3 == 0:
            if before and high - before[-1] <= MAX_CLAUSE_TEXT:
                low = before.pop()
        elif after and after[0] - low <= MAX_CLAUSE_TEXT:
            high = after.pop(0)
    return low, high


def _length(text: str, clause: Clause) -> int:
    return _trimmed(text, clause.start, clause.end) - clause.start


def _cut(text: str, start: int, end: int, limit: int) -> int:
    if end - start <= limit:
        return end
    space = text.rfind(" ", start + limit // 2, start + limit)
    return _trimmed(text, start, space if space > 0 else start + limit)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end

"""The words that answer: which sentences of a clause are quoted, and how much of the clause is shown around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import islice, takewhile

from corpus.citation import MAX_CLAUSE_TEXT
from corpus.clause import Clause
from indexer.passages import Unit, own_ranges, units_of
from indexer.readers.base import Block, BlockKind
from indexer.sentences import Span

MAX_QUOTE = 400  # characters
MAX_ITEM = 800  # characters of a table row, or of a list item with its lead-in
_LEADS_IN = re.compile(r":\Z|\b(?:as follows|the following|below|tables?)\b", re.IGNORECASE)
_CLOSING = frozenset('.!?:;)"”’')
_ENDING = frozenset('.!?;,|)"”’')
REACH = MAX_CLAUSE_TEXT + MAX_ITEM  # characters before and after a quotation that may be looked at for what it brings
NEARLY = 0.5  # of the best sentence's likeness: at that, its neighbour is quoted with it


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


def quote_span(text: str, units: Sequence[Unit], likeness: Mapping[int, float], blocks: Sequence[Block]) -> Span:
    """The range to quote: the likeliest of the units, with the neighbours that speak to the question nearly as much.

    likeness: cosine between the question and each unit that may be quoted, by its position. A table row brings the names of its
    columns where they stand near, a list item its lead-in, and a lead-in what it leads to; a list or a table that is short comes
    whole, since a part of it looks like all of it. Never more than MAX_QUOTE characters, MAX_ITEM with a row or a list item; a
    longer sentence is cut at white space.
    """
    best = max(likeness, key=lambda position: likeness[position])
    kind = blocks[units[best].block].kind
    if kind is BlockKind.TABLE_ROW:
        start, end = _with_table(units, likeness, best, blocks)
        return start, _cut(text, start, end, MAX_ITEM)
    if kind is BlockKind.LIST_ITEM:
        start, end = _with_list(text, units, best, blocks)
        return start, _cut(text, start, end, MAX_ITEM)
    first, last = _grown(text, units, likeness, best, blocks)
    start = units[first].start
    last = _replied(text, units, last, start, blocks)
    end = _led_to(units, last, start, blocks) if _leads_in(text, units, first, last, blocks) else units[last].end
    return start, _cut(text, start, end, MAX_ITEM if end > units[last].end else MAX_QUOTE)


def opening_span(text: str, units: Sequence[Unit]) -> Span:
    """The first units of a clause, as many as a quotation may hold."""
    start, end = units[0].start, units[0].end
    for unit in units[1:]:
        if unit.end - start > MAX_QUOTE:
            break
        end = unit.end
    return start, _cut(text, start, end, MAX_QUOTE)


def _grown(text: str, units: Sequence[Unit], likeness: Mapping[int, float], best: int, blocks: Sequence[Block]) -> tuple[int, int]:
    first = last = best
    while True:
        beside = [
            position
            for position in (first - 1, last + 1)
            if position in likeness
            and likeness[position] >= NEARLY * likeness[best]
            and blocks[units[position].block].kind not in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
            and _runs_on(text, units[min(position, last)], units[max(position, first)])
            and max(units[position].end, units[last].end) - min(units[position].start, units[first].start) <= MAX_QUOTE
        ]
        if not beside or likeness[best] <= 0:
            return first, last
        nearest = max(beside, key=lambda position: likeness[position])
        first, last = min(first, nearest), max(last, nearest)


def _replied(text: str, units: Sequence[Unit], last: int, start: int, blocks: Sequence[Block]) -> int:
    """The position of what replies to unit `last` where that asks something, since a question answers none; else `last` itself."""
    while text[units[last].end - 1] == "?" and last + 1 < len(units):
        reply = units[last + 1]
        said = blocks[reply.block].kind not in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM) and _runs_through(units[last], reply, blocks)
        if not said or reply.end - start > MAX_QUOTE:
            break
        last += 1
    return last


def _runs_on(text: str, before: Unit, after: Unit) -> bool:
    """Whether one reads on from a unit to the next: in a paragraph of its own, a line that is no sentence is a label or an imprint."""
    return before.block == after.block or text[before.end - 1] in _CLOSING


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


def _with_table(units: Sequence[Unit], offered: Container[int], best: int, blocks: Sequence[Block]) -> Span:
    """A row's range: from its table's header, unless that stands too far above, and to the table's end where it is short.

    offered: the units that may be quoted; where none of them is another row, the row was found by what it says, and stays by itself.
    """
    at = units[best].block
    while at > 0 and blocks[at].kind is BlockKind.TABLE_ROW:
        at -= 1
    if blocks[at].kind is not BlockKind.TABLE_HEADER or units[best].end - blocks[at].start > MAX_QUOTE:
        return units[best].start, units[best].end
    last = _last(units, best, blocks[at].start, blocks, lambda unit: blocks[unit.block].kind is BlockKind.TABLE_ROW)
    beside = [units[at] for at in (best - 1, best + 1) if at in offered]
    unsure = any(blocks[unit.block].kind is BlockKind.TABLE_ROW for unit in beside)
    whole = unsure and units[last].end - blocks[at].start <= MAX_QUOTE
    return blocks[at].start, units[last if whole else best].end


def column_span(start: int, blocks: Sequence[Block]) -> Span | None:
    """The header of the table whose row a quotation begins with, at `start`; None where it begins with something else."""
    at = bisect_right(blocks, start, key=lambda block: block.start) - 1
    if at < 0 or blocks[at].kind is not BlockKind.TABLE_ROW:
        return None
    while at > 0 and blocks[at].kind in (BlockKind.TABLE_ROW, BlockKind.FURNITURE):  # what a page repeats between rows parts no table
        at -= 1
    return (blocks[at].start, blocks[at].end) if blocks[at].kind is BlockKind.TABLE_HEADER else None


def _led_to(units: Sequence[Unit], last: int, start: int, blocks: Sequence[Block]) -> int:
    """The end of the list or table that unit `last` leads to, or of as much of it as a quotation may hold."""
    end = units[last].end
    for unit in units[last + 1 :]:
        led_to = blocks[unit.block].kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) and _runs_through(units[last], unit, blocks)
        if unit.end - start > MAX_ITEM or not (led_to or unit.block == units[last].block):
            break
        end = unit.end if led_to else end
    return end


def _leads_in(text: str, units: Sequence[Unit], first: int, last: int, blocks: Sequence[Block]) -> bool:
    """Whether sentences say that something follows, or break off before a list."""
    before_list = last + 1 < len(units) and _depth(units[last + 1], blocks) > 0
    return bool(_LEADS_IN.search(text, units[first].start, units[last].end)) or (
        before_list and (_is_open(text, units[last]) or text[units[last].end - 1] == "?")
    )


def _with_list(text: str, units: Sequence[Unit], best: int, blocks: Sequence[Block]) -> Span:
    """A list item's range, from the words above it that lead to it where they fit a quotation, and to the end of a list that is short.

    Those are the item that it stands under, or what stands before the list. An item that leads to items of its own brings them.
    """
    depth = _depth(units[best], blocks)
    above = _above(units, best, blocks)
    opens = above is not None and _is_open(text, units[above])
    start = units[above if opens and above is not None else best].start
    last = _last(units, best, start, blocks, lambda unit: _depth(unit, blocks) >= depth)
    if opens and units[last].end - start <= MAX_QUOTE:
        return start, units[last].end
    inner = _last(units, best, start, blocks, lambda unit: _depth(unit, blocks) > depth and unit.end - start <= MAX_ITEM)
    return start, units[inner if _is_open(text, units[best]) else best].end


def _above(units: Sequence[Unit], best: int, blocks: Sequence[Block]) -> int | None:
    """The position of what a list item stands under, an item less deep or what stands before the list, where a quotation can hold both."""
    depth = _depth(units[best], blocks)
    near = takewhile(lambda at: units[best].end - units[at].start <= MAX_ITEM, range(best - 1, -1, -1))
    above = next((at for at in near if _depth(units[at], blocks) < depth), None)
    if above is None or _depth(units[above + 1], blocks) != depth or not _runs_through(units[above], units[best], blocks):
        return None
    return above


def _runs_through(before: Unit, after: Unit, blocks: Sequence[Block]) -> bool:
    """Whether no furniture of a page stands between two units."""
    return all(block.kind is not BlockKind.FURNITURE for block in blocks[before.block : after.block])


def _depth(unit: Unit, blocks: Sequence[Block]) -> int:
    """How deep a list item stands, from 1; 0 for what is none."""
    block = blocks[unit.block]
    return max(block.level, 1) if block.kind is BlockKind.LIST_ITEM else 0


def _is_open(text: str, unit: Unit) -> bool:
    """Whether words end before their sentence does: with a colon, or with no mark at all."""
    return text[unit.end - 1] == ":" or text[unit.end - 1] not in _ENDING


def _last(units: Sequence[Unit], first: int, start: int, blocks: Sequence[Block], belongs: Callable[[Unit], bool]) -> int:
    """The last unit behind `first` up to which all belong, with no furniture between, as far as a quotation reaches: its position."""
    at = first
    while at + 1 < len(units) and units[at].end - start <= MAX_ITEM and belongs(units[at + 1]):
        if not _runs_through(units[at], units[at + 1], blocks):
            break
        at += 1
    return at


def _cut(text: str, start: int, end: int, limit: int) -> int:
    if end - start <= limit:
        return end
    space = text.rfind(" ", start + limit // 2, start + limit)
    return _trimmed(text, start, space if space > 0 else start + limit)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
